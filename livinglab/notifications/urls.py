"""Where the socket is."""

from django.urls import path

from livinglab.notifications.consumers import LiveConsumer

websocket_urlpatterns = [path("ws/live/", LiveConsumer.as_asgi())]

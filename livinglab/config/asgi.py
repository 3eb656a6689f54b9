"""HTTP to Django, WebSocket to the one consumer."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware
from django.core.asgi import get_asgi_application

from livinglab.kernel.measure import within_measure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings.production")

http = within_measure(get_asgi_application())

# Models are loaded only now, so the consumer must be imported after Django is up.
from livinglab.notifications.urls import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(
            CookieMiddleware(URLRouter(websocket_urlpatterns))
        ),
    }
)

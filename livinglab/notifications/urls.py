"""Where the socket is, the inbox and the choices."""

from django.urls import path

from livinglab.notifications import views
from livinglab.notifications.consumers import LiveConsumer

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.mark_all_read, name="mark-all-read"),
    path("inbox/badge/", views.badge, name="badge"),
    path("inbox/badge/tab/", views.tab_badge, name="tab-badge"),
    path("inbox/<int:pk>/", views.open_notice, name="open"),
    path("notifications/", views.choices, name="choices"),
    path("notifications/switches/", views.choose_switches, name="switches"),
    path("notifications/number/", views.give_number, name="give-number"),
    path("notifications/number/code/", views.confirm_number, name="confirm-number"),
    path("notifications/number/forget/", views.forget_number, name="forget-number"),
    path("notifications/browsers/", views.forget_browsers, name="forget-browsers"),
    path(
        "notifications/browsers/<int:pk>/", views.forget_browser, name="forget-browser"
    ),
    path("notifications/off/<str:token>/", views.off, name="off"),
]
websocket_urlpatterns = [path("ws/live/", LiveConsumer.as_asgi())]

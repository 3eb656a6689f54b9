"""Notices' part of the JSON API."""

from django.urls import path

from livinglab.notifications import api

urlpatterns = [
    path("notices/", api.Notices.as_view(), name="api-notices"),
    path("notices/unread/", api.UnreadNotices.as_view(), name="api-notices-unread"),
    path("notices/read/", api.ReadAllNotices.as_view(), name="api-notices-read-all"),
    path(
        "notices/<int:pk>/read/", api.ReadNotice.as_view(), name="api-notices-read-one"
    ),
    path("push/key/", api.PushKey.as_view(), name="api-push-key"),
    path(
        "push/subscriptions/",
        api.PushSubscriptions.as_view(),
        name="api-push-subscriptions",
    ),
    path("push/renewals/", api.PushRenewals.as_view(), name="api-push-renewals"),
]

"""People's part of the JSON API."""

from django.urls import path

from livinglab.people import api

urlpatterns = [
    path("me/", api.Me.as_view(), name="api-me"),
    path("me/tokens/", api.MyTokens.as_view(), name="api-my-tokens"),
]

"""Goals' part of the JSON API."""

from django.urls import path

from livinglab.goals import api

urlpatterns = [
    path("goals/", api.Goals.as_view(), name="api-goals"),
    path("goals/<slug:code>/", api.OneGoal.as_view(), name="api-goal"),
]

"""The same site map for other software, under /api/v1/."""

from django.urls import include, path

urlpatterns = [
    path("", include("livinglab.people.api_urls")),
    path("", include("livinglab.places.api_urls")),
    path("", include("livinglab.observations.api_urls")),
    path("", include("livinglab.goals.api_urls")),
    path("", include("livinglab.notifications.api_urls")),
    path("", include("livinglab.energy.api_urls")),
    path("", include("livinglab.issues.api_urls")),
]

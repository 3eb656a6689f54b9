"""Places' part of the JSON API."""

from django.urls import path

from livinglab.places import api

urlpatterns = [
    path("cities/", api.Cities.as_view(), name="api-cities"),
    path("neighbourhoods/", api.Neighbourhoods.as_view(), name="api-neighbourhoods"),
    path(
        "neighbourhoods/at/",
        api.NeighbourhoodsAt.as_view(),
        name="api-neighbourhoods-at",
    ),
    path(
        "neighbourhoods/<str:code>/",
        api.OneNeighbourhood.as_view(),
        name="api-neighbourhood",
    ),
]

"""Observations' part of the JSON API."""

from django.urls import path

from livinglab.observations import api

urlpatterns = [
    path("stations/", api.Stations.as_view(), name="api-stations"),
    path(
        "stations/<int:number>/days/",
        api.StationDays.as_view(),
        name="api-station-days",
    ),
]

"""Reporting's part of the JSON API."""

from django.urls import path

from livinglab.issues.api import sending

urlpatterns = [
    path("issues/", sending.Reports.as_view(), name="api-issues"),
]

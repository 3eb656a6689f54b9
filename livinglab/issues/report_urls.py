"""The reporting flow, 제보."""

from django.urls import path

from livinglab.issues.views import report, report_done, report_parts

app_name = "report"
urlpatterns = [
    path("", report.report, name="form"),
    path("who/", report_parts.who, name="who"),
    path("place/", report_parts.place, name="place"),
    path("kinds/", report_parts.kinds, name="kinds"),
    path("known/", report_parts.known, name="known"),
    path("promise/", report_parts.promise, name="promise"),
    path("draft/<uuid:key>/", report.half, name="half"),
    path("done/<uuid:key>/", report_done.done, name="done"),
    path("done/<uuid:key>/claim/", report_done.claim, name="claim"),
    path("met/<int:pk>/", report_done.met_it_too, name="met"),
]

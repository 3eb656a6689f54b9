"""Reporting's part of the JSON API."""

from django.urls import path

from livinglab.issues.api import around, desk, one, reports

urlpatterns = [
    path("issues/", reports.Reports.as_view(), name="api-issues"),
    path("issues.geojson", around.OnTheMap.as_view(), name="api-issues-map"),
    path("issues/kinds/", around.Kinds.as_view(), name="api-issue-kinds"),
    path("issues/known/", around.KnownAlready.as_view(), name="api-issues-known"),
    path("issues/mine/", around.MyReports.as_view(), name="api-my-issues"),
    path("issues/claims/", one.Claim.as_view(), name="api-issue-claim"),
    path("issues/places/", around.MyPlaces.as_view(), name="api-my-places"),
    path("issues/places/<int:pk>/", around.MyPlace.as_view(), name="api-my-place"),
    path("issues/<int:pk>/", one.OneReport.as_view(), name="api-issue"),
    path("issues/<int:pk>/support/", one.Support.as_view(), name="api-issue-support"),
    path("issues/<int:pk>/follow/", one.Following.as_view(), name="api-issue-follow"),
    path("issues/<int:pk>/updates/", one.Updates.as_view(), name="api-issue-updates"),
    path(
        "issues/<int:pk>/withdrawal/",
        one.Withdrawal.as_view(),
        name="api-issue-withdrawal",
    ),
    path("issues/<int:pk>/reply/", one.Reply.as_view(), name="api-issue-reply"),
    path(
        "issues/<int:pk>/objection/",
        one.Objection.as_view(),
        name="api-issue-objection",
    ),
    path(
        "issues/<int:pk>/texts/<int:word_pk>/objection/",
        one.TextObjection.as_view(),
        name="api-issue-text-objection",
    ),
    path(
        "issues/<int:pk>/reopening/",
        one.Reopening.as_view(),
        name="api-issue-reopening",
    ),
    path("issues/<int:pk>/verdict/", one.IsItFixed.as_view(), name="api-issue-verdict"),
    path("issues/<int:pk>/photos/", one.Photos.as_view(), name="api-issue-photos"),
    path(
        "issues/<int:pk>/photos/<uuid:key>/",
        one.OnePhoto.as_view(),
        name="api-issue-photo",
    ),
    path(
        "issues/<int:pk>/photos/<uuid:key>/covering/",
        one.Covering.as_view(),
        name="api-issue-covering",
    ),
    # the city's own software
    path("issues/<int:pk>/answers/", desk.Answer.as_view(), name="api-issue-answers"),
    path("issues/<int:pk>/routing/", desk.Routing.as_view(), name="api-issue-routing"),
    path("issues/<int:pk>/promise/", desk.Promise.as_view(), name="api-issue-promise"),
    path("issues/<int:pk>/merging/", desk.Merging.as_view(), name="api-issue-merging"),
    path("issues/<int:pk>/hiding/", desk.Hiding.as_view(), name="api-issue-hiding"),
]

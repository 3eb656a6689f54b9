"""People's part of the JSON API."""

from django.urls import path

from livinglab.people.api import helping, me, rights

urlpatterns = [
    path("me/", me.Me.as_view(), name="api-me"),
    path("me/tokens/", me.MyTokens.as_view(), name="api-my-tokens"),
    path("me/profile/", rights.MyProfile.as_view(), name="api-profile"),
    path("me/consents/", rights.MyConsents.as_view(), name="api-consents"),
    path("me/consents/<slug:purpose>/", rights.MyConsent.as_view(), name="api-consent"),
    path("me/reads/", rights.MyReads.as_view(), name="api-reads"),
    path("me/downloads/", rights.MyDownloads.as_view(), name="api-downloads"),
    path(
        "me/downloads/<int:pk>/file/",
        rights.MyDownloadFile.as_view(),
        name="api-download-file",
    ),
    path("me/leaving/", rights.MyLeaving.as_view(), name="api-leaving"),
    path("leaving/<str:number>/", rights.ProofOfLeaving.as_view(), name="api-left"),
    path("me/helping/", helping.MyHelpings.as_view(), name="api-helpings"),
    path("me/helping/accept/", helping.AcceptHelp.as_view(), name="api-accept-help"),
    path("me/helping/<int:pk>/", helping.OneHelping.as_view(), name="api-help"),
    path(
        "me/helping/<int:pk>/confirm/",
        helping.ConfirmHelp.as_view(),
        name="api-confirm-help",
    ),
    path(
        "me/helping/<int:pk>/acts/", helping.HelpingActs.as_view(), name="api-help-acts"
    ),
]

"""The pages about oneself."""

from django.urls import path

from livinglab.people.views import (
    consents,
    downloads,
    helping,
    leaving,
    me,
    proof,
    reads,
)

app_name = "people"
urlpatterns = [
    path("", me.me, name="me"),
    path("prove/", proof.Prove.as_view(), name="prove"),
    path("profile/", me.profile, name="profile"),
    path("consents/", consents.consents, name="consents"),
    path("consents/switch/", consents.switch_consent, name="switch-consent"),
    path("consents/<slug:purpose>/", consents.consent, name="consent"),
    path("reads/", reads.reads, name="reads"),
    path("download/", downloads.download, name="download"),
    path("download/<int:pk>/", downloads.fetch, name="fetch-download"),
    path("leave/", leaving.leave, name="leave"),
    path("leave/ask/", leaving.ask, name="ask-to-leave"),
    path("leave/stay/", leaving.stay_after_all, name="stay"),
    path("left/<str:number>/", leaving.proof, name="proof-of-leaving"),
    path("left/<str:number>/proof.json", leaving.proof_as_json, name="proof-json"),
    path("helping/", helping.helping, name="helping"),
    path("helping/invite/", helping.invite, name="invite-helper"),
    path("helping/code/", helping.bring_code, name="help-code"),
    path("helping/stop/", helping.stop, name="stop-acting"),
    path("helping/<int:pk>/", helping.help_page, name="help"),
    path("helping/<int:pk>/confirm/", helping.confirm, name="confirm-help"),
    path("helping/<int:pk>/end/", helping.end, name="end-help"),
    path("helping/<int:pk>/act/", helping.act, name="act-for"),
]

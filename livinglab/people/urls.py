"""The pages about oneself."""

from django.urls import path

from livinglab.people.views import (
    consents,
    downloads,
    guardians,
    helping,
    leaving,
    me,
    passkeys,
    proof,
    reads,
    sessions,
    sign_up,
)

app_name = "people"
urlpatterns = [
    path("", me.me, name="me"),
    path("welcome/place/", sign_up.place, name="welcome-place"),
    path("welcome/consents/", sign_up.consents, name="welcome-consents"),
    path("welcome/guardian/", sign_up.guardian, name="welcome-guardian"),
    path("guardian/", guardians.ask_again, name="ask-guardian"),
    path("guardian/<str:key>/", guardians.answer, name="answer-guardian"),
    path("guardian/<str:key>/withdraw/", guardians.withdraw, name="withdraw-guardian"),
    path("children/", guardians.children, name="children"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/others/end/", sessions.end_others, name="end-other-sessions"),
    path("sessions/<int:pk>/end/", sessions.end_one, name="end-session"),
    path("second-factor/", passkeys.second_factor, name="second-factor"),
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

"""The pages about oneself."""

from django.urls import path

from livinglab.people.views import me, proof

app_name = "people"
urlpatterns = [
    path("", me.me, name="me"),
    path("prove/", proof.Prove.as_view(), name="prove"),
    path("consents/", me.switch_consent, name="switch-consent"),
]

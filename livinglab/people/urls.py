"""The pages about oneself."""

from django.urls import path

from livinglab.people.views import me

app_name = "people"
urlpatterns = [
    path("", me.me, name="me"),
    path("consents/", me.switch_consent, name="switch-consent"),
]

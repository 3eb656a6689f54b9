"""The pages about oneself."""

from django.urls import path

from livinglab.people import views

app_name = "people"
urlpatterns = [
    path("", views.me, name="me"),
    path("consents/", views.switch_consent, name="switch-consent"),
]

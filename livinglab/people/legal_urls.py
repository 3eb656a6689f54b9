"""The words everybody may read before agreeing."""

from django.urls import path

from livinglab.people.views import texts

app_name = "legal"
urlpatterns = [
    path("terms/", texts.legal_text, {"kind": "terms"}, name="terms"),
    path("terms/<slug:version>/", texts.legal_text, {"kind": "terms"}, name="terms-of"),
    path("privacy/", texts.legal_text, {"kind": "privacy"}, name="privacy"),
    path(
        "privacy/<slug:version>/",
        texts.legal_text,
        {"kind": "privacy"},
        name="privacy-of",
    ),
]

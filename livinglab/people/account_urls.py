"""Signing up, in and out: allauth's pages without those about passwords."""

from allauth.account import views as account
from allauth.urls import build_provider_urlpatterns
from django.urls import include, path

from livinglab.people.views import passkeys

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path(
        "signup/passkey/", account.signup_by_passkey, name="account_signup_by_passkey"
    ),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path(
        "login/code/confirm/",
        account.confirm_login_code,
        name="account_confirm_login_code",
    ),
    path(
        "confirm-email/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("email/", account.email, name="account_email"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        passkeys.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
    *build_provider_urlpatterns(),
]

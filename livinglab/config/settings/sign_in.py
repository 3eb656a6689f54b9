"""How people show who they are: django-allauth, sessions, limits."""

from typing import Any

from livinglab.config import env

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "livinglab.people.backends.PeopleBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:home"
SESSION_COOKIE_AGE = 60 * 24 * 3600
PROOF_LASTS_S = 600  # a sign-in or a proof counts this long for what must be sure

# --- an address and a code ----------------------------------------------------
ACCOUNT_ADAPTER = "livinglab.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Offering to change the address would tell whether it has an account already.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 3600  # time to read before agreeing
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2  # the one in use and the one being confirmed
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True

# --- passkeys and second factors ----------------------------------------------
MFA_ADAPTER = "livinglab.people.second_factor.MFAAdapter"
SECOND_FACTOR_URL = "people:second-factor"  # where roles that sleep are woken
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "livinglab"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "add_webauthn": "livinglab.people.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "livinglab.people.forms.passkeys.RenamePasskeyForm",
}

# --- Kakao and Naver, where a city has keys -----------------------------------
SOCIALACCOUNT_ADAPTER = "livinglab.people.social.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address alone joins no accounts
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_FORMS = {"disconnect": "livinglab.people.forms.social.PartForm"}


def _app(name: str) -> list[dict[str, str]]:
    """The keys of one provider; none of them means no button."""
    key = env.text(f"{name}_CLIENT_ID")
    return [{"client_id": key, "secret": env.text(f"{name}_SECRET")}] if key else []


SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "kakao": {
        "APPS": _app("KAKAO"),
        "SCOPE": ["account_email"],
        "OAUTH_PKCE_ENABLED": True,
    },
    "naver": {"APPS": _app("NAVER")},
}
# Chromium applies form-action to where a form's answer leads as well.
SIGN_IN_ELSEWHERE = [
    origin
    for name, origin in [
        ("kakao", "https://kauth.kakao.com"),
        ("naver", "https://nid.naver.com"),
    ]
    if SOCIALACCOUNT_PROVIDERS[name]["APPS"]
]

# --- limits: per network, per address, per person -----------------------------
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 56
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip,300/h/ip",
    "login_failed": "20/m/ip,5/300s/key",
    "signup": "20/m/ip,100/h/ip",
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "confirm_email": "2/m/key,8/h/key",
    "reauthenticate": "10/m/user",
    "proof_code": "3/m/user,10/h/user",
    "manage_email": "5/m/user",
    "guardian": "20/m/ip",
    "help_code": "5/m/user,20/h/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}

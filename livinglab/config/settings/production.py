"""A city's servers: hardening only; every secret from the environment."""

from typing import Any

from livinglab.config import env
from livinglab.config.settings.base import *  # noqa: F403
from livinglab.config.settings.base import CONTENT_SECURITY_POLICY as POLICY
from livinglab.config.settings.base import STORAGES

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"  # no sister domain can plant one
CSRF_COOKIE_SECURE = True
DIRECTIVES: dict[str, Any] = {"upgrade-insecure-requests": True}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": POLICY["DIRECTIVES"] | DIRECTIVES}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")

if env.text("S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.text("S3_BUCKET"),
            "endpoint_url": env.text("S3_ENDPOINT") or None,
            "default_acl": "private",
            "querystring_auth": True,
        },
    }

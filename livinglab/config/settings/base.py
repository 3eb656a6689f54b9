"""What is true everywhere, in reading order."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import Field

from livinglab.config import env
from livinglab.config.settings.admin import UNFOLD as UNFOLD
from livinglab.config.settings.sign_in import *  # noqa: F403
from livinglab.config.settings.sign_in import SIGN_IN_ELSEWHERE
from livinglab.config.timetable import TIMETABLE

# Lets `ModelForm[Person]` and `Serializer[Any]` stand in code at run time too.
django_stubs_ext.monkeypatch(extra_classes=[Field])

ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = Path(env.text("LIVINGLAB_DATA_DIR", str(ROOT / "var")))

# --- apps, by floor -----------------------------------------------------------
INSTALLED_APPS = [
    # screens over several apps
    "livinglab.pages",
    "livinglab.interop",
    # what citizens and cities do
    "livinglab.energy",
    "livinglab.issues",
    # engines that know no upper app
    "livinglab.observations",
    "livinglab.goals",
    "livinglab.notifications",
    # people, places, kernel
    "livinglab.people",
    "livinglab.places",
    "livinglab.kernel",
    # packages
    "unfold.apps.BasicAppConfig",
    "livinglab.config.apps.LabAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "channels",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.kakao",
    "allauth.socialaccount.providers.naver",
    "allauth.usersessions",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "livinglab.kernel.headers.safe_headers",
    "livinglab.kernel.serving.StaticFiles",
    "livinglab.kernel.headers.kept_by_nobody_else",
    "livinglab.kernel.serving.PacksTexts",
    "csp.middleware.CSPMiddleware",
    "livinglab.kernel.shell_middleware.for_the_phone",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "livinglab.kernel.middleware.language_of_choice",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "livinglab.people.middleware.roles_sleep_without_second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "livinglab.people.acting.acts_for_others",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "livinglab.kernel.middleware.within_measure",
    "livinglab.kernel.middleware.refusals_in_words",
    "livinglab.kernel.middleware.text_that_can_be_kept",
    "livinglab.people.middleware.children_only_read",
    "livinglab.people.middleware.sessions_are_seen",
    "livinglab.kernel.kept_pages.kept_pages",  # the innermost, always
]

ROOT_URLCONF = "livinglab.config.urls"
ASGI_APPLICATION = "livinglab.config.asgi.application"
SITE_ID = 1

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "livinglab" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "livinglab.kernel.context.look",
                "livinglab.people.context.standing",
                "livinglab.people.context.who",
                "livinglab.notifications.context.unread",
            ],
            "builtins": [
                "livinglab.kernel.templatetags.ui",
                "livinglab.kernel.templatetags.once",
            ],
        },
    }
]

FORM_RENDERER = "livinglab.kernel.form_renderer.LeanForms"
# kernel/templatetags/i18n.py stands in for Django's own; a test allows no other pair.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# --- database, queue, live: embedded unless the environment says otherwise ----
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": env.text("LIVINGLAB_SQLITE", str(DATA_DIR / "livinglab.sqlite3")),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;"
            ),
        },
    }
}
if env.text("POSTGRES_DB"):
    DATABASES["default"] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": env.text("POSTGRES_DB"),
        "USER": env.text("POSTGRES_USER", "livinglab"),
        "PASSWORD": env.text("POSTGRES_PASSWORD"),
        "HOST": env.text("POSTGRES_HOST", "127.0.0.1"),
        "PORT": env.text("POSTGRES_PORT", "5432"),
        # A web process answers each request in a thread of its own: kept connections
        # would pile up, one a thread. There a pool bounds them; workers need none.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": env.pool_of("POSTGRES_POOL")},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
EMBEDDED = not REDIS_URL
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
# Finished HTML in this process: a new release or another server starts with none.
CACHES["pages"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "pages",
    "OPTIONS": {"MAX_ENTRIES": 1500},
}
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "livinglab.kernel.channel_layer.LoopBoundChannelLayer"}
}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"polling_interval": 0.05}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    # redis-py 8 times a socket out after 5 s, just when channels_redis stops waiting
    CHANNEL_LAYERS["default"] = {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": 30}]},
    }
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "unacked_restore_interval": 1,
    }
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = not EMBEDDED
CELERY_TIMEZONE = "Asia/Seoul"
CELERY_BEAT_SCHEDULE = TIMETABLE

# --- people: see sign_in.py --------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "livinglab@example.org")

# --- telling people -----------------------------------------------------------
EMAIL_TIMEOUT = 10
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000")  # for links in letters
VAPID_PRIVATE_KEY = env.text("VAPID_PRIVATE_KEY")  # embedded: made in DATA_DIR
VAPID_SUBJECT = env.text("VAPID_SUBJECT", f"mailto:{DEFAULT_FROM_EMAIL}")
PUSH_HOSTS = env.words(
    "PUSH_HOSTS",
    "fcm.googleapis.com,updates.push.services.mozilla.com,.push.apple.com,"
    ".notify.windows.com",
)
SMS_GATEWAY = env.text("SMS_GATEWAY", "console" if EMBEDDED else "")  # or "http"
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL")
SMS_GATEWAY_KEY = env.text("SMS_GATEWAY_KEY")
SMS_GATEWAY_SECRET = env.text("SMS_GATEWAY_SECRET")
SMS_GATEWAY_IDEMPOTENT = env.flag("SMS_GATEWAY_IDEMPOTENT")
SMS_SENDER = env.text("SMS_SENDER")
ALIMTALK_PROFILE = env.text("ALIMTALK_PROFILE")
ALIMTALK_TEMPLATES = dict(  # kind=template, separated by commas
    pair.split("=", 1) for pair in env.words("ALIMTALK_TEMPLATES")
)

# --- words, time --------------------------------------------------------------
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["livinglab.config.formats"]
USE_I18N = True
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# --- files --------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
FRONTEND_DIST = Path(
    env.text("LIVINGLAB_FRONTEND_DIST", str(ROOT / "frontend" / "dist"))
)
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
WHITENOISE_MAX_AGE = 86_400  # what has no release in its name
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"  # never served: every file leaves through a view that asks
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
SEEDS_DIR = ROOT / "seeds"

# --- doors --------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "livinglab.people.authentication.TokenAuthentication",
        "livinglab.people.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "livinglab.kernel.parsers.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": None,
    "EXCEPTION_HANDLER": "livinglab.kernel.api.answer_in_words",
    "DEFAULT_THROTTLE_RATES": {"device": "600/hour"},
}
REST_KNOX = {"AUTH_HEADER_PREFIX": "Token", "TOKEN_TTL": None}
SPECTACULAR_SETTINGS = {
    "TITLE": "livinglab",
    "DESCRIPTION": "Residents' energy data, savings, neighbourhoods, goals, reports.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "livinglab.kernel.openapi.common_answers",
    ],
    "ENUM_NAME_OVERRIDES": {
        "PremisesKind": "livinglab.energy.models.premises.Premises.Kind",
        "GoalKind": "livinglab.goals.models.Goal.Kind",
        "UploadState": "livinglab.energy.models.usage.Upload.State",
        "SavingState": "livinglab.energy.models.savings.Saving.State",
        "IssueState": "livinglab.issues.models.issues.Issue.Status",
        "EventKind": "livinglab.energy.models.savings.DeclaredEvent.Kind",
    },
}

# --- safety -------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "livinglab.pages.views.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # scripts send it back with what waited offline
PERMISSIONS_POLICY = ", ".join(
    (
        "geolocation=(self)",  # "my position" in a report, on a press of its button
        *(
            f"{sensor}=()"
            for sensor in (
                "accelerometer",
                "camera",
                "display-capture",
                "gyroscope",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "usb",
            )
        ),
    )
)
# Pictures under the shapes of a map: {z}/{x}/{y} of a server whose terms allow it.
MAP_TILES_URL = env.text("MAP_TILES_URL")
MAP_TILES_BY = env.text("MAP_TILES_BY")  # whom their terms ask to name
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *env.origin_of(MAP_TILES_URL)],
        "connect-src": [SELF],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *SIGN_IN_ELSEWHERE],
    },
}
PACE = {  # verb: (times, seconds), for each person, or a guest's network
    "issues.send": (60, 3600),
    "issues.add_word": (20, 3600),
    "issues.send_as_guest": (60, 3600),
    "issues.send_as_guest_a_day": (400, 86_400),  # phones share addresses
    "issues.published_as_guest": (15, 3600),  # from then on somebody looks first
    "issues.write_to_guest": (10, 86_400),  # letters to one address
    "interop.send": (600, 3600),  # for each key, refused ones too
    "energy.give_file": (60, 3600),
    "energy.take_data_out": (60, 3600),
    "energy.join_by_code": (10, 600),
    "people.make_token": (20, 86_400),
    "people.invite_by_letter": (10, 86_400),
    "people.invite_address": (3, 86_400),  # letters of anybody to one address
    "notifications.code_again": (1, 60),
    "notifications.code": (5, 86_400),
    "notifications.code_to": (5, 86_400),  # texts of anybody to one number
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

# --- the lab ------------------------------------------------------------------
USAGE_FILE_MAX_BYTES = 20 * 1024 * 1024
REQUEST_MAX_BYTES = 60 * 1024 * 1024  # five photos as phones take them
PUBLISH_MIN_HOMES = max(10, env.number("LIVINGLAB_PUBLISH_MIN_HOMES", 10))
PUBLISH_MAX_SHARE = 0.25
KMA_API_KEY = env.text("KMA_API_KEY")
KMA_API_URL = env.text(
    "KMA_API_URL", "http://apis.data.go.kr/1360000/AsosDalyInfoService"
)
DEMO = env.flag("LIVINGLAB_DEMO")
GALLERY = False  # the living page of components, /ui/, where one develops
SERVE = "livinglab.config.embedded.serve"  # for commands that serve when done

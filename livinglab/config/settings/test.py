"""The suite: fast hasher, tasks run at once, mail and media kept aside."""

import tempfile
from pathlib import Path

from livinglab.config import env
from livinglab.config.settings.base import *  # noqa: F403
from livinglab.config.settings.base import CACHES, CHANNEL_LAYERS, DATABASES, REDIS_URL

DEBUG = False
SECRET_KEY = "-".join(["of-the-test-suite-only"] * 3)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
GALLERY = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = Path(tempfile.gettempdir()) / "livinglab-test-media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if env.text("POSTGRES_DB"):
    # a thread that keeps its connection would keep the test database from going
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    DATABASES["default"]["NAME"] = ":memory:"
if REDIS_URL:
    # each process of a run its own numbered database: they empty theirs after each test
    number = env.text("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CELERY_BROKER_URL = f"{REDIS_URL.rpartition('/')[0]}/{number}"
    CACHES["default"]["LOCATION"] = CELERY_BROKER_URL
    CHANNEL_LAYERS["default"]["CONFIG"]["hosts"][0]["address"] = CELERY_BROKER_URL
WHITENOISE_AUTOREFRESH = True

"""What `startproject` writes, with our database file settings and our languages.

Stock apps, stock middleware, stock context processors, sessions in the database, cached
template loader, no debug. Only what concerns every page of a project alike is ours: the
kind of database and its options, so that a ratio tells of pages and not of SQLite.
"""

from livinglab.config import env
from livinglab.config.settings import base

SECRET_KEY = "-".join(["of-the-bench-only"] * 4)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "tests.bench.bare.apps.BareConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "tests.bench.bare.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = base.DATABASES
LANGUAGE_CODE = "ko"
TIME_ZONE = "Asia/Seoul"
STATIC_URL = "static/"
DATA_DIR = env.text("LIVINGLAB_DATA_DIR")

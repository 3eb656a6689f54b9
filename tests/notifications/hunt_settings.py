"""A database file of its own, and mail that leaves a line a letter."""

from livinglab.config.settings.dev import *  # noqa: F403
from livinglab.config.settings.dev import DATA_DIR, INSTALLED_APPS

EMAIL_BACKEND = "tests.notifications.mail_log.MailLog"
MAIL_LOG = DATA_DIR / "mail.log"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
PUSH_HOSTS = ["127.0.0.1"]
# tables at once, without the way there
MIGRATION_MODULES = {name.split(".")[-1]: None for name in INSTALLED_APPS}

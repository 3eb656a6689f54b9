"""A laptop or a demo: embedded, local files, mail on the console."""

from livinglab.config import env
from livinglab.config.settings.base import *  # noqa: F403
from livinglab.config.settings.base import DATA_DIR

DEBUG = env.flag("LIVINGLAB_DEBUG", default=False)
SECRET_KEY = env.text(
    "SECRET_KEY", "only-for-this-machine-never-in-production-0123456789"
)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.words("ALLOWED_HOSTS")]
GALLERY = True
EMAIL_BACKEND = "livinglab.config.mail.ReadableConsole"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)

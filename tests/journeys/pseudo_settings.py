"""The laptop's settings with one more language, made up when they are read."""

from livinglab.config.settings.dev import *  # noqa: F403
from livinglab.config.settings.dev import DATA_DIR, LANGUAGES, LOCALE_PATHS
from tests.journeys.pseudo import CODE, write_catalogue

LANGUAGES = [*LANGUAGES, (CODE, "[pseudo]")]
LOCALE_PATHS = [*LOCALE_PATHS, write_catalogue(DATA_DIR / "pseudo")]

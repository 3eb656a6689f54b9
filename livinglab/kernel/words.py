"""Which words the scripts get: the release of a language's catalogue for islands."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale


@lru_cache(maxsize=16)
def release_of_words(language: str) -> str:
    """Changes when a word changes, and only then; read once a process."""
    digest = hashlib.sha256(language.encode())
    for folder in settings.LOCALE_PATHS:
        compiled = Path(folder) / to_locale(language) / "LC_MESSAGES" / "djangojs.mo"
        if compiled.is_file():
            digest.update(compiled.read_bytes())
    return digest.hexdigest()[:12]

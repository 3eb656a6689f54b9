"""The key with which this server signs its push messages."""

import base64
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid


def has_key() -> bool:
    """From the environment, or made on first use where there is one machine only."""
    return bool(settings.VAPID_PRIVATE_KEY or settings.EMBEDDED)


def private_key() -> Any:
    """The signing key."""
    return _read(settings.VAPID_PRIVATE_KEY, settings.DATA_DIR / "vapid.pem")


def public_key() -> str:
    """What a browser needs to subscribe: the raw point, base64url."""
    point = private_key().public_key.public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def claims() -> dict[str, str | int]:
    """Who to write to about these messages; the library adds audience and end."""
    return {"sub": settings.VAPID_SUBJECT}


@lru_cache(maxsize=4)
def _read(secret: str, path: Path) -> Any:
    if secret:
        return Vapid.from_string(private_key=secret)
    if not path.exists():
        _make(path)
    return Vapid.from_pem(path.read_bytes())


def _make(path: Path) -> None:
    """Write a new key that only we can read; the first of two processes wins."""
    key = Vapid()
    key.generate_keys()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_pem())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()

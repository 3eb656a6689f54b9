"""Give a program a key, take it back, see whether one is good."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.interop.errors import GeoRefused
from livinglab.interop.models import DAY, ApiKey, Jurisdiction
from livinglab.kernel.permissions import require
from livinglab.people.models import Person
from livinglab.places.models import City


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


@transaction.atomic
def give_key(
    name: str, *, owner: Person, quota_a_day: int = 200, by: Person
) -> tuple[ApiKey, str]:
    """A new key; its word is returned once and kept nowhere."""
    require(by, "interop.give_key")
    word = secrets.token_urlsafe(24)
    key = ApiKey.objects.create(
        name=name, owner=owner, digest=_digest(word), quota_a_day=quota_a_day
    )
    return key, word


@transaction.atomic
def revoke_key(key: ApiKey, *, by: Person) -> ApiKey:
    """From now on the key opens nothing; its reports stay."""
    require(by, "interop.give_key")
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
    return key


def key_of(word: str) -> ApiKey:
    """The standing key of this word, with quota left. Raises GeoRefused 403, 429."""
    key = ApiKey.objects.standing().filter(digest=_digest(word)).first()
    if not word or key is None:
        raise GeoRefused(403, _("The api_key is missing or not known."))
    if key.used_since(timezone.now() - DAY) >= key.quota_a_day:
        raise GeoRefused(
            429,
            _("This key has sent its %(quota)d reports of today.")
            % {"quota": key.quota_a_day},
        )
    return key


@transaction.atomic
def write_jurisdiction(city: City, code: str, contact: str) -> Jurisdiction:
    """Name a city for other software; what a coordinator changed since is kept."""
    row, _new = Jurisdiction.objects.get_or_create(
        city=city, defaults={"code": code, "contact": contact}
    )
    return row

"""Give a program a key, take it back, see whether one is good."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.interop.errors import GeoRefused, KeyNotGiven
from livinglab.interop.models import DAY, ApiKey, Jurisdiction
from livinglab.kernel.permissions import require
from livinglab.people.models import Person
from livinglab.places.models import City


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


@transaction.atomic
def give_key(
    name: str, *, city: City | None, owner: Person, quota_a_day: int = 200, by: Person
) -> tuple[ApiKey, str]:
    """A new key; its word is returned once and kept nowhere."""
    require(by, "interop.give_key", city)
    word = secrets.token_urlsafe(24)
    key = ApiKey.objects.create(
        name=name,
        city=city,
        owner=owner,
        digest=_digest(word),
        quota_a_day=quota_a_day,
    )
    return key, word


@transaction.atomic
def change_quota(key: ApiKey, quota_a_day: int, *, by: Person) -> ApiKey:
    """How many reports a day the program may send from now on."""
    require(by, "interop.give_key", key.city)
    key.quota_a_day = quota_a_day
    key.save(update_fields=["quota_a_day"])
    return key


@transaction.atomic
def revoke_key(key: ApiKey, *, by: Person) -> ApiKey:
    """From now on the key opens nothing; its reports stay."""
    require(by, "interop.give_key", key.city)
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
    return key


def owner_called(email: str) -> Person:
    """Who answers for a program, by their address. Raises KeyNotGiven."""
    owner = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if owner is None:
        raise KeyNotGiven(_("Nobody has an account with this address."))
    return owner


def key_of(word: str) -> ApiKey:
    """The standing key of this word, with quota left. Raises GeoRefused 403, 429."""
    key = ApiKey.objects.standing().filter(digest=_digest(word)).first()
    if not word or key is None:
        raise GeoRefused(403, _("The api_key is missing or not known."))
    require_quota(key)
    return key


def require_quota(key: ApiKey) -> None:
    """Whether the key may send one more today. Raises GeoRefused 429."""
    if key.used_since(timezone.now() - DAY) >= key.quota_a_day:
        raise GeoRefused(
            429,
            _("This key has sent its %(quota)d reports of today.")
            % {"quota": key.quota_a_day},
        )


def require_city(key: ApiKey, where: Jurisdiction) -> None:
    """A key of one city opens nothing in another. Raises GeoRefused 403."""
    if key.city_id not in (None, where.city_id):
        raise GeoRefused(403, _("This api_key belongs to another city."))


@transaction.atomic
def write_jurisdiction(city: City, code: str, contact: str) -> Jurisdiction:
    """Name a city for other software; what a coordinator changed since is kept."""
    row, _new = Jurisdiction.objects.get_or_create(
        city=city, defaults={"code": code, "contact": contact}
    )
    return row

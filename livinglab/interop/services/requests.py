"""Take a report that other software sends."""

import uuid
from collections.abc import Mapping, Sequence
from typing import IO

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.interop.errors import GeoRefused
from livinglab.interop.models import ApiKey, Jurisdiction, Submission
from livinglab.interop.open311 import asking
from livinglab.interop.services.keys import require_quota
from livinglab.issues.models import Category, Issue
from livinglab.issues.models.issues import MOST_ADDRESS, MOST_WORDS
from livinglab.issues.services.photos import SentPhoto, clean_photos, store_photos
from livinglab.issues.services.reporting import Said, report_issue
from livinglab.kernel.errors import Refused
from livinglab.kernel.fields import LONGEST_EMAIL
from livinglab.places.models import Neighbourhood

Form = Mapping[str, Sequence[str]]
Point = tuple[float, float]
LONGEST_URL = 500
# As their columns hold them: what is longer is refused, never cut.
MOST_LETTERS = {
    "description": MOST_WORDS,
    "address_string": MOST_ADDRESS,
    "phone": 20,
    "account_id": 120,
}
is_web_address = URLValidator(["http", "https"])


def send_request(
    form: Form,
    photos: Sequence[tuple[IO[bytes], int]],
    *,
    key: ApiKey,
    where: Jurisdiction,
) -> Issue:
    """Make a report of the form; all that is wrong with it is said at once.

    Raises GeoRefused 400 or 404.
    """
    category = _category(_one(form, "service_code"), where)
    wrong: list[str] = []
    point = _point(form, where, wrong)
    email = _email(form, wrong)
    media_url = _media_url(form, wrong)
    wrong += _too_long(form)
    if wrong or point is None:
        raise GeoRefused(400, *wrong)
    said = Said(
        category=category,
        lon=point[0],
        lat=point[1],
        place_from=_place_from(form),
        words=_one(form, "description"),
        answers=asking.attributes(form),
        address=_one(form, "address_string"),
        email=email,
        phone=_one(form, "phone"),
        key=uuid.uuid4(),
        channel=Issue.Channel.OPEN311,
    )
    account = _one(form, "account_id")
    sent = Submission(key=key, account=account, media_url=media_url)
    return _taken(said, photos, sent)


def _taken(
    said: Said, photos: Sequence[tuple[IO[bytes], int]], sent: Submission
) -> Issue:
    """The report with its photos and whose program sent it: all of it or nothing."""
    try:
        ready = clean_photos([SentPhoto(file=one, size=size) for one, size in photos])
        with transaction.atomic():
            # Of two at once the second waits here, and counts the first.
            require_quota(ApiKey.objects.select_for_update().get(pk=sent.key_id))
            sent.issue = issue = report_issue(said, by=None).issue
            sent.save()
            store_photos(issue, ready)
    except GeoRefused:
        raise
    except Refused as refusal:
        raise GeoRefused(400, str(refusal)) from refusal
    return issue


def _one(form: Form, name: str) -> str:
    values = form.get(name, ())
    return values[0].strip() if values else ""


def _too_long(form: Form) -> list[str]:
    return [
        _("%(argument)s may have %(most)d characters.")
        % {"argument": name, "most": most}
        for name, most in MOST_LETTERS.items()
        if len(_one(form, name)) > most
    ]


def _category(code: str, where: Jurisdiction) -> Category:
    if not code:
        raise GeoRefused(400, _("service_code is missing."))
    offered = Category.objects.offered().filter(city=where.city_id, notice_ko="")
    category = offered.filter(code=code).first()
    if category is None:
        raise GeoRefused(404, _("There is no service with this service_code."))
    return category


def _point(form: Form, where: Jurisdiction, wrong: list[str]) -> Point | None:
    """From coordinates, else the centre of the neighbourhood the address names."""
    lat, long = _one(form, "lat"), _one(form, "long")
    try:
        if point := asking.coordinates(lat, long):
            return point
    except ValueError:
        wrong.append(_("lat and long must both be degrees of WGS 84."))
        return None
    address = _one(form, "address_string") or _one(form, "address_id")
    if not address:
        wrong.append(_("A place is missing: lat and long, or address_string."))
        return None
    if place := _named_in(address, where):
        return place.centre_lon, place.centre_lat
    wrong.append(_("No neighbourhood of the city is named in the address."))
    return None


def _place_from(form: Form) -> str:
    """A neighbourhood named in words is no point anybody stood at."""
    has_point = _one(form, "lat") or _one(form, "long")
    return Issue.PlaceFrom.OTHER if has_point else Issue.PlaceFrom.LIST


def _named_in(address: str, where: Jurisdiction) -> Neighbourhood | None:
    """The neighbourhood whose name or code stands in the address; the longest wins."""
    said = address.replace(".", "·").casefold()
    places = Neighbourhood.objects.without_shapes().filter(city=where.city_id)
    named = [
        place
        for place in places
        if place.code == address
        or place.name_ko in said
        or (place.name_en and place.name_en.casefold() in said)
    ]
    return max(named, key=lambda place: len(place.name_ko), default=None)


def _email(form: Form, wrong: list[str]) -> str:
    email = _one(form, "email")
    try:
        if email:
            validate_email(email)
    except ValidationError:
        wrong.append(_("email is not an address."))
    if len(email) > LONGEST_EMAIL:
        wrong.append(_("email is not an address."))
    return email


def _media_url(form: Form, wrong: list[str]) -> str:
    """Where the program keeps a picture; kept, never fetched from here."""
    address = _one(form, "media_url")
    try:
        if address:
            is_web_address(address)
    except ValidationError:
        wrong.append(_("media_url is not an address of the web."))
    if len(address) > LONGEST_URL:
        wrong.append(
            _("media_url is longer than %(most)d letters.") % {"most": LONGEST_URL}
        )
    return address

"""Builders: one plain function per noun, with believable defaults."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from django.db import models

from livinglab.energy.models import Bill, Membership, Meter, Premises
from livinglab.observations.models import Station
from livinglab.people.consent_texts import text_of
from livinglab.people.models import Consent, Person, Role
from livinglab.places.models import City, District, Neighbourhood

Row = TypeVar("Row", bound=models.Model)
_counter = itertools.count(1)

CITIES: dict[str, dict[str, Any]] = {
    "siheung": {
        "name_ko": "시흥시",
        "name_en": "Siheung",
        "region_ko": "경기도",
        "region_en": "Gyeonggi-do",
        "code_prefixes": ["41390"],
        "default_station": 119,
        "outline": [[126.6, 37.3], [126.9, 37.3], [126.9, 37.5], [126.6, 37.5]],
    },
    "daegu": {
        "name_ko": "대구광역시",
        "name_en": "Daegu",
        "region_ko": "대구광역시",
        "region_en": "Daegu",
        "code_prefixes": ["27"],
        "default_station": 143,
        "outline": [[128.3, 35.6], [128.9, 35.6], [128.9, 36.4], [128.3, 36.4]],
    },
}
DONGS: dict[str, dict[str, Any]] = {
    "4139059100": {
        "city": "siheung",
        "name_ko": "정왕1동",
        "name_en": "Jeongwang 1-dong",
        "centre_lon": 126.7386,
        "centre_lat": 37.3463,
        "station_number": 112,
    },
    "4139051000": {
        "city": "siheung",
        "name_ko": "대야동",
        "name_en": "Daeya-dong",
        "centre_lon": 126.7998,
        "centre_lat": 37.4535,
        "station_number": 119,
    },
    "2714074200": {
        "city": "daegu",
        "gu": ("27140", "동구", "Dong-gu"),
        "name_ko": "안심3동",
        "name_en": "Ansim 3-dong",
        "centre_lon": 128.7312,
        "centre_lat": 35.8693,
        "station_number": 143,
    },
}


def rows_of(kind: type[Row], **facts: Any) -> Iterator[Row]:
    """The rows of these facts, asked without the ORM: every builder asks each time."""
    told = " AND ".join(f"{name} = %s" for name in facts)
    asked = f"SELECT * FROM {kind._meta.db_table} WHERE {told}"  # noqa: S608
    return iter(kind._default_manager.raw(asked, [*facts.values()]))


def standing(kind: type[Row], **facts: Any) -> Row | None:
    """The one row of these facts, if there is one."""
    return next(rows_of(kind, **facts), None)


def city(code: str = "siheung") -> City:
    """Siheung or Daegu."""
    there = standing(City, code=code)
    return there or City.objects.create(code=code, **CITIES[code])


def neighbourhood(code: str = "4139059100") -> Neighbourhood:
    """A dong: Jeongwang 1-dong unless said otherwise."""
    there = standing(Neighbourhood, code=code)
    if there is not None:
        there.city = next(rows_of(City, id=there.city_id))
        return there
    facts = dict(DONGS[code])
    where = city(facts.pop("city"))
    gu = facts.pop("gu", None)
    district = None
    if gu:
        district = District.objects.get_or_create(
            code=gu[0], defaults={"name_ko": gu[1], "name_en": gu[2], "city": where}
        )[0]
    return Neighbourhood.objects.create(
        code=code, city=where, district=district, **facts
    )


def person(email: str = "", *, name: str = "", **fields: Any) -> Person:
    """Somebody with a confirmed address and no consent."""
    email = email or f"person{next(_counter)}@example.org"
    somebody = Person.objects.create_user(email, name=name, **fields)
    EmailAddress.objects.create(user=somebody, email=email, verified=True, primary=True)
    return somebody


def resident(email: str = "", *, name: str = "") -> Person:
    """Somebody of Jeongwang 1-dong who agreed to every purpose."""
    somebody = person(email, name=name, neighbourhood=neighbourhood())
    Role.objects.create(person=somebody, kind=Role.Kind.RESIDENT)
    agree(somebody)
    return somebody


def agree(somebody: Person) -> None:
    """A yes to every purpose, row by row as the verb writes them, but all at once."""
    Consent.objects.bulk_create(
        Consent(person=somebody, purpose=purpose, version=text_of(purpose).version)
        for purpose in Consent.Purpose.values
    )


def staff(email: str, *, kind: str, city: City | None) -> Person:
    """A coordinator, an evaluator or a caregiver."""
    somebody = person(email, name=kind, is_staff=kind in {"coordinator", "evaluator"})
    Role.objects.create(person=somebody, kind=kind, city=city)
    return somebody


def station(number: int = 119, **fields: Any) -> Station:
    """A weather station; Suwon unless said otherwise."""
    names = {112: "인천", 119: "수원", 143: "대구"}
    defaults = {"name_ko": names.get(number, str(number)), "lon": 127.0, "lat": 37.3}
    return Station.objects.get_or_create(number=number, defaults=defaults | fields)[0]


def premises(owner: Person | None = None, **fields: Any) -> Premises:
    """A flat in Jeongwang 1-dong that joined on 1 January 2026."""
    facts: dict[str, Any] = {
        "name": "우리집",
        "dwelling": Premises.Dwelling.FLAT,
        "area_band": Premises.AreaBand.FROM_60,
        "people_band": Premises.PeopleBand.THREE,
        "heating": Premises.Heating.GAS,
        "joined_on": date(2026, 1, 1),
    }
    facts |= fields
    facts.setdefault("neighbourhood", neighbourhood())
    home = Premises.objects.create(**facts)
    if owner is not None:
        Membership.objects.create(
            premises=home, person=owner, right=Membership.Right.OWNER
        )
    return home


def meter(home: Premises, **fields: Any) -> Meter:
    """The electricity meter of a home."""
    return Meter.objects.get_or_create(premises=home, **fields)[0]


def bill(home: Premises, start: date, end: date, *, kwh: Any, **fields: Any) -> Bill:
    """A paper bill of [start, end)."""
    facts = {"tariff_kind": home.tariff_kind} | fields
    return Bill.objects.create(premises=home, start=start, end=end, kwh=kwh, **facts)

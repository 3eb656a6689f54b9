"""Whole streets of homes with savings, made at once."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from livinglab.energy.models import Membership, Premises, Saving
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood
from tests import make

JULY = date(2026, 7, 1)
MONTHS = [date(2026, month, 1) for month in range(1, 8)]


def dong(code: str, *, gu: str = "", city: str = "daegu") -> Neighbourhood:
    """A made-up dong, in a gu where one is named."""
    where = make.city(city)
    district = None
    if gu:
        district, _new = where.districts.get_or_create(
            code=gu, defaults={"name_ko": f"{gu}구"}
        )
    return Neighbourhood.objects.get_or_create(
        code=code,
        defaults={
            "city": where,
            "district": district,
            "name_ko": f"{code}동",
            "centre_lon": 128.6,
            "centre_lat": 35.8,
            "station_number": 143,
        },
    )[0]


def homes(
    count: int, where: Neighbourhood, *, owner: Person | None = None, **facts: Any
) -> list[Premises]:
    """Homes of one owner who agreed to everything, joined in January 2026."""
    owner = owner or make.resident()
    facts = {
        "name": "집",
        "neighbourhood": where,
        "joined_on": date(2026, 1, 1),
        "dwelling": "flat",
        "area_band": "60_85",
        "people_band": "3",
        "heating": "gas",
    } | facts
    found = Premises.objects.bulk_create(Premises(**facts) for _n in range(count))
    Membership.objects.bulk_create(
        Membership(premises=home, person=owner, right=Membership.Right.OWNER)
        for home in found
    )
    return found


def save(
    home: Premises,
    month: date = JULY,
    *,
    expected: float = 300,
    saved: float = 30,
    half: float = 12,
    span: str = "month",
    **facts: Any,
) -> Saving:
    """An unsaved figure; 150 won a kWh."""
    days = 30 if span == "month" else 360
    return Saving(
        **{
            "premises": home,
            "span": span,
            "month": month,
            "days": days,
            "days_possible": days,
            "expected_kwh": _kwh(expected),
            "actual_kwh": _kwh(expected - saved),
            "saved_kwh": _kwh(saved),
            "saved_kwh_low": _kwh(saved - half),
            "saved_kwh_high": _kwh(saved + half),
            "expected_won": round(150 * expected),
            "actual_won": round(150 * (expected - saved)),
            "saved_won": round(150 * saved),
            "saved_won_low": round(150 * (saved - half)),
            "saved_won_high": round(150 * (saved + half)),
            "state": "saving",
            "method": "test/1",
        }
        | facts
    )


def all_save(
    found: Sequence[Premises], months: Sequence[date] = (JULY,), **facts: Any
) -> None:
    """Every home the same figure in every month."""
    Saving.objects.bulk_create(
        save(home, month, **facts) for home in found for month in months
    )


def _kwh(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.001"))

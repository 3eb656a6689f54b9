"""Which cities' figures are due, and for which months."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from livinglab.energy.events import areas_due
from livinglab.energy.models import (
    EVERY_MONTH,
    AreaDue,
    AreaSaving,
    Premises,
    Saving,
)
from livinglab.energy.selectors.area_inputs import COUNTED, area_savings
from livinglab.energy.selectors.publication import RUNNING
from livinglab.energy.services.neighbourhoods.methods import AREA_METHOD
from livinglab.kernel.commit import after_commit
from livinglab.places.models import City


@transaction.atomic
def mark_area_due(city_id: int, months: Iterable[date]) -> int:
    """Mark a city's months; one that waits already gets a new token.

    Whoever moves a month's figures also names the eleven after it whose twelve months
    contain it; EVERY_MONTH stands for all. A month that has not come has no figures.
    """
    today = timezone.localdate()
    rows = [
        AreaDue(city_id=city_id, month=month, token=secrets.randbits(62))
        for month in sorted(set(months))
        if month <= today
    ]
    AreaDue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["city", "month"],
        update_fields=["token"],
    )
    if rows:
        after_commit(areas_due.send_robust, AreaDue, city_id=city_id)
    return len(rows)


@transaction.atomic
def mark_areas_of(premises: Collection[int]) -> int:
    """What is known of these homes changed, or who of them may be counted."""
    homes = Premises.objects.filter(pk__in=premises)
    cities = homes.order_by("neighbourhood__city").values_list(
        "neighbourhood__city", flat=True
    )
    return sum(mark_area_due(city, [EVERY_MONTH]) for city in cities.distinct())


def mark_areas_of_person(person_id: int) -> int:
    """A person's yes or no to being counted moves the figures of their cities."""
    homes = Premises.objects.filter(memberships__person=person_id)
    return mark_areas_of(set(homes.values_list("pk", flat=True)))


@transaction.atomic
def mark_ended_months_due() -> int:
    """A month that was running is over: its figures may be shown now."""
    this_month = timezone.localdate().replace(day=1)
    ended = (
        AreaSaving.objects.filter(hidden_because=RUNNING, month__lt=this_month)
        .order_by("city", "month")
        .values_list("city", "month")
        .distinct()
    )
    return sum(mark_area_due(city, [month]) for city, month in list(ended))


@transaction.atomic
def mark_method_due() -> int:
    """Cities with figures made by another version of the method."""
    other = AreaSaving.objects.exclude(method=AREA_METHOD)
    cities = other.order_by("city").values_list("city", flat=True).distinct()
    return sum(mark_area_due(city, [EVERY_MONTH]) for city in list(cities))


@transaction.atomic
def mark_stale_areas_due() -> int:
    """Compare every city's totals with its homes; what differs was missed somewhere.

    Homes that were deleted, consents whose message was lost: nobody says so twice.
    """
    stale = 0
    for city in City.objects.order_by("pk").values_list("pk", flat=True):
        if _counted_now(city) != _counted_then(city):
            stale += mark_area_due(city, [EVERY_MONTH])
    return stale


Total = tuple[int, int, int]


def _counted_now(city_id: int) -> dict[tuple[date, str], Total]:
    months = _months_of_homes(city_id)
    totals: dict[tuple[date, str], Total] = defaultdict(lambda: (0, 0, 0))
    for row in area_savings(city_id, Saving.Span.MONTH, months):
        if row.reason == COUNTED and row.part == Premises.Part.PARTICIPANT:
            homes, expected, saved = totals[row.month, row.kind]
            totals[row.month, row.kind] = (
                homes + row.sums.homes,
                expected + row.sums.expected_wh,
                saved + row.sums.saved_won,
            )
    return dict(totals)


def _counted_then(city_id: int) -> dict[tuple[date, str], Total]:
    rows = AreaSaving.objects.filter(
        city=city_id, level=AreaSaving.Level.CITY, span=Saving.Span.MONTH, homes__gt=0
    ).values_list("month", "kind", "homes", "expected_kwh", "saved_won")
    return {
        (month, kind): (homes, round((expected or 0) * 1000), saved or 0)
        for month, kind, homes, expected, saved in rows
    }


def _months_of_homes(city_id: int) -> list[date]:
    homes = Saving.objects.filter(premises__neighbourhood__city=city_id)
    return list(homes.order_by("month").values_list("month", flat=True).distinct())


def months_of(city_id: int) -> set[date]:
    """Every month of which the city's homes or areas have a figure."""
    areas = AreaSaving.objects.filter(city=city_id).values_list("month", flat=True)
    return {*_months_of_homes(city_id), *areas.order_by("month").distinct()}

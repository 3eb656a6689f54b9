"""Computing what is due of a city's areas: all of some months, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from livinglab.energy.events import areas_computed
from livinglab.energy.models import EVERY_MONTH, AreaDue, AreaSaving, Saving, SavingsDue
from livinglab.energy.selectors.area_inputs import (
    area_members,
    area_savings,
)
from livinglab.energy.services.neighbourhoods.adding import Place, months_of_areas
from livinglab.energy.services.neighbourhoods.due import mark_area_due, months_of
from livinglab.energy.services.neighbourhoods.writing import Writer
from livinglab.kernel.commit import after_commit
from livinglab.kernel.realtime import announce
from livinglab.places.models import City, Neighbourhood

MONTHS_AT_ONCE = 6
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
# Homes of a city come in hundreds of batches: areas wait for the last, but not longer.
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Claim:
    """Months of one city, taken until the lease ends: row, month and token of each."""

    city_id: int
    rows: Sequence[tuple[int, date, int]]

    @property
    def months(self) -> list[date]:
        return [month for _pk, month, _token in self.rows]


def compute_next() -> int | None:
    """Compute some due months of one city; how many, None when nothing is free."""
    claim = _claim()
    if claim is None:
        return None
    if claim.rows:
        _compute(claim)
    return len(claim.rows)


def _claim() -> Claim | None:
    """Take a city's earliest due months; nobody else works on that city meanwhile."""
    now = timezone.now()
    homes_due = SavingsDue.objects.filter(
        premises__neighbourhood__city=OuterRef("city"), attempts__lt=MOST_ATTEMPTS
    )
    held = AreaDue.objects.filter(city=OuterRef("city"), claimed_until__gte=now)
    ready = (
        AreaDue.objects.free()
        .filter(~Exists(held), attempts__lt=MOST_ATTEMPTS)
        .filter(Q(due_at__lt=now - PATIENCE) | ~Exists(homes_due))
    )
    first = ready.order_by("attempts", "due_at", "pk").first()
    if first is None:
        return None
    mine = AreaDue.objects.filter(city=first.city_id, attempts__lt=MOST_ATTEMPTS)
    chosen = list(mine.free().order_by("month").values_list("pk", flat=True))
    taken = AreaDue.objects.filter(pk__in=chosen[:MONTHS_AT_ONCE])
    until = now + LEASE
    taken.free().update(claimed_until=until, attempts=F("attempts") + 1)
    rows = taken.filter(claimed_until=until).order_by("month")
    return Claim(first.city_id, list(rows.values_list("pk", "month", "token")))


@transaction.atomic
def _compute(claim: Claim) -> None:
    """Figures and the end of what was due stand or fall together."""
    # Twelve months build on months: one worker a city at a time.
    cities = City.objects.select_for_update(no_key=True).defer("outline")
    city = cities.get(pk=claim.city_id)
    if EVERY_MONTH in claim.months:
        mark_area_due(city.pk, months_of(city.pk))
        done = [row for row in claim.rows if row[1] == EVERY_MONTH]
    else:
        codes = compute_months(city, claim.months)
        done = list(claim.rows)
        for code in codes:
            after_commit(announce, f"area:{code}", "savings")
        after_commit(areas_computed.send_robust, AreaSaving, city_id=city.pk)
    _finish(claim, done)


def _finish(claim: Claim, done: Sequence[tuple[int, date, int]]) -> None:
    """Delete what is done; what was marked again meanwhile waits for the next round."""
    same = Q()
    for pk, _month, token in done:
        same |= Q(pk=pk, token=token)
    AreaDue.objects.filter(same).delete()
    taken = [pk for pk, _month, _token in claim.rows]
    AreaDue.objects.filter(pk__in=taken).update(claimed_until=None, attempts=0)


def compute_months(city: City, months: Sequence[date]) -> set[str]:
    """Write the city's areas for these months; the codes of the areas written."""
    places = places_of(city)
    last = max(months)
    found = months_of_areas(
        area_savings(city.pk, Saving.Span.MONTH, months),
        area_members(city.pk, (last + timedelta(days=32)).replace(day=1)),
        places,
        months,
    )
    writer = Writer(city, months, timezone.now())
    writer.write_months(found)
    writer.write_years(area_savings(city.pk, Saving.Span.YEAR, months), places)
    writer.mark_goals()
    return writer.codes


def places_of(city: City) -> Mapping[int, Place]:
    """The city's dongs by their rows."""
    rows = Neighbourhood.objects.filter(city=city).values_list(
        "pk", "code", "district__code"
    )
    return {pk: Place(pk, dong, gu or "", city.code) for pk, dong, gu in rows}

"""What is due: every change of data or rules marks exactly the figures it moves."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from livinglab.energy.baseline.sufficiency import WINDOW_DAYS
from livinglab.energy.events import savings_due
from livinglab.energy.models import (
    EVERY_MONTH,
    Baseline,
    Premises,
    Saving,
    SavingsDue,
    TariffTable,
)
from livinglab.energy.selectors.used_days import UsedDays, used_days
from livinglab.energy.services.savings.methods import METHODS
from livinglab.energy.tariff.tables import RATE_KINDS
from livinglab.kernel.commit import after_commit
from livinglab.kernel.upsert import upsert
from livinglab.observations.models import Station

Mark = tuple[int, date]

FITTED = (Baseline.Kind.DAILY, Baseline.Kind.BILLING)
YEARS_COMPARED = (12, 24)
HOMES_NAMED = 2000
IDS_AT_ONCE = 500
DUE = ("premises", "month", "token", "reason", "due_at", "attempts")
RECOMPUTE = "recompute"


@transaction.atomic
def mark_due(premises: Premises, first_day: date, last_day: date, reason: str) -> None:
    """New or corrected use between two days makes these figures due again."""
    length = (last_day - first_day).days + 1
    days = [first_day + timedelta(days=number) for number in range(length)]
    mark_days_due(premises, days, reason)


@transaction.atomic
def mark_days_due(premises: Premises, days: Collection[date], reason: str) -> None:
    """New or corrected use on some days makes these figures due again."""
    if not days:
        return
    lies = Baseline.objects.filter(premises=premises).values_list("kind", "ends_on")
    if touches_baseline(next(iter(lies), None), premises.joined_on, days):
        _mark([(premises.pk, EVERY_MONTH)], reason)
        return
    newest = newest_month(premises, days)
    months = months_moved_by_use(premises.joined_on, newest, days)
    _mark([(premises.pk, month) for month in months], reason)


def touches_baseline(
    baseline: tuple[str, date] | None, joined_on: date, days: Collection[date]
) -> bool:
    """Whether use on these days may change the baseline or where it lies.

    `baseline` is its kind and its last day.
    """
    if baseline is None or baseline[0] not in FITTED:
        return True
    earliest = joined_on - timedelta(days=WINDOW_DAYS)
    return any(earliest <= day <= baseline[1] for day in days)


def newest_month(premises: Premises, days: Collection[date]) -> date | None:
    """The home's newest figure; nobody asks when no day is a year old."""
    if _months_later(min(days), YEARS_COMPARED[0]) > timezone.localdate():
        return None
    figures = Saving.objects.filter(premises=premises, span=Saving.Span.MONTH)
    newest: date | None = figures.aggregate(newest=Max("month"))["newest"]
    return newest


def months_moved_by_use(
    joined_on: date, newest: date | None, days: Collection[date]
) -> list[date]:
    """The days' months, and those one and two years on whose comparison they are."""
    moved: set[date] = set()
    for month in {day.replace(day=1) for day in days}:
        moved.add(month)
        later = (_months_later(month, count) for count in YEARS_COMPARED)
        moved.update(each for each in later if newest and each <= newest)
    start = joined_on.replace(day=1)
    return sorted(month for month in moved if month >= start)


@transaction.atomic
def mark_premises_due(premises: Premises, reason: str) -> None:
    """A fact of the home itself changed: everything of it is due."""
    _mark([(premises.pk, EVERY_MONTH)], reason)


@transaction.atomic
def mark_weather_due(station: Station, days: Sequence[date], reason: str) -> int:
    """New or corrected temperatures: homes that used energy then, and only they."""
    if not days:
        return 0
    homes = homes_of_station(station)
    used = used_days(homes, days)
    marks = [
        mark
        for home, since, baseline in _concerned(homes, used, days)
        for mark in _moved_by_weather(home, since, baseline, used, days)
    ]
    _mark(marks, reason)
    return len(marks)


@dataclass(frozen=True)
class Lies:
    """Where a home's baseline lies, and of what kind it is."""

    kind: str
    starts_on: date
    ends_on: date


def _concerned(
    homes: QuerySet[Premises], used: UsedDays, days: Sequence[date]
) -> Iterator[tuple[int, date, Lies | None]]:
    """Homes that used energy on the days, or whose baseline holds one of them."""
    first, last = min(days), max(days)
    around = Q(baseline__starts_on__lte=last, baseline__ends_on__gte=first)
    facts = homes.values_list(
        "pk", "joined_on", "baseline__kind", "baseline__starts_on", "baseline__ends_on"
    )
    known = list(used.days)
    chosen = [
        facts.filter(around).exclude(baseline=None),
        *(
            facts.filter(pk__in=known[start : start + IDS_AT_ONCE]).exclude(around)
            for start in range(0, len(known), IDS_AT_ONCE)
        ),
    ]
    for rows in chosen:
        for home, since, kind, starts, ends in rows.iterator():
            yield home, since, Lies(kind, starts, ends) if kind else None


def _moved_by_weather(
    home: int,
    joined_on: date,
    baseline: Lies | None,
    used: UsedDays,
    days: Sequence[date],
) -> Iterator[Mark]:
    mine = used.of(home)
    earliest = joined_on - timedelta(days=WINDOW_DAYS)
    if baseline is None or baseline.kind not in FITTED:
        if any(day >= earliest for day in mine):
            yield home, EVERY_MONTH
        return
    inside = any(baseline.starts_on <= day <= baseline.ends_on for day in days)
    if inside or any(earliest <= day <= baseline.ends_on for day in mine):
        yield home, EVERY_MONTH
        return
    for month in sorted({day.replace(day=1) for day in mine}):
        if month >= joined_on.replace(day=1):
            yield home, month


def homes_of_station(station: Station) -> QuerySet[Premises]:
    """Homes whose weather is this station's."""
    here = Q(station=station)
    by_place = Q(station=None, neighbourhood__station_number=station.number)
    return Premises.objects.filter(here | by_place)


@transaction.atomic
def mark_tariff_due(kind: str, valid_from: date) -> int:
    """A table added, changed or withdrawn: the months it prices, until the next."""
    following = (
        TariffTable.objects.filter(kind=kind, valid_from__gt=valid_from)
        .order_by("valid_from")
        .values_list("valid_from", flat=True)
        .first()
    )
    figures = _priced_months(valid_from, following)
    if kind in RATE_KINDS:
        figures = figures.filter(premises__tariff_kind=kind)
    return _mark(figures.values_list("premises_id", "month"), "tariff")


@transaction.atomic
def mark_rules_due(valid_from: date, reason: str = "rules") -> int:
    """A CO2 factor or a scheme's rule changed: every month from that day on."""
    figures = _priced_months(valid_from, None)
    return _mark(figures.values_list("premises_id", "month"), reason)


def _priced_months(first: date, before: date | None) -> QuerySet[Saving]:
    figures = Saving.objects.filter(
        span=Saving.Span.MONTH, month__gte=first.replace(day=1)
    )
    return figures if before is None else figures.filter(month__lt=before)


@transaction.atomic
def mark_method_due() -> int:
    """Homes whose baseline was made by another version of its method."""
    other = Q()
    for kind, version in METHODS.items():
        other |= Q(kind=kind) & ~Q(method=version)
    homes = Baseline.objects.filter(other).values_list("premises_id", flat=True)
    return _mark(((home, EVERY_MONTH) for home in homes), "method")


@transaction.atomic
def mark_everything_due(premises: QuerySet[Premises] | None = None) -> int:
    """All figures of all homes, or of these, are to be computed from the facts."""
    homes = Premises.objects.all() if premises is None else premises
    pairs = ((home, EVERY_MONTH) for home in homes.values_list("pk", flat=True))
    return _mark(pairs, RECOMPUTE)


def _mark(pairs: Iterable[Mark], reason: str) -> int:
    """Write due rows; one that waits already gets a new token."""
    now = timezone.now()
    homes: set[int] = set()

    def rows() -> Iterator[tuple[int, date, int, str, datetime, int]]:
        for home, month in pairs:
            homes.add(home)
            yield home, month, secrets.randbits(62), reason, now, 0

    count = upsert(SavingsDue, DUE, rows(), unique=DUE[:2], update=("token", "reason"))
    if count:
        few = tuple(sorted(homes)) if len(homes) <= HOMES_NAMED else None
        after_commit(savings_due.send_robust, SavingsDue, premises_ids=few)
    return count


def _months_later(month: date, count: int) -> date:
    whole = month.year * 12 + month.month - 1 + count
    return date(whole // 12, whole % 12 + 1, 1)

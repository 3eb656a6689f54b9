"""Taking due homes for a while, and giving them back when they moved meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from livinglab.energy.models import EVERY_MONTH, SavingsDue
from livinglab.energy.selectors.agreement import at_rest
from livinglab.observations.models import Station

HOMES_AT_ONCE = 512
LEASE = timedelta(minutes=3)
SUSPECT_ATTEMPTS = 2
MOST_ATTEMPTS = 100

# As the table is indexed: a claim must not sort a city that waits.
WAIT_LONGEST = ("attempts", "due_at", "premises_id")
STATION = Coalesce(
    "premises__station__number", "premises__neighbourhood__station_number"
)


@dataclass(frozen=True)
class Due:
    """One due row as it was when it was taken."""

    pk: int
    home: int
    month: date
    token: int


@dataclass(frozen=True)
class Claim:
    """Homes of one station, taken until the lease ends."""

    station: Station | None
    due: Sequence[Due]

    @property
    def homes(self) -> list[int]:
        return sorted({row.home for row in self.due})

    @property
    def whole_homes(self) -> set[int]:
        """Homes of which the baseline and everything is due."""
        return {row.home for row in self.due if row.month == EVERY_MONTH}

    def months(self) -> dict[int, set[date]]:
        """The single months that are due, per home."""
        months: dict[int, set[date]] = defaultdict(set)
        for row in self.due:
            if row.month != EVERY_MONTH:
                months[row.home].add(row.month)
        return months


def claim_due(*, most: int = HOMES_AT_ONCE, homes: Sequence[int] = ()) -> Claim | None:
    """Take the homes that wait longest, all of one station; None when none is free.

    Homes that were taken before and never finished come last and one at a time, so a
    home that breaks the computation holds up nobody else.
    """
    free = _free(homes)
    oldest = (
        free.order_by(*WAIT_LONGEST)
        .values_list("premises_id", "attempts", STATION)
        .first()
    )
    if oldest is None:
        return None
    home, attempts, number = oldest
    chosen = [home] if attempts >= SUSPECT_ATTEMPTS else _beside(free, number, most)
    station = Station.objects.filter(number=number).first()
    return Claim(station, _take(chosen))


def _free(homes: Sequence[int]) -> QuerySet[SavingsDue]:
    free: QuerySet[SavingsDue] = SavingsDue.objects.free()
    free = free.filter(attempts__lt=MOST_ATTEMPTS).exclude(at_rest("premises"))
    return free.filter(premises__in=homes) if homes else free


def _beside(free: QuerySet[SavingsDue], number: int, most: int) -> list[int]:
    """The homes of one station that wait longest."""
    order = (
        free.alias(number=STATION)
        .filter(number=number, attempts__lt=SUSPECT_ATTEMPTS)
        .order_by(*WAIT_LONGEST)
        .values_list("premises_id", flat=True)
    )
    return list(dict.fromkeys(order[: 2 * most]))[:most]


def _take(homes: Sequence[int]) -> list[Due]:
    """Compare-and-set: only rows nobody holds become ours."""
    until = timezone.now() + LEASE
    mine = SavingsDue.objects.filter(premises__in=homes)
    mine.free().update(claimed_until=until, attempts=F("attempts") + 1)
    rows = mine.filter(claimed_until=until).order_by("premises_id", "month")
    return [Due(row.pk, row.premises_id, row.month, row.token) for row in rows]


def unchanged(due: Sequence[Due]) -> list[Due]:
    """Rows nobody marked again since they were taken; locked until the commit."""
    tokens = dict(
        SavingsDue.objects.select_for_update()
        .filter(pk__in=[row.pk for row in due])
        .values_list("pk", "token")
    )
    moved = {row.home for row in due if tokens.get(row.pk) != row.token}
    return [row for row in due if row.home not in moved]


def finish(done: Sequence[Due], taken: Sequence[Due]) -> None:
    """Delete what is done; what was marked again waits for the next round."""
    finished = {row.pk for row in done}
    SavingsDue.objects.filter(pk__in=finished).delete()
    left = [row.pk for row in taken if row.pk not in finished]
    SavingsDue.objects.filter(pk__in=left).update(claimed_until=None, attempts=0)


def try_again() -> int:
    """Give homes that were given up another chance, as once a night."""
    return SavingsDue.objects.filter(attempts__gte=SUSPECT_ATTEMPTS).update(attempts=1)


def release_claims() -> int:
    """At the start of the only process: whoever held these rows is dead."""
    return SavingsDue.objects.release()

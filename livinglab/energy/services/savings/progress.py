"""How far the computing is, and doing all of it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import sleep

from django.db.models import QuerySet

from livinglab.energy.models import SavingsDue
from livinglab.energy.services.savings.claims import HOMES_AT_ONCE, MOST_ATTEMPTS
from livinglab.energy.services.savings.computing import compute_next
from livinglab.energy.services.savings.due import RECOMPUTE

PAUSE_S = 0.2


@dataclass(frozen=True)
class Waiting:
    """Homes that wait, those of an unfinished recompute, and those given up."""

    homes: int
    of_recompute: int
    given_up: int


def waiting() -> Waiting:
    """Count the homes of which something is due."""
    rows: QuerySet[SavingsDue] = SavingsDue.objects.filter(attempts__lt=MOST_ATTEMPTS)
    return Waiting(
        homes=_homes(rows),
        of_recompute=_homes(rows.filter(reason=RECOMPUTE)),
        given_up=SavingsDue.objects.filter(attempts__gte=MOST_ATTEMPTS).count(),
    )


def _homes(rows: QuerySet[SavingsDue]) -> int:
    return rows.values("premises").distinct().count()


def compute_all_due(tell: Callable[[int], None], *, most: int = HOMES_AT_ONCE) -> None:
    """Compute until nothing waits, also for other workers; tell how many homes."""
    while True:
        done = compute_next(most=most)
        if done is not None:
            tell(done)
        elif waiting().homes:
            sleep(PAUSE_S)
        else:
            return

"""Outlooks of homes: marked due with what moves them, computed apart from any look."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from livinglab.energy.events import outlooks_due
from livinglab.energy.models import HomeOutlook, Membership, Premises
from livinglab.energy.selectors.agreement import at_rest
from livinglab.energy.selectors.home_energy import home_energy, with_what_is_shown
from livinglab.energy.selectors.home_glance import glance_of
from livinglab.energy.selectors.neighbours import neighbours_of
from livinglab.energy.selectors.outlook_facts import facts_of
from livinglab.kernel.commit import after_commit
from livinglab.kernel.models import LeaseQuerySet
from livinglab.people.sessions import seen_since

LEASE_S = 60
MOST_ATTEMPTS = 5
# A home nobody looked at for this long is computed at the next look.
LOOKED_AT = timedelta(weeks=2)


@transaction.atomic
def mark_outlooks_due(premises_ids: Collection[int]) -> None:
    """What these homes' outlooks rest on has moved; a home of nobody has none."""
    lived_in = Membership.objects.filter(premises__in=premises_ids)
    homes = set(lived_in.values_list("premises_id", flat=True))
    if not homes:
        return
    mark: dict[str, Any] = {"due_at": timezone.now(), "token": secrets.randbits(62)}
    HomeOutlook.objects.filter(premises__in=homes).update(
        is_due=True, attempts=0, **mark
    )
    HomeOutlook.objects.bulk_create(
        [HomeOutlook(premises_id=home, **mark) for home in sorted(homes)],
        ignore_conflicts=True,
    )
    after_commit(outlooks_due.send_robust, HomeOutlook)


def mark_a_new_day() -> int:
    """What looked ahead from yesterday is due again where somebody looks; how many.

    The work of a day grows with who opens the app, not with the homes of the city.
    """
    lately = seen_since(timezone.now() - LOOKED_AT)
    homes = Membership.objects.filter(person__in=lately).values("premises")
    old = HomeOutlook.objects.filter(
        is_due=False, day__lt=timezone.localdate(), premises__in=homes
    )
    return old.update(is_due=True, due_at=timezone.now(), attempts=0)


def due_outlooks() -> LeaseQuerySet:
    """What is to be computed; homes of whoever is about to leave wait for nothing."""
    due = HomeOutlook.objects.filter(is_due=True, attempts__lt=MOST_ATTEMPTS)
    return due.exclude(at_rest("premises"))


def compute_next_outlook() -> int | None:
    """Compute the outlook that waits longest; its home, None when none is free."""
    waiting = due_outlooks().free().order_by("attempts", "due_at")
    row: HomeOutlook | None = waiting.first()
    if row is None:
        return None
    if HomeOutlook.objects.filter(pk=row.pk).claim(seconds=LEASE_S):
        _compute(row)
    return int(row.premises_id)


@transaction.atomic
def _compute(row: HomeOutlook) -> None:
    """Facts and the end of what was due; marked again meanwhile, it stays due."""
    today = timezone.localdate()
    glance = glance_of(row.premises_id)
    home = with_what_is_shown(Premises.objects.filter(pk=row.premises_id)).first()
    if glance is None or home is None:
        return
    energy = home_energy(home, years=glance.years, tariffs=glance.tariffs)
    beside = neighbours_of(home, energy.first_day) if energy.saving else None
    mine = HomeOutlook.objects.filter(pk=row.pk)
    mine.update(
        day=today,
        stand=glance.outlook_stand(today),
        facts=facts_of(energy.outlook, energy.first_day, beside),
        claimed_until=None,
        attempts=0,
    )
    mine.filter(token=row.token).update(is_due=False)


def try_outlooks_again() -> int:
    """Give outlooks that were given up another chance, as once a night."""
    given_up = HomeOutlook.objects.filter(attempts__gte=MOST_ATTEMPTS)
    return given_up.update(attempts=F("attempts") - 1)


def compute_all_outlooks() -> int:
    """Everything that is due now, as at the end of a demonstration; how many."""
    done = 0
    while compute_next_outlook() is not None:
        done += 1
    return done

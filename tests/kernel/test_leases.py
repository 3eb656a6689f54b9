"""A lease is taken once, survives its holder, and comes back."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from livinglab.config.recovery import give_leases_back
from livinglab.energy.models import SavingsDue
from tests import make


def due_row():
    return SavingsDue.objects.create(
        premises=make.premises(), month="2026-01-01", token=1, reason="test"
    )


def test_a_row_is_claimed_by_one_worker_only(db):
    row = due_row()
    rows = SavingsDue.objects.filter(pk=row.pk)

    assert rows.claim(seconds=60) == 1
    assert rows.claim(seconds=60) == 0
    row.refresh_from_db()
    assert row.attempts == 1


def test_a_dead_workers_lease_runs_out(db):
    rows = SavingsDue.objects.filter(pk=due_row().pk)
    rows.claim(seconds=60)

    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        assert rows.claim(seconds=60) == 1


def test_the_only_process_gives_every_lease_back_at_start(db):
    rows = SavingsDue.objects.filter(pk=due_row().pk)
    rows.claim(seconds=600)

    assert give_leases_back() == 1
    assert rows.free().count() == 1
    assert rows.get().attempts == 0

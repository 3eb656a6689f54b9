"""Withdrawing consent and leaving erase what hung on them, and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.core.files.base import ContentFile

from livinglab.energy.models import (
    Bill,
    Membership,
    Meter,
    Premises,
    Upload,
    UsageDay,
)
from livinglab.energy.services.erasure import erase_person, erase_withdrawn
from livinglab.energy.services.uploads import keep_upload
from livinglab.energy.services.usage import store_intervals
from livinglab.energy.usage.blocks import intervals
from livinglab.kernel.personal_data import holder, rows_of
from livinglab.people.models import Person
from livinglab.people.services import give_consent, withdraw_consent
from tests import make

SEPTEMBER = 1_756_652_400


def with_data(home: Premises, by: Person) -> Premises:
    starts = SEPTEMBER + 3600 * np.arange(24)
    day = intervals(starts, np.full(24, 3600), np.full(24, 250_000))
    store_intervals(make.meter(home), day)
    keep_upload(home, ContentFile(b"start,value\n2025-09-01,1\n"), name="a", by=by)
    Bill.objects.create(premises=home, start="2025-08-01", end="2025-09-01", kwh=300)
    return home


@pytest.fixture
def home(resident: Person) -> Premises:
    return with_data(make.premises(resident), resident)


def test_a_withdrawn_consent_erases_the_homes_data(
    home: Premises,
    resident: Person,
    neighbour: Person,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with_data(make.premises(neighbour), neighbour)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(resident, "energy")
    assert not Meter.objects.filter(premises=home).exists()
    assert not Upload.objects.filter(premises=home).exists()
    assert not Bill.objects.filter(premises=home).exists()
    assert Premises.objects.filter(pk=home.pk).exists()
    assert UsageDay.objects.count() == 1


def test_a_sweep_erases_what_a_lost_message_left(
    home: Premises, resident: Person
) -> None:
    withdraw_consent(resident, "energy")
    assert erase_withdrawn() == 1
    assert erase_withdrawn() == 0


def test_another_members_consent_keeps_the_data(
    home: Premises, resident: Person, neighbour: Person
) -> None:
    Membership.objects.create(premises=home, person=neighbour)
    withdraw_consent(resident, "energy")
    assert erase_withdrawn() == 0


def test_a_consent_given_again_in_time_keeps_the_data(
    home: Premises, resident: Person
) -> None:
    withdraw_consent(resident, "energy")
    give_consent(resident, "energy")
    assert erase_withdrawn() == 0


def test_homes_of_people_who_were_never_asked_are_left_alone(siheung: Any) -> None:
    owner = make.person()
    simulated = make.premises(owner)
    give_consent(owner, "energy")
    with_data(simulated, owner)
    owner.consents.all().delete()
    assert erase_withdrawn() == 0


def test_a_person_who_leaves_takes_their_home_along(
    home: Premises, resident: Person, neighbour: Person
) -> None:
    shared = make.premises(neighbour)
    Membership.objects.create(premises=shared, person=resident)
    gone = erase_person(resident)
    assert gone["energy.Premises"] == 1
    assert gone["energy.Membership"] == 2
    assert list(Premises.objects.all()) == [shared]
    assert not UsageDay.objects.exists()


def test_what_is_held_can_be_asked(home: Premises, resident: Person) -> None:
    held = {one.model: list(rows_of(one, resident)) for one in holder("energy").held}
    assert [one["id"] for one in held["energy.Premises"]] == [home.pk]
    assert held["energy.Upload"][0]["name"] == "a"

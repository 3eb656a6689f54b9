"""A no to each purpose: what stops, what goes, what stays."""

import pytest

from livinglab.energy.models import (
    AreaDue,
    Meter,
    Premises,
    PremisesDiscount,
    Upload,
)
from livinglab.energy.selectors.agreement import agreeing, counts_in_areas
from livinglab.energy.services.erasure import erase_withdrawn
from livinglab.people.errors import ConsentMissing, NotWithdrawable
from livinglab.people.models import Consent, FileToErase, Helping
from livinglab.people.services import give_consent, require_consent, withdraw_consent
from tests import make
from tests.people import world


@pytest.fixture
def life(db, neighbour):
    person = world.somebody()
    world.full_life(person, neighbour)
    return person


@pytest.fixture
def withdraw(life, django_capture_on_commit_callbacks):
    def withdrawn(purpose):
        AreaDue.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            withdraw_consent(life, purpose)
        assert (
            not Consent.objects.standing().filter(person=life, purpose=purpose).exists()
        )

    return withdrawn


def test_energy_leaves_the_home_and_nothing_of_its_use(life, withdraw):
    withdraw("energy")
    home = Premises.objects.get(memberships__person=life)
    for rows in (
        home.meters,
        home.uploads,
        home.bills,
        home.bill_changes,
        home.savings,
        home.declared_events,
    ):
        assert not rows.exists()
    assert home.baseline.n == 0  # computed anew: there is nothing to compute from
    assert not FileToErase.objects.exists()  # erased with the commit
    with pytest.raises(ConsentMissing):
        require_consent(life, "energy")


def test_neighbourhood_counts_the_home_no_more_and_the_sums_are_due(life, withdraw):
    assert Premises.objects.filter(counts_in_areas()).exists()
    withdraw("neighbourhood")
    assert not Premises.objects.filter(counts_in_areas()).exists()
    assert AreaDue.objects.exists()
    assert Meter.objects.exists()


def test_comparison_stores_nothing_and_stops(life, withdraw):
    withdraw("comparison")
    assert not Premises.objects.filter(agreeing("comparison")).exists()
    assert Meter.objects.exists()


def test_discounts_are_erased_and_the_bills_are_due(life, withdraw):
    withdraw("discounts")
    assert not PremisesDiscount.objects.exists()
    assert Upload.objects.exists()


def test_a_discount_stays_while_another_member_agrees(life, neighbour):
    home = Premises.objects.get(memberships__person=life)
    home.memberships.create(person=neighbour)
    withdraw_consent(life, "discounts")
    assert erase_withdrawn() == 0
    assert PremisesDiscount.objects.exists()


def test_a_sweep_erases_the_discount_a_lost_message_left(life):
    withdraw_consent(life, "discounts")
    assert erase_withdrawn() == 1
    assert erase_withdrawn() == 0


def test_helping_ends_every_help_in_the_same_moment(life):
    assert Helping.objects.active().filter(person=life).exists()
    withdraw_consent(life, "helping")  # no message has gone out yet
    assert not Helping.objects.active().filter(person=life).exists()


def test_helping_notes_the_end_and_keeps_what_was_done(life, withdraw):
    withdraw("helping")
    helping = Helping.objects.get(person=life)
    assert (helping.state, helping.ended_by) == ("ended", "person")
    assert helping.acts.exists()


@pytest.mark.parametrize("purpose", Consent.REQUIRED)
def test_what_the_account_needs_is_not_withdrawn_but_left(life, purpose):
    with pytest.raises(NotWithdrawable):
        withdraw_consent(life, purpose)
    assert Consent.objects.standing().filter(person=life, purpose=purpose).exists()


def test_every_purpose_is_walked_here():
    walked = {"energy", "neighbourhood", "comparison", "discounts", "helping"}
    assert walked | {str(one) for one in Consent.REQUIRED} == set(
        Consent.Purpose.values
    )


def test_saying_yes_again_begins_anew(life, withdraw):
    withdraw("energy")
    give_consent(life, "energy")
    require_consent(life, "energy")
    assert make.meter(Premises.objects.get(memberships__person=life)).pk

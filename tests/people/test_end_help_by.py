"""A helper who goes helps nobody any more: it is written, told, and the place free."""

from datetime import timedelta

import pytest
from django.utils import timezone

from livinglab.notifications.models import Notice
from livinglab.people.errors import HelpRefused
from livinglab.people.models import Helping, Leaving, Person
from livinglab.people.selectors import my_state, standing_purposes
from livinglab.people.services.helping import (
    accept_help,
    confirm_help,
    end_help_that_is_over,
    invite_helper,
)
from livinglab.people.services.leaving import ask_to_leave, erase_leaver, stay


def accepted(person, helper):
    until = timezone.localdate() + timedelta(days=30)
    _helping, code = invite_helper(person, areas=["energy"], until=until)
    return accept_help(code, by=helper)


def erased(person):
    leaving = ask_to_leave(person)
    Leaving.objects.filter(pk=leaving.pk).update(erase_at=timezone.now())
    assert erase_leaver(leaving.pk)


def told(person):
    return Notice.objects.filter(person=person, kind="people.help_ended")


def test_with_the_helper_s_account_the_help_ends_and_the_other_is_told(
    resident, neighbour
):
    name = neighbour.name
    confirm_help(accepted(resident, neighbour), by=resident)
    erased(neighbour)

    helping = Helping.objects.get()
    assert (helping.state, helping.ended_by) == ("ended", "helper")
    assert helping.ended_at is not None
    assert my_state(resident).helpers == 0
    assert "helping" not in standing_purposes(resident)
    assert told(resident).get().facts["name"] == "떠난 도우미"
    assert not Notice.objects.filter(facts__icontains=name).exists()


def test_one_helper_who_goes_leaves_the_other_in_place(resident, neighbour, stranger):
    confirm_help(accepted(resident, neighbour), by=resident)
    confirm_help(accepted(resident, stranger), by=resident)
    erased(neighbour)
    assert Helping.objects.active().get().helper == stranger
    assert "helping" in standing_purposes(resident)


def test_a_helper_who_had_only_said_yes_is_waited_for_no_longer(resident, neighbour):
    accepted(resident, neighbour)
    erased(neighbour)
    assert Helping.objects.get().state == "ended"
    assert my_state(resident).waiting == 0
    assert told(resident).exists()


@pytest.mark.parametrize("state", ["accepted", "active"])
def test_a_help_that_lost_its_helper_before_is_ended_by_the_sweep(
    resident, neighbour, state
):
    helping = accepted(resident, neighbour)
    if state == "active":
        confirm_help(helping, by=resident)
    Helping.objects.update(helper=None)
    assert not Helping.objects.active().exists()

    assert end_help_that_is_over() == 1

    assert Helping.objects.get().ended_by == "helper"
    assert told(resident).count() == 1
    assert end_help_that_is_over() == 0


def test_an_invitation_nobody_took_yet_goes_on_waiting(resident):
    until = timezone.localdate() + timedelta(days=30)
    invite_helper(resident, areas=["energy"], until=until)
    assert end_help_that_is_over() == 0


def test_a_helper_who_is_leaving_cannot_be_confirmed(resident, neighbour):
    helping = accepted(resident, neighbour)
    ask_to_leave(neighbour)
    with pytest.raises(HelpRefused):
        confirm_help(helping, by=resident)
    assert Helping.objects.get().state == "accepted"

    stay(Person.objects.get(pk=neighbour.pk))
    confirm_help(helping, by=resident)
    assert Helping.objects.active().exists()

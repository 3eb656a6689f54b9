"""Homes: added with consent, changed by owners, joined by a code that works once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from livinglab.energy.errors import InvitationRefused, PremisesRefused
from livinglab.energy.models import Membership, PremisesDiscount, PremisesInvitation
from livinglab.energy.services.premises import (
    add_premises,
    change_premises,
    choose_discounts,
    end_membership,
    invite,
    join_by_code,
    make_owner,
)
from livinglab.kernel.errors import NotAllowed
from livinglab.people.errors import ConsentMissing
from livinglab.people.models import Consent
from livinglab.people.services import withdraw_consent
from tests import make


def facts(**more):
    return {"name": "우리집", "neighbourhood": make.neighbourhood(), **more}


def test_whoever_adds_a_home_owns_it(resident):
    home = add_premises(facts(), by=resident)
    assert home.memberships.get().right == Membership.Right.OWNER


def test_a_home_needs_the_energy_consent(stranger):
    with pytest.raises(ConsentMissing):
        add_premises(facts(), by=stranger)


def test_only_known_facts_of_a_home_can_be_set(resident):
    with pytest.raises(ValueError, match="origin"):
        add_premises(facts(origin="simulated"), by=resident)


def test_an_unknown_contract_is_refused_in_words(resident):
    with pytest.raises(PremisesRefused):
        add_premises(facts(tariff_kind="free"), by=resident)


def test_an_owner_changes_a_home_and_its_figures_become_due(resident):
    home = make.premises(resident)
    change_premises(home, {"tariff_kind": "residential_high"}, by=resident)
    home.refresh_from_db()
    assert home.tariff_kind == "residential_high"
    assert home.due.exists()


def test_a_new_name_makes_nothing_due(resident):
    home = make.premises(resident)
    change_premises(home, {"name": "집"}, by=resident)
    assert not home.due.exists()


def test_a_stranger_may_not_change_a_home(resident, stranger):
    home = make.premises(resident)
    with pytest.raises(NotAllowed):
        change_premises(home, {"name": "mine"}, by=stranger)


def test_somebody_joins_by_code_and_the_code_is_spent(resident, neighbour):
    home = make.premises(resident)
    code = invite(home, by=resident)
    assert join_by_code(f" {code[:4]}-{code[4:].lower()} ", by=neighbour) == home
    member = home.memberships.get(person=neighbour)
    assert member.right == Membership.Right.MEMBER
    with pytest.raises(InvitationRefused):
        join_by_code(code, by=neighbour)


def test_a_code_is_kept_as_a_digest_only(resident):
    code = invite(make.premises(resident), by=resident)
    assert code not in PremisesInvitation.objects.get().code_digest


def test_an_old_code_is_refused(resident, neighbour):
    code = invite(make.premises(resident), by=resident)
    PremisesInvitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    with pytest.raises(InvitationRefused):
        join_by_code(code, by=neighbour)


def test_a_member_may_not_invite(resident, neighbour):
    home = make.premises(resident)
    join_by_code(invite(home, by=resident), by=neighbour)
    with pytest.raises(NotAllowed):
        invite(home, by=neighbour)


def test_a_member_may_leave(resident, neighbour):
    home = make.premises(resident)
    join_by_code(invite(home, by=resident), by=neighbour)
    end_membership(home.memberships.get(person=neighbour), by=neighbour)
    assert home.memberships.count() == 1


def test_the_last_owner_stays(resident):
    home = make.premises(resident)
    with pytest.raises(PremisesRefused):
        end_membership(home.memberships.get(), by=resident)


def test_an_owner_may_leave_once_there_is_another(resident, neighbour):
    home = make.premises(resident)
    join_by_code(invite(home, by=resident), by=neighbour)
    make_owner(home.memberships.get(person=neighbour), by=resident)
    end_membership(home.memberships.get(person=resident), by=resident)
    assert home.memberships.get().person == neighbour


def test_discounts_are_kept_apart_and_erased_by_choosing_none(resident):
    home = make.premises(resident)
    choose_discounts(home, ["large_family"], by=resident)
    assert PremisesDiscount.objects.get(premises=home).names == ["large_family"]
    choose_discounts(home, [], by=resident)
    assert not PremisesDiscount.objects.exists()
    assert home.due.exists()


def test_discounts_need_their_own_consent(resident):
    home = make.premises(resident)
    withdraw_consent(resident, Consent.Purpose.DISCOUNTS)
    with pytest.raises(ConsentMissing):
        choose_discounts(home, ["large_family"], by=resident)

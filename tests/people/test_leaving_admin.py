"""What a coordinator sees of who leaves: days and counts of their own city."""

import pytest
from django.utils import timezone

from livinglab.people.models import Leaving
from livinglab.people.services.leaving import ask_to_leave, erase_due_leavers
from tests.people import world

LEAVINGS = "/admin/people/leaving/"
PROOFS = "/admin/people/leavingproof/"


@pytest.fixture
def leaving(db, neighbour):
    person = world.somebody()
    world.full_life(person, neighbour)
    return ask_to_leave(person)


def test_a_request_is_a_number_and_a_day(client, coordinator, leaving):
    client.force_login(coordinator)
    for address in (LEAVINGS, f"{LEAVINGS}{leaving.pk}/change/"):
        page = client.get(address)
        assert page.status_code == 200
        for hidden in (world.SECRET, "that-very-one", leaving.number):
            assert hidden not in page.text


def test_a_proof_is_counts(client, coordinator, leaving):
    Leaving.objects.update(erase_at=timezone.now())
    erase_due_leavers()
    client.force_login(coordinator)
    page = client.get(PROOFS)
    assert leaving.number in page.text
    assert world.SECRET not in page.text


def test_another_city_sees_none_of_it(client, daegu_coordinator, leaving):
    client.force_login(daegu_coordinator)
    assert f"#{leaving.pk} " not in client.get(LEAVINGS).text
    assert client.get(f"{LEAVINGS}{leaving.pk}/change/").status_code == 404


def test_nobody_changes_it_by_hand(client, coordinator, leaving):
    client.force_login(coordinator)
    client.post(f"{LEAVINGS}{leaving.pk}/delete/", {"post": "yes"})
    client.post(f"{LEAVINGS}{leaving.pk}/change/", {"attempts": "9"})
    leaving.refresh_from_db()
    assert leaving.attempts == 0

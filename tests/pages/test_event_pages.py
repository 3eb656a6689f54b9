"""Declared events: noted, computed again, taken back; owners only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from livinglab.energy.models import DeclaredEvent
from livinglab.energy.services.premises import invite, join_by_code
from tests import make


def change(**more):
    day = timezone.localdate() - timedelta(days=30)
    return {"kind": "electric_car", "on": f"{day}", "effect": "restart", **more}


@pytest.fixture
def home(resident, client):
    client.force_login(resident)
    return make.premises(resident)


def test_a_change_is_noted_and_the_home_computed_again(home, client):
    client.post(f"/energy/homes/{home.pk}/events/", change())
    assert home.declared_events.get().kind == "electric_car"
    assert home.due.exists()
    assert "전기차" in client.get(f"/energy/homes/{home.pk}/events/").text


def test_a_day_to_come_is_refused_in_words(home, client):
    later = timezone.localdate() + timedelta(days=3)
    answer = client.post(f"/energy/homes/{home.pk}/events/", change(on=f"{later}"))
    assert answer.status_code == 422
    assert not DeclaredEvent.objects.exists()


def test_a_change_is_taken_back(home, client):
    client.post(f"/energy/homes/{home.pk}/events/", change())
    client.post(f"/energy/events/{DeclaredEvent.objects.get().pk}/take-back/")
    assert not DeclaredEvent.objects.exists()


def test_a_member_may_not_declare(home, client, neighbour, resident):
    join_by_code(invite(home, by=resident), by=neighbour)
    client.force_login(neighbour)
    answer = client.post(f"/energy/homes/{home.pk}/events/", change())
    assert answer.status_code == 403
    assert not DeclaredEvent.objects.exists()


def test_somebody_elses_events_are_not_found(home, client, neighbour):
    client.post(f"/energy/homes/{home.pk}/events/", change())
    event = DeclaredEvent.objects.get()
    client.force_login(neighbour)
    assert client.get(f"/energy/homes/{home.pk}/events/").status_code == 404
    assert client.post(f"/energy/events/{event.pk}/take-back/").status_code == 404

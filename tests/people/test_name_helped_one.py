"""How a helper is told of the helped person: by the name, never by the address."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from livinglab.issues.models import Verdict
from livinglab.people.models import Act, Helping, Person
from livinglab.people.services.helping import acting_through
from tests import make


@pytest.fixture
def helping(resident, neighbour):
    return Helping.objects.create(
        person=resident,
        helper=neighbour,
        state=Helping.State.ACTIVE,
        areas=["notices", "issues"],
        until=timezone.localdate() + timedelta(days=9),
        confirmed_at=timezone.now(),
    )


@pytest.fixture
def home(resident):
    return make.premises(resident)


def test_without_a_name_the_address_is_told_to_no_helper(
    client, neighbour, helping, resident, home
):
    Person.objects.filter(pk=resident.pk).update(name="")
    client.force_login(neighbour)
    client.post(f"/me/helping/{helping.pk}/act/")

    refused = client.get(f"/energy/homes/{home.pk}/add/")
    by_api = client.get("/api/v1/premises/")
    client.post("/me/inbox/read/")
    client.post("/me/helping/stop/")

    told = client.get(f"/api/v1/me/helping/{helping.pk}/acts/")
    page = client.get(f"/me/helping/{helping.pk}/")
    assert (refused.status_code, by_api.status_code) == (403, 403)
    assert Act.objects.get().thing == ""
    for answer in (refused, by_api, told, page):
        assert resident.email not in answer.text
    assert "누군가" in refused.text


def test_a_thing_that_is_called_by_its_person_is_written_without_the_address(
    resident, helping
):
    Person.objects.filter(pk=resident.pk).update(name="")
    helping.person.name = ""
    verdict = Verdict(issue_id=7, person=helping.person)
    acting_through(helping).note("issues", "issues.give_verdict", verdict)
    assert resident.email not in Act.objects.get().thing


def test_what_was_written_before_loses_the_address(resident, helping):
    act = Act.objects.create(
        helping=helping, person=resident, area="notices", rule="x", thing=resident.email
    )
    kept = Act.objects.create(
        helping=helping, person=resident, area="energy", rule="x", thing="집 @ 정왕"
    )
    module = "livinglab.people.migrations.0007_no_address_among_acts"
    import_module(module).take_addresses_out(apps, None)
    act.refresh_from_db()
    kept.refresh_from_db()
    assert (act.thing, kept.thing) == ("", "집 @ 정왕")

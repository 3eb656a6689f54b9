"""What lies ahead, over the JSON door: one's own home only."""

from typing import Any

from django.test import Client

from livinglab.energy.api.outlook import AHEAD
from livinglab.energy.models import Premises
from livinglab.people.models import Person
from tests import make
from tests.energy.test_outlook import home

__all__ = ["home"]


def test_the_answer_has_the_shape_of_its_example(
    home: Premises,
    resident: Person,
    client: Client,  # noqa: F811
) -> None:
    client.force_login(resident)
    body = client.get(f"/api/v1/premises/{home.pk}/outlook/").json()
    assert body.keys() == AHEAD.keys()
    assert body["forecast"].keys() == AHEAD["forecast"].keys()
    assert [part["part"] for part in body["split"]] == ["base", "heating", "cooling"]


def test_a_new_home_has_nothing_ahead(resident: Person, client: Client) -> None:
    client.force_login(resident)
    new = make.premises(owner=resident)
    body: dict[str, Any] = client.get(f"/api/v1/premises/{new.pk}/outlook/").json()
    assert body == {"forecast": None, "split": [], "tips": []}


def test_somebody_elses_home_is_not_found(
    resident: Person, neighbour: Person, client: Client
) -> None:
    client.force_login(neighbour)
    theirs = make.premises(owner=resident)
    assert client.get(f"/api/v1/premises/{theirs.pk}/outlook/").status_code == 404

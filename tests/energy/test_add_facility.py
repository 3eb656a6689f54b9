"""A coordinator adds a public facility of their own city; nobody else does."""

import pytest

from livinglab.energy.models import Premises
from livinglab.energy.services.premises import add_facility
from livinglab.kernel.errors import NotAllowed
from tests import make

SENT = {
    "kind": "facility",
    "name": "정왕도서관",
    "neighbourhood": "4139059100",
    "tariff_kind": "general_a1_low",
    "publishes": True,
}


def facts():
    return {"name": "정왕도서관", "neighbourhood": make.neighbourhood()}


def test_the_coordinator_owns_what_they_add(coordinator):
    library = add_facility(facts(), publishes=True, by=coordinator)

    assert library.is_facility
    assert library.publishes
    assert library.goal_share == 0.10
    assert Premises.objects.visible_to(coordinator).get() == library


@pytest.mark.parametrize("who", ["resident", "daegu_coordinator", "evaluator"])
def test_nobody_else_adds_a_facility_of_siheung(who, request):
    person = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        add_facility(facts(), by=person)

    assert not Premises.objects.exists()


def test_a_facility_comes_in_as_json(client, coordinator):
    make.neighbourhood()
    client.force_login(coordinator)

    answer = client.post("/api/v1/premises/", SENT, content_type="application/json")

    assert answer.status_code == 201
    assert answer.json()["kind"] == "facility"


def test_a_resident_is_told_no_as_json(client, resident):
    client.force_login(resident)

    answer = client.post("/api/v1/premises/", SENT, content_type="application/json")

    assert answer.status_code == 403
    assert not Premises.objects.facilities().exists()


def test_the_page_is_the_coordinators_alone(client, coordinator, resident):
    make.neighbourhood()
    client.force_login(resident)
    assert client.get("/energy/facilities/add/").status_code == 404

    client.force_login(coordinator)
    assert client.get("/energy/facilities/add/").status_code == 200
    sent = {**SENT, "neighbourhood": make.neighbourhood().pk, "compares": "on"}
    assert client.post("/energy/facilities/add/", sent).status_code == 302
    assert Premises.objects.facilities().get().publishes

"""The pages of a home: added with consent, seen by members, changed by owners."""

import pytest

from livinglab.energy.models import Membership, Premises
from livinglab.energy.services.premises import invite, join_by_code
from livinglab.people.models import Consent
from livinglab.people.selectors import standing_purposes
from tests import make


def home_form(**more):
    return {
        "name": "우리집",
        "neighbourhood": make.neighbourhood().pk,
        "tariff_kind": "residential_low",
        "compares": "on",
        **more,
    }


def test_a_home_is_added_and_its_owner_is_asked_for_data(resident, client):
    client.force_login(resident)
    answer = client.post("/energy/homes/add/", home_form())
    home = Premises.objects.get()
    assert answer.url == f"/energy/homes/{home.pk}/add/"
    assert home.memberships.get().person == resident


def test_without_the_consent_no_home_is_added(stranger, client):
    client.force_login(stranger)
    answer = client.post("/energy/homes/add/", home_form())
    assert answer.status_code == 422
    assert "동의 없이는" in answer.text
    assert not Premises.objects.exists()


def test_the_consent_can_be_given_with_the_home(stranger, client):
    client.force_login(stranger)
    client.post("/energy/homes/add/", home_form(agreed="on"))
    assert Premises.objects.count() == 1
    assert Consent.Purpose.ENERGY in standing_purposes(stranger)


@pytest.mark.parametrize(
    "address",
    [
        "/energy/homes/{home}/",
        "/energy/homes/{home}/add/",
        "/energy/homes/{home}/add/file/",
        "/energy/homes/{home}/add/bill/",
        "/energy/?home={home}",
    ],
)
def test_somebody_elses_home_is_not_found(address, resident, neighbour, client):
    home = make.premises(resident)
    make.premises(neighbour)
    client.force_login(neighbour)
    assert client.get(address.format(home=home.pk)).status_code == 404


@pytest.mark.parametrize("verb", ["discounts", "invite"])
def test_nobody_acts_on_somebody_elses_home(verb, resident, neighbour, client):
    home = make.premises(resident)
    client.force_login(neighbour)
    assert client.post(f"/energy/homes/{home.pk}/{verb}/").status_code == 404


def test_an_owner_changes_the_home(resident, client):
    home = make.premises(resident)
    client.force_login(resident)
    client.post(f"/energy/homes/{home.pk}/", home_form(name="새 이름"))
    home.refresh_from_db()
    assert home.name == "새 이름"


def test_a_member_sees_the_home_and_may_not_change_it(resident, neighbour, client):
    home = make.premises(resident)
    join_by_code(invite(home, by=resident), by=neighbour)
    client.force_login(neighbour)
    page = client.get(f"/energy/homes/{home.pk}/")
    assert "관리자만" in page.text
    answer = client.post(f"/energy/homes/{home.pk}/", home_form(name="x"))
    assert answer.status_code == 403


def test_a_code_is_shown_once(resident, client):
    home = make.premises(resident)
    client.force_login(resident)
    shown = client.post(f"/energy/homes/{home.pk}/invite/", follow=True)
    assert "ll-code" in shown.text
    assert "ll-code" not in client.get(f"/energy/homes/{home.pk}/").text


def test_a_code_makes_a_member(resident, neighbour, client):
    home = make.premises(resident)
    code = invite(home, by=resident)
    client.force_login(neighbour)
    client.post("/energy/join/", {"code": code})
    assert Membership.objects.filter(premises=home, person=neighbour).exists()


def test_a_wrong_code_is_answered_in_words(resident, client):
    client.force_login(resident)
    answer = client.post("/energy/join/", {"code": "WRONG123"})
    assert answer.status_code == 422
    assert "코드" in answer.text


def test_one_home_is_asked_nothing(resident, client):
    home = make.premises(resident)
    client.force_login(resident)
    assert client.get("/energy/add/").url == f"/energy/homes/{home.pk}/add/"


def test_two_homes_are_chosen_from(resident, client):
    make.premises(resident, name="첫째 집")
    make.premises(resident, name="둘째 집")
    client.force_login(resident)
    assert "둘째 집" in client.get("/energy/add/").text


def test_the_page_of_a_home_asks_the_database_little(
    resident, client, django_assert_max_num_queries
):
    home = make.premises(resident)
    client.force_login(resident)
    with django_assert_max_num_queries(12):
        client.get(f"/energy/homes/{home.pk}/")

"""A number where none belongs, or none that a database holds, is never a fault."""

import pytest

from livinglab.interop.models import Jurisdiction
from livinglab.kernel.numbers import number_said
from livinglab.kernel.realtime import may_listen
from tests import make
from tests.security.doors import EXAMPLES, doors

pytestmark = pytest.mark.django_db
TOO_LARGE = [f"{10**15}", f"{2**63}", "9" * 23, "9" * 5000]
# A digit to Python and no number; more than 64 bits; more than Python reads at all.
ODD = ["²", "٣", "-1", "9" * 30, "9" * 5000, "", "1.5", " 1"]


@pytest.mark.parametrize("said", ODD)
def test_only_what_a_row_can_have_is_its_number(said):
    assert number_said(said) is None


def test_a_number_is_a_number():
    assert [number_said("0"), number_said("17"), number_said("9" * 15)] == [
        0,
        17,
        999_999_999_999_999,
    ]


@pytest.mark.parametrize(
    ("length", "status"),
    [("9" * 16, 413), ("9" * 5000, 413), ("٣", 413), ("-1", 200), ("²", 200)],
)
def test_a_length_no_number_says(length, status, client):
    assert client.get("/about/", CONTENT_LENGTH=length).status_code == status


@pytest.mark.parametrize("said", ODD)
@pytest.mark.parametrize(
    "address", ["/me/inbox/?before={}", "/me/reads/?page={}", "/issues/mine/?before={}"]
)
def test_pages_of_a_list(address, said, client, resident):
    client.force_login(resident)
    assert client.get(address.format(said)).status_code == 200


@pytest.mark.parametrize("said", ODD)
def test_buttons_that_name_a_row(said, client, resident):
    client.force_login(resident)
    assert client.post("/me/children/", {"consent": said}).status_code == 404
    assert client.post("/places/choose/", {"place": said}).status_code == 302
    assert client.post("/me/welcome/place/", {"place": said}).status_code < 500


@pytest.mark.parametrize("said", ODD)
def test_names_somebody_wants_to_listen_to(said):
    person = make.resident()
    assert not may_listen(person, f"premises:{said}")
    assert not may_listen(person, f"issue:{said}")


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize("number", TOO_LARGE)
def test_no_address_leads_anywhere_with_a_number_no_row_has(
    number, verb, client, resident
):
    numbered = [door for door in doors() if "<int:" in door.route and not door.is_admin]
    assert len(numbered) > 80
    client.force_login(resident)
    broken = {
        door.route: answer.status_code
        for door in numbered
        if (answer := _asked(client, verb, door, number)).status_code != 404
    }
    assert not broken


@pytest.mark.parametrize("verb", ["get", "post"])
def test_no_address_breaks_with_the_highest_number(verb, client, resident):
    client.force_login(resident)
    for door in doors():
        if "<int:" in door.route and not door.is_admin:
            assert _asked(client, verb, door, "9" * 15).status_code < 500, door.route


def _asked(client, verb, door, number):
    address = door.address.replace(EXAMPLES["int"], number)
    spoken = {"accept": "application/json, */*;q=0.1"}
    return getattr(client, verb)(address, headers=spoken)


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_page_of_a_report_that_cannot_be_is_not_there(number, client, resident):
    for _look in range(3):  # what comes back is asked for another way
        assert client.get(f"/issues/{number}/").status_code == 404
    client.force_login(resident)
    for _look in range(3):
        assert client.get(f"/issues/{number}/").status_code == 404


@pytest.mark.parametrize("number", TOO_LARGE)
@pytest.mark.parametrize("form", ["xml", "json"])
def test_other_software_hears_of_no_such_report(number, form, client):
    Jurisdiction.objects.create(code="siheung.go.kr", city=make.city())
    answer = client.get(f"/open311/v2/requests/{number}.{form}")
    assert answer.status_code == 404


@pytest.mark.parametrize("number", ["9" * 15, *TOO_LARGE])
def test_the_desk_says_so_too(number, client, coordinator):
    client.force_login(coordinator)
    answer = client.get(f"/admin/issues/issue/{number}/change/")
    assert answer.status_code in (302, 404)

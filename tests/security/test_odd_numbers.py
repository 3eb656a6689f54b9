"""A number where none belongs, or none that a database holds, is never a fault."""

import pytest

from livinglab.kernel.numbers import number_said
from livinglab.kernel.realtime import may_listen
from tests import make

pytestmark = pytest.mark.django_db
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

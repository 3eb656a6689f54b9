"""What a person tells of themselves, through both doors."""

import pytest

ODD = ["보\n라", "보\r\n라", "보\t라", "보\x1b라", "보\u2028라"]
WORDS = "이름은 한 줄로"


@pytest.mark.parametrize("name", ODD)
def test_a_name_stands_on_one_line_at_both_doors(client, resident, name):
    client.force_login(resident)
    before = resident.name

    software = client.patch(
        "/api/v1/me/profile/", {"name": name}, content_type="application/json"
    )
    page = client.post("/me/profile/", {"name": name, "language": "ko"}, follow=True)

    assert software.status_code == 422
    assert WORDS in software.json()["detail"]
    assert WORDS in page.text
    resident.refresh_from_db()
    assert resident.name == before


def test_a_name_may_hold_every_letter_and_a_space(client, resident):
    client.force_login(resident)
    client.post("/me/profile/", {"name": "보라 O’Neill 👩‍👧", "language": "ko"})
    resident.refresh_from_db()
    assert resident.name == "보라 O’Neill 👩‍👧"

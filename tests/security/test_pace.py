"""What costs the house much cannot be asked for without end."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.kernel.pace import TooOften, keep_pace
from tests import make


@pytest.fixture
def two_an_hour(settings):
    settings.PACE = dict.fromkeys(settings.PACE, (2, 3600))


def test_the_third_try_of_two_is_refused(two_an_hour):
    keep_pace("energy.give_file", 7)
    keep_pace("energy.give_file", 7)
    with pytest.raises(TooOften):
        keep_pace("energy.give_file", 7)


def test_others_and_other_verbs_are_not_held_up(two_an_hour):
    for _ in range(2):
        keep_pace("energy.give_file", 7)
    keep_pace("energy.give_file", 8)
    keep_pace("energy.take_data_out", 7)


@pytest.mark.django_db
def test_codes_cannot_be_tried_without_end(two_an_hour, client, resident):
    client.force_login(resident)
    said = [
        client.post("/api/v1/premises/join/", {"code": f"GUESS{n:03d}"}).status_code
        for n in range(4)
    ]
    assert said == [409, 409, 429, 429]


@pytest.mark.django_db
def test_tokens_cannot_be_made_without_end(two_an_hour, client, resident):
    client.force_login(resident)
    said = [client.post("/api/v1/me/tokens/").status_code for _ in range(3)]
    assert said == [201, 201, 429]


@pytest.mark.django_db
def test_everything_cannot_be_fetched_without_end(two_an_hour, client, resident):
    home = make.premises(resident)
    client.force_login(resident)
    address = f"/api/v1/premises/{home.pk}/export.csv"
    answers = [client.get(address) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["code"] == "too_often"


@pytest.mark.django_db
def test_files_cannot_be_given_without_end_and_the_page_says_so(
    two_an_hour, client, resident
):
    home = make.premises(resident)
    client.force_login(resident)
    address = f"/energy/homes/{home.pk}/add/file/"
    for n in range(3):
        file = SimpleUploadedFile(f"{n}.csv", f"start,value\n{n}".encode())
        answer = client.post(address, {"file": file}, headers={"referer": address})
    assert home.uploads.count() == 2
    assert answer.status_code == 429
    assert "짧은 시간" in answer.text

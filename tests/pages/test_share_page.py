"""What the share sheet hands over: taken, asked about, or refused with a sentence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from livinglab.energy.models import Upload
from livinglab.people.models import Draft
from tests import make
from tests.kernel.test_clean_photo import photo

CSV = "날짜,시간,사용량(kWh)\n" + "".join(
    f"2026-03-01,{hour:02d}:00,0.25\n" for hour in range(1, 25)
)
SCRIPT = {"Accept": "application/json"}


def file(name="a.csv", kind="text/csv", text=CSV):
    return SimpleUploadedFile(name, text.encode(), kind)


@pytest.fixture
def mine(resident):
    """As the share sheet posts: signed in, no token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(resident)
    return client


def test_an_energy_file_lands_at_its_preview(mine, resident):
    home = make.premises(resident)
    answer = mine.post("/share/", {"files": file()})
    upload = Upload.objects.get()
    assert upload.premises == home
    assert answer.status_code == 302
    assert answer["Location"] == f"/energy/uploads/{upload.pk}/"
    assert upload.state == Upload.State.PREVIEW


def test_with_several_homes_it_is_asked_which(mine, resident):
    homes = [make.premises(resident, name=name) for name in ("우리집", "부모님 댁")]
    asked = mine.post("/share/", {"files": file()}, headers=SCRIPT)
    assert asked.status_code == 409
    assert [one["words"] for one in asked.json()["options"]] == ["우리집", "부모님 댁"]
    assert not Upload.objects.exists()
    again = {"files": file(), "choice": str(homes[1].pk)}
    assert mine.post("/share/", again, headers=SCRIPT).status_code == 200
    assert Upload.objects.get().premises == homes[1]


def test_somebody_elses_home_cannot_be_chosen(mine, resident, neighbour):
    theirs = make.premises(neighbour)
    make.premises(resident), make.premises(resident, name="둘째")
    sent = {"files": file(), "choice": str(theirs.pk)}
    assert mine.post("/share/", sent).status_code == 409
    assert not Upload.objects.exists()


def test_without_a_home_it_says_what_comes_first(mine):
    answer = mine.post("/share/", {"files": file()})
    assert answer.status_code == 422
    assert "우리 집을 등록" in answer.text


@pytest.mark.parametrize(("name", "kind"), [("a.mp4", "video/mp4"), ("x", "")])
def test_what_nobody_takes_is_refused_with_what_can_be(mine, resident, name, kind):
    make.premises(resident)
    answer = mine.post("/share/", {"files": file(name, kind)})
    assert answer.status_code == 422
    assert "CSV나 그린버튼 XML" in answer.text
    assert not Upload.objects.exists()


def test_a_photo_begins_a_report_where_no_worker_took_it(mine, resident):
    taken = SimpleUploadedFile("me.jpg", photo().getvalue(), "image/jpeg")
    answer = mine.post("/share/", {"files": taken})
    draft = Draft.objects.get(person=resident)
    assert answer["Location"] == f"/report/draft/{draft.key}/"
    assert draft.issue_photos.count() == 1
    assert "보내기" in mine.get(answer["Location"]).text


def test_what_only_calls_itself_a_photo_is_refused(mine):
    answer = mine.post("/share/", {"files": file("me.jpg", "image/jpeg")})
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_two_files_at_once_are_too_many(mine, resident):
    make.premises(resident)
    answer = mine.post("/share/", {"files": [file(), file("b.csv")]})
    assert answer.status_code == 422


@pytest.mark.django_db
def test_a_guest_is_asked_to_sign_in(client):
    page = client.post("/share/", {"files": file()})
    assert page.status_code == 401
    assert "/accounts/login/" in page.text
    said = client.post("/share/", {"files": file()}, headers=SCRIPT)
    assert said.json()["code"] == "signed_out"


def test_another_site_cannot_hand_anything_over(mine, resident):
    make.premises(resident)
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = mine.post("/share/", {"files": file()}, headers=headers)
    assert answer.status_code == 403
    assert not Upload.objects.exists()

"""Files: looked at first, confirmed, their fate seen; nobody else's are found."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.energy.models import Upload, UsageDay
from livinglab.energy.services.uploads import read_upload
from tests import make

HEAD = "날짜,시간,사용량(kWh)\n"


def csv_of(days=3, value="0.25"):
    rows = [
        f"2026-03-{day:02d},{hour:02d}:00,{value}"
        for day in range(1, days + 1)
        for hour in range(24)
    ]
    return (HEAD + "\n".join(rows) + "\n").encode()


def file_of(content, name="사용량.csv"):
    return SimpleUploadedFile(name, content, "text/csv")


@pytest.fixture
def home(resident, client):
    client.force_login(resident)
    return make.premises(resident)


def give(client, home, content):
    answer = client.post(
        f"/energy/homes/{home.pk}/add/file/", {"file": file_of(content)}
    )
    upload = Upload.objects.latest("pk")
    assert answer.url == f"/energy/uploads/{upload.pk}/"
    return upload


def settle(client, upload):
    """Answer whatever the file asks, with the first choice."""
    upload.refresh_from_db()
    while questions := upload.understood.get("questions"):
        answers = {q["code"]: q["options"][0]["value"] for q in questions}
        client.post(f"/energy/uploads/{upload.pk}/answer/", answers)
        upload.refresh_from_db()


def test_a_file_is_looked_at_before_anything_is_stored(client, home):
    upload = give(client, home, csv_of())
    page = client.get(f"/energy/uploads/{upload.pk}/")
    assert "이렇게 읽었어요" in page.text
    assert upload.state == "preview"
    assert not UsageDay.objects.exists()


def test_after_the_yes_it_is_read_and_its_fate_is_seen(client, home):
    upload = give(client, home, csv_of())
    settle(client, upload)
    client.post(f"/energy/uploads/{upload.pk}/confirm/")
    assert "파일을 받았어요" in client.get(f"/energy/uploads/{upload.pk}/").text
    read_upload(upload.pk)
    assert "파일을 넣었어요" in client.get(f"/energy/uploads/{upload.pk}/").text
    assert UsageDay.objects.count() == 3
    assert "넣음" in client.get("/energy/uploads/").text


def test_a_withdrawn_file_leaves_nothing(client, home):
    upload = give(client, home, csv_of())
    client.post(f"/energy/uploads/{upload.pk}/withdraw/")
    assert not Upload.objects.exists()


def test_a_page_that_is_no_data_is_refused_in_words(client, home):
    upload = give(client, home, b"<!doctype html><html><body>login</body></html>")
    page = client.get(f"/energy/uploads/{upload.pk}/")
    assert "파일을 받지 않았어요" in page.text
    assert "저장된 것은 없어요" in page.text


def test_an_empty_file_is_refused_in_our_words_and_its_fate_is_kept(client, home):
    upload = give(client, home, b"")
    assert upload.state == Upload.State.REFUSED
    assert "빈 파일이에요" in client.get(f"/energy/uploads/{upload.pk}/").text
    assert upload.name in client.get("/energy/uploads/").text


def test_htmx_gets_the_fate_alone(client, home):
    upload = give(client, home, csv_of())
    part = client.get(f"/energy/uploads/{upload.pk}/", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert f'id="upload-{upload.pk}"' in part.text
    assert part["Vary"] == "HX-Request" or "HX-Request" in part["Vary"]


@pytest.mark.parametrize("verb", ["", "answer/", "confirm/", "withdraw/"])
def test_somebody_elses_file_is_not_found(verb, client, home, neighbour):
    upload = give(client, home, csv_of())
    client.force_login(neighbour)
    address = f"/energy/uploads/{upload.pk}/{verb}"
    answer = client.post(address) if verb else client.get(address)
    assert answer.status_code == 404


def test_the_list_asks_the_database_little(client, home, django_assert_max_num_queries):
    for value in ("0.2", "0.3", "0.4"):
        give(client, home, csv_of(value=value))
    with django_assert_max_num_queries(8):
        client.get("/energy/uploads/")

"""Send a report through the JSON door: one request, one report, whole and once."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from livinglab.issues.models import Issue, Photo
from livinglab.issues.services import reporting
from livinglab.issues.trust import Leeway, Trust
from livinglab.people.http import tag_of
from livinglab.people.models import FileToErase, Guest
from livinglab.people.services.files import erase_due_files
from tests import make
from tests.issues import world
from tests.kernel.test_clean_photo import exif, photo

pytestmark = pytest.mark.django_db
HERE = "/api/v1/issues/"


def fields(**more: Any) -> dict[str, Any]:
    """A hole in the road of Jeongwang 1-dong, as a form sends it."""
    make.neighbourhood()
    world.category()
    lon, lat = world.JEONGWANG
    return {
        "key": str(uuid.uuid4()),
        "category": "pothole",
        "lon": str(lon),
        "lat": str(lat),
        "place_from": "device",
        "words": "횡단보도 앞이 깊게 파였어요",
    } | more


def jpeg(name: str = "a.jpg", width: int = 640) -> SimpleUploadedFile:
    taken = photo(width, 480, exif=exif())
    return SimpleUploadedFile(name, taken.getvalue(), "image/jpeg")


def test_a_resident_sends_a_report_with_two_photos(client, resident):
    client.force_login(resident)
    photos = [jpeg("a.jpg"), jpeg("b.jpg", 800)]
    answer = client.post(HERE, fields(photos=photos, alts=["구멍", ""]))

    assert answer.status_code == 201, answer.json()
    issue = Issue.objects.get()
    body = answer.json()
    assert body["id"] == issue.pk
    assert body["photo_count"] == 2
    assert body["neighbourhood"] == "4139059100"
    assert issue.reporter == resident
    assert [one.alt for one in issue.photos.all()] == ["구멍", ""]


def test_a_guest_sends_one_and_the_browser_keeps_it(client):
    answer = client.post(HERE, fields())

    assert answer.status_code == 201
    assert answer.cookies["guest"]
    assert Issue.objects.get().guest == Guest.objects.get()


def test_the_same_again_is_the_same_report(client, resident):
    client.force_login(resident)
    said = fields()
    first = client.post(HERE, {**said, "photos": [jpeg()]})
    again = client.post(HERE, {**said, "photos": [jpeg()]})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Issue.objects.count() == Photo.objects.count() == 1


def test_the_key_may_stand_in_the_header_alone(client):
    said = fields()
    headers = {"Idempotency-Key": said.pop("key")}
    first = client.post(HERE, said, headers=headers)
    again = client.post(HERE, said, headers=headers)

    assert (first.status_code, again.status_code) == (201, 200)
    assert str(Issue.objects.get().key) == headers["Idempotency-Key"]


def test_a_key_that_names_nothing_is_refused(client):
    said = fields()
    del said["key"]
    answer = client.post(HERE, said, headers={"Idempotency-Key": "12345678"})
    assert answer.status_code == 422
    assert answer.json()["code"] == "key_refused"


def test_what_a_guest_sent_is_claimed_by_sending_it_again_signed_in(client, resident):
    said = fields()
    client.post(HERE, said)
    client.force_login(resident)
    assert client.post(HERE, said).status_code == 200
    assert Issue.objects.get().reporter == resident


def test_somebody_elses_key_tells_nothing(client, resident, stranger):
    client.force_login(resident)
    said = fields()
    client.post(HERE, said)
    client.force_login(stranger)
    answer = client.post(HERE, said)
    assert answer.status_code == 422
    assert "id" not in answer.json()


def test_one_bad_photo_and_nothing_is_stored(client, resident):
    client.force_login(resident)
    bad = SimpleUploadedFile("b.jpg", b"no picture", "image/jpeg")
    answer = client.post(HERE, fields(photos=[jpeg(), bad]))

    assert answer.status_code == 422
    assert answer.json()["code"] == "photo_refused"
    assert not Issue.objects.exists()
    assert not Photo.objects.exists()


def test_six_photos_are_one_too_many_and_none_is_looked_at(client):
    answer = client.post(HERE, fields(photos=[jpeg(f"{n}.jpg") for n in range(6)]))
    assert answer.status_code == 422
    assert answer.json()["field"] == "photos"
    assert not Issue.objects.exists()


def test_answers_come_as_fields_of_a_form_or_as_json(client):
    of = world.category()
    lists = [{"key": "S", "ko": "작음"}, {"key": "L", "ko": "큼"}]
    world.question(of, "SIZE", "multivaluelist", is_required=True, choices=lists)

    form = client.post(HERE, {**fields(), "answer-SIZE": ["L", "S"]})
    text = client.post(HERE, {**fields(), "answers": '{"SIZE": "S"}'})
    sent = {**fields(), "answers": {"SIZE": ["L"]}}
    plain = client.post(HERE, json.dumps(sent), content_type="application/json")
    missing = client.post(HERE, fields())

    assert [form.status_code, text.status_code, plain.status_code] == [201] * 3
    found = Issue.objects.order_by("pk").values_list("answers", flat=True)
    assert list(found) == [{"SIZE": ["L", "S"]}, {"SIZE": ["S"]}, {"SIZE": ["L"]}]
    assert missing.status_code == 422
    assert missing.json()["wrong"] == {"SIZE": "missing"}


@pytest.mark.parametrize("answers", ["no json", "[1]", '"a"', '{"SIZE": {"a": 1}}'])
def test_answers_that_are_no_object_are_refused(client, answers):
    answer = client.post(HERE, fields(answers=answers))
    assert answer.status_code == 400
    assert "answers" in answer.json()


def test_asked_about_known_ones_it_waits_until_the_person_has_decided(client, resident):
    there = world.issue(resident)
    world.issue(resident, is_public=False)
    said = fields(ask_known="1")

    held = client.post(HERE, said)
    assert held.status_code == 409
    body = held.json()
    assert (body["code"], body["question"]) == ("known_already", "known")
    assert [one["id"] for one in body["known"]] == [there.pk]
    assert body["known"][0]["metres"] == 0
    assert body["detail"]
    assert Issue.objects.count() == 2

    assert client.post(HERE, {**said, "ask_known": "0"}).status_code == 201


def test_a_report_that_was_taken_is_not_held_up_by_itself(client):
    said = fields(ask_known="1")
    assert client.post(HERE, said).status_code == 201
    assert client.post(HERE, said).status_code == 200


def test_the_category_may_be_named_by_its_id(client):
    answer = client.post(HERE, fields(category=str(world.category().pk)))
    assert answer.status_code == 201


def test_near_a_border_the_neighbourhood_may_be_named(client):
    make.neighbourhood("4139051000")
    client.post(HERE, fields(neighbourhood="4139051000"))
    assert Issue.objects.get().neighbourhood.code == "4139051000"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"category": "nothing"}, 400),
        ({"lon": ""}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "inf"}, 400),
        ({"lat": "91"}, 400),
        ({"lon": "127.5", "lat": "37.0"}, 422),
        ({"place_from": "dream"}, 400),
        ({"neighbourhood": "0000000000"}, 400),
        ({"words": "가" * 4001}, 400),
        ({"seen_at": "yesterday"}, 400),
        ({"email": "no address"}, 400),
        ({"key": "no-uuid"}, 400),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(client, wrong, status):
    answer = client.post(HERE, fields(**wrong))
    assert answer.status_code == status
    assert not Issue.objects.exists()


def test_what_is_written_yesterday_keeps_its_time(client):
    seen = timezone.now() - timedelta(days=1)
    client.post(HERE, fields(seen_at=seen.isoformat()))
    assert Issue.objects.get().seen_at == seen


def test_a_browser_without_the_token_of_our_pages_is_refused():
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(HERE, fields()).status_code == 403
    browser.get("/about/")
    token = browser.get("/outbox/who/").json()["csrf"]
    answer = browser.post(HERE, fields(), headers={"X-CSRFToken": token})
    assert answer.status_code == 201


def test_software_shows_its_own_token(resident):
    token = AuthToken.objects.create(user=resident)[1]
    software = Client(enforce_csrf_checks=True)
    headers = {"Authorization": f"Token {token}"}
    assert software.post(HERE, fields(), headers=headers).status_code == 201
    assert Issue.objects.get().reporter == resident


def test_an_entry_of_somebody_else_on_this_phone_waits(client, resident, neighbour):
    client.force_login(neighbour)
    headers = {"For-Person": tag_of(resident)}
    answer = client.post(HERE, fields(), headers=headers)
    assert answer.status_code == 409
    assert answer.json()["code"] == "somebody_else"


def test_an_entry_of_an_expired_session_waits_and_is_no_guests(client, resident):
    answer = client.post(HERE, fields(), headers={"For-Person": tag_of(resident)})
    assert answer.json()["code"] == "somebody_else"
    assert not Issue.objects.exists()


def test_the_eleventh_report_of_an_hour_comes_later(client, resident, monkeypatch):
    for level in (Trust.NEW, Trust.KNOWN):
        monkeypatch.setitem(reporting.LEEWAY, level, Leeway(1, 30, 0))
    client.force_login(resident)
    assert client.post(HERE, fields()).status_code == 201
    answer = client.post(HERE, fields())
    assert answer.status_code == 429
    assert answer.json()["detail"]


def test_a_network_full_of_guests_is_slowed_down(client, settings):
    settings.PACE = settings.PACE | {"issues.send_as_guest": (1, 3600)}
    assert client.post(HERE, fields()).status_code == 201
    assert client.post(HERE, fields()).status_code == 429
    elsewhere = client.post(HERE, fields(), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 201


def test_when_storing_fails_no_file_stays_behind(client, resident, monkeypatch):
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    client.force_login(resident)
    client.raise_request_exception = False
    before = _stored_files()
    with monkeypatch.context() as broken:
        broken.setattr(Photo, "save", fail)
        assert client.post(HERE, fields(photos=[jpeg()])).status_code == 500
    assert not Issue.objects.exists()
    assert _stored_files() != before  # written, and noted before that

    assert erase_due_files() == 0  # it might be kept yet
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert erase_due_files() == 3
    assert _stored_files() == before


def test_what_was_stored_is_never_erased_later(client):
    client.post(HERE, fields(photos=[jpeg()]))
    assert not FileToErase.objects.exists()
    assert default_storage.exists(Photo.objects.get().full.name)


def _stored_files() -> set[str]:
    if not default_storage.exists("issues"):
        return set()
    folders, _files = default_storage.listdir("issues")
    return {
        f"{folder}/{name}"
        for folder in folders
        for name in default_storage.listdir(f"issues/{folder}")[1]
    }

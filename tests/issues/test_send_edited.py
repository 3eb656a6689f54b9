"""The key of a report that arrived, with another report under it: nothing is lost."""

import json

import pytest
from django.utils import timezone

from livinglab.issues.models import Issue, Photo
from livinglab.issues.services.answering import sort_anew
from livinglab.issues.services.photos import cover_places
from tests import make
from tests.issues import world
from tests.issues.test_list_pages import DAEYA
from tests.issues.test_send_report import HERE, fields, jpeg

pytestmark = pytest.mark.django_db
LATER = {
    "words": "횡단보도 뒤도 파였어요",
    "address": "정왕역 1번 출구 앞",
    "lon": str(world.JEONGWANG[0] + 0.0002),
    "email": "b@example.org",
    "phone": "010-0000-0000",
    "category": "street_light",
}


@pytest.fixture
def sent(client, resident):
    """A report of which the phone never heard that it arrived."""
    world.category("street_light")
    client.force_login(resident)
    said = fields()
    assert client.post(HERE, {**said, "photos": [jpeg()]}).status_code == 201
    return said


@pytest.mark.parametrize("field", LATER)
def test_what_was_edited_meanwhile_is_not_said_to_have_arrived(client, sent, field):
    answer = client.post(HERE, sent | {field: LATER[field], "photos": [jpeg()]})

    assert answer.status_code == 422
    body = answer.json()
    assert body["code"] == "already_received"
    assert "이미 접수했어요" in body["detail"]
    issue = Issue.objects.get()
    assert (body["answer"]["id"], body["answer"]["words"]) == (issue.pk, issue.words)
    assert issue.words == sent["words"]


def test_the_sentence_is_there_in_english(client, sent):
    client.cookies["django_language"] = "en"
    answer = client.post(HERE, sent | {"words": "another"})
    assert "has arrived already" in answer.json()["detail"]


def test_another_answer_to_a_question_is_another_report(client):
    world.question(world.category(), "DEPTH", "string")
    said = fields(answers={"DEPTH": " deep "})
    as_json = {"content_type": "application/json"}
    assert client.post(HERE, json.dumps(said), **as_json).status_code == 201
    assert client.post(HERE, json.dumps(said), **as_json).status_code == 200
    said["answers"] = {"DEPTH": "deeper"}
    assert client.post(HERE, json.dumps(said), **as_json).status_code == 422


@pytest.mark.parametrize("widths", [[], [640, 800], [800]])
def test_other_photos_are_another_report(client, sent, widths):
    photos = [jpeg(f"{width}.jpg", width) for width in widths]
    answer = client.post(HERE, {**sent, "photos": photos})
    assert answer.status_code == 422
    assert Photo.objects.count() == 1


def test_the_same_photo_twice_is_the_same_report(client, sent):
    again = {**sent, "photos": [jpeg("b.jpg"), jpeg("c.jpg")]}
    assert client.post(HERE, again).status_code == 200


def test_what_the_city_did_since_makes_no_other_report_of_it(client, sent, coordinator):
    issue = Issue.objects.get()
    sort_anew(issue, world.category("street_light"), by=coordinator)
    cover_places(issue.photos.get(), [(0.0, 0.0, 0.5, 0.5)], by=coordinator)
    assert client.post(HERE, {**sent, "photos": [jpeg()]}).status_code == 200


def test_neither_the_ends_of_lines_nor_the_hour_make_another_report(client, resident):
    client.force_login(resident)
    said = fields(words="앞도\n뒤도 파였어요")
    assert client.post(HERE, said).status_code == 201
    said |= {"words": "앞도\r\n뒤도 파였어요 ", "seen_at": timezone.now().isoformat()}
    assert client.post(HERE, said).status_code == 200


def test_a_place_chosen_from_the_list_is_its_neighbourhood(client, resident):
    client.force_login(resident)
    said = fields(place_from="list", neighbourhood="4139059100")
    assert client.post(HERE, said).status_code == 201
    moved = said | {"lon": LATER["lon"]}
    assert client.post(HERE, moved).status_code == 200
    make.neighbourhood("4139051000")
    lon, lat = DAEYA
    elsewhere = {"lon": lon, "lat": lat, "neighbourhood": "4139051000"}
    assert client.post(HERE, said | elsewhere).status_code == 422


def test_somebody_else_learns_nothing_of_it(client, sent, stranger):
    client.force_login(stranger)
    answer = client.post(HERE, sent | {"words": "another"})
    assert answer.status_code == 422
    assert "answer" not in answer.json()

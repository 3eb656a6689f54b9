"""A request that comes twice happens once, and is answered the same."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart
from django.utils import timezone
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from livinglab.energy.models import RegisterReading
from livinglab.people.errors import AlreadyReceived
from livinglab.people.http import tag_of
from livinglab.people.models import KeptAnswer
from livinglab.people.once import digest_of
from livinglab.people.services.answers import forget_old_answers, keep_answer_once
from tests import make

KEY = str(uuid.uuid4())


@pytest.fixture
def door(resident, client):
    client.force_login(resident)
    home = make.premises(resident)
    address = f"/api/v1/premises/{home.pk}/readings/"

    def post(kwh, *, key=KEY, days_ago=10, **more):
        read_at = (timezone.now() - timedelta(days=days_ago)).replace(
            minute=0, second=0, microsecond=0
        )
        headers = more.pop("headers", {}) | ({"Idempotency-Key": key} if key else {})
        sent = {"read_at": read_at.isoformat(), "kwh": str(kwh), **more}
        return client.post(
            address, sent, content_type="application/json", headers=headers
        )

    return post


def test_the_same_again_is_answered_the_same_and_does_nothing(door):
    first, second = door(12000), door(12000)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second["Idempotent-Replay"] == "true"
    assert RegisterReading.objects.count() == 1


def test_another_body_under_the_same_key_is_refused_and_told_what_arrived(door):
    kept = door(12000).json()
    answer = door(12001)
    assert answer.status_code == 422
    assert answer.json()["code"] == "already_received"
    assert answer.json()["answer"]["id"] == kept["id"]
    assert RegisterReading.objects.count() == 1


def test_a_refusal_leaves_the_key_free(door):
    door(99900, key=str(uuid.uuid4()), days_ago=40)
    asked = door(120)
    assert asked.status_code == 422
    assert asked.json()["question"] == "rollover_or_change"
    assert not KeptAnswer.objects.filter(key=KEY).exists()
    assert door(120, rolled_over=True).status_code == 201


def test_a_look_keeps_nothing_but_its_answer(door):
    assert door(12000, preview=True).status_code == 200
    assert not RegisterReading.objects.exists()


def test_a_key_must_look_like_one(door):
    assert door(12000, key="x y").status_code == 422
    assert door(12000, key="short").json()["code"] == "key_refused"


def test_without_a_key_nothing_is_kept(door):
    door(12000, key=None)
    assert not KeptAnswer.objects.exists()


def test_keys_of_two_people_do_not_meet(door, neighbour, client):
    door(12000)
    client.force_login(neighbour)
    home = make.premises(neighbour)
    sent = {"read_at": timezone.now().isoformat(), "kwh": "5.0"}
    answer = client.post(
        f"/api/v1/premises/{home.pk}/readings/",
        sent,
        content_type="application/json",
        headers={"Idempotency-Key": KEY},
    )
    assert answer.status_code == 201
    assert RegisterReading.objects.count() == 2


def test_nothing_is_stored_in_the_name_of_who_signed_in_meanwhile(
    door, resident, neighbour
):
    right = door(12000, headers={"For-Person": tag_of(resident)})
    wrong = door(12000, key=None, headers={"For-Person": tag_of(neighbour)})
    assert right.status_code == 201
    assert wrong.status_code == 409
    assert wrong.json()["code"] == "somebody_else"
    assert RegisterReading.objects.count() == 1


def test_another_persons_home_is_not_found_with_a_key_either(door, stranger, client):
    door(12000)
    client.force_login(stranger)
    assert door(12000).status_code == 404
    assert not KeptAnswer.objects.filter(person=stranger).exists()


def test_an_effect_that_fails_is_not_remembered(resident):
    def fail():
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        keep_answer_once(resident, key=KEY, digest="d", act=fail)
    done = keep_answer_once(resident, key=KEY, digest="d", act=lambda: (201, {"id": 1}))
    assert not done.is_repeated
    with pytest.raises(AlreadyReceived):
        keep_answer_once(resident, key=KEY, digest="e", act=fail)


def test_old_answers_are_forgotten(resident):
    keep_answer_once(resident, key=KEY, digest="d", act=lambda: (201, None))
    assert forget_old_answers() == 0
    KeptAnswer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert forget_old_answers() == 1


def test_a_file_is_the_same_whatever_the_boundary():
    def packed(content, boundary):
        file = SimpleUploadedFile("a.csv", content)
        body = encode_multipart(boundary, {"file": file, "n": "1"})
        request = APIRequestFactory().generic(
            "POST", "/x/", body, f"multipart/form-data; boundary={boundary}"
        )
        return digest_of(Request(request, parsers=[MultiPartParser()]))

    assert packed(b"1,2", "one") == packed(b"1,2", "two")
    assert packed(b"1,2", "one") != packed(b"1,3", "one")

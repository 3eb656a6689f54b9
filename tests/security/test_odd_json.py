"""JSON that can be spelt and not be kept: a refusal in words, never a fault."""

import importlib
import json
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework import serializers

import livinglab
from livinglab.issues.models import Issue
from livinglab.kernel.fields import LONGEST_EMAIL, Moment
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db
HALF = "\ud800"  # one of a pair of UTF-16: JSON can spell it, UTF-8 has none
REPORTS = "/api/v1/issues/"
LON, LAT = world.JEONGWANG


@pytest.fixture
def kinds():
    make.neighbourhood()
    return world.category()


def post(client, address, **sent):
    return client.post(address, json.dumps(sent), content_type="application/json")


def report(client, **more):
    return post(client, REPORTS, category="pothole", lon=LON, lat=LAT, **more)


@pytest.mark.parametrize(
    "odd",
    [
        {"answers": {HALF: "x"}},
        {"answers": {"a": HALF}},
        {"place_from": HALF},
        {"words": f"구멍{HALF}"},
        {HALF: "x"},
        {"acting_for": [{"a": [HALF]}]},
    ],
)
def test_half_a_character_is_refused_with_a_sentence(client, kinds, odd):
    answer = report(client, **odd)
    assert answer.status_code == 400
    assert answer.json() == {"detail": "읽을 수 없는 글자가 섞여 있어요."}
    assert not Issue.objects.exists()


def test_a_whole_pair_is_a_character(client, kinds):
    assert report(client, words="\ud83d\udea7 구멍").status_code == 201
    assert Issue.objects.get().words == "🚧 구멍"


@pytest.mark.parametrize("key", ["\\ud800", "\\u0000"])
def test_answers_spelt_in_a_form_or_in_a_text_are_looked_into_too(client, kinds, key):
    spelt = f'{{"{key}": "x"}}'
    form = {"category": "pothole", "lon": LON, "lat": LAT, "answers": spelt}
    assert client.post(REPORTS, form).status_code == 400
    assert report(client, answers=spelt).status_code == 400


@pytest.mark.parametrize(
    "address", ["/api/v1/me/", "/api/v1/me/helping/", "/api/v1/issues/places/"]
)
def test_every_door_reads_json_that_way(client, resident, address):
    client.force_login(resident)
    for ask in (client.post, client.put, client.patch):
        sent = json.dumps({"name": HALF})
        answer = ask(address, sent, content_type="application/json")
        assert answer.status_code in (400, 405)


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"],
)
def test_a_time_outside_every_calendar_is_refused(client, kinds, resident, moment):
    answer = report(client, seen_at=moment)
    assert answer.status_code in (400, 422)
    client.force_login(resident)
    home = make.premises(resident)
    door = f"/api/v1/premises/{home.pk}/readings/"
    answer = post(client, door, read_at=moment, kwh="1")
    assert answer.status_code in (400, 422), answer.json()


def test_the_sentence_about_a_time_is_korean(client, kinds):
    answer = report(client, seen_at="0001-01-01T00:00:00")
    assert answer.json() == {"seen_at": ["이 시각은 쓸 수 없어요. 다시 확인해 주세요."]}


def test_an_address_longer_than_its_column_is_refused(client, kinds):
    answer = report(client, email="a" * 290 + "@example.org")
    assert answer.status_code == 400
    assert list(answer.json()) == ["email"]
    assert not Issue.objects.exists()


def test_a_page_refuses_it_too(client, kinds):
    sent = {
        "category": "pothole",
        "place_from": "map",
        "lon": LON,
        "lat": LAT,
        "words": "구멍",
        "email": "a" * 290 + "@example.org",
        "photos": SimpleUploadedFile("a.jpg", b""),
        "do": "send",
    }
    client.post("/report/", sent)
    assert not Issue.objects.exists()


def test_no_way_in_takes_longer_addresses_or_times_without_a_place():
    loose = [
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in _ours(serializers.Serializer)
        if not kind.__name__.endswith("Out")
        for name, field in kind().fields.items()
        if not field.read_only and _is_loose(field)
    ] + [
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in _ours(forms.BaseForm)
        for name, field in getattr(kind, "base_fields", {}).items()
        if isinstance(field, forms.EmailField)
        and (field.max_length or 999) > LONGEST_EMAIL
    ]
    assert not loose


def _is_loose(field: serializers.Field) -> bool:
    if isinstance(field, serializers.DateTimeField):
        return not isinstance(field, Moment)
    is_address = isinstance(field, serializers.EmailField)
    return is_address and (field.max_length or 999) > LONGEST_EMAIL


def _ours(kind: type) -> Iterator[type]:
    for app in pkgutil.iter_modules(livinglab.__path__, "livinglab."):
        path = importlib.import_module(app.name).__path__
        for room in pkgutil.walk_packages(path, f"{app.name}."):
            if room.name.split(".")[2] in ("serializers", "forms"):
                importlib.import_module(room.name)
    for one in _below(kind):
        if one.__module__.startswith("livinglab."):
            yield one


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)

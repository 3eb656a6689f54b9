"""A key opens one city, so often a day, as long as somebody answers for it."""

import logging
from typing import Any

import pytest

from livinglab.interop.models import ApiKey
from livinglab.interop.services import keys
from livinglab.interop.services.keys import give_key, require_quota
from livinglab.issues.models import Issue
from tests import make
from tests.interop.speaking import BASE, form, send

pytestmark = pytest.mark.django_db


def given(coordinator: Any, **facts: Any) -> tuple[ApiKey, str]:
    return give_key("앱", city=make.city(), owner=coordinator, by=coordinator, **facts)


def test_a_key_opens_nothing_once_nobody_answers_for_it(
    client, cities, coordinator, resident
):
    key, word = given(coordinator)
    ApiKey.objects.update(owner=resident)
    assert send(client, word).status_code == 201
    resident.is_active = False
    resident.save()
    assert send(client, word).status_code == 403


def test_of_two_at_once_the_second_counts_the_first(
    client, cities, coordinator, monkeypatch
):
    """Both passed the door before either was stored."""
    _key, word = given(coordinator, quota_a_day=1)
    seen: list[int] = []

    def as_if_nothing_was_sent(key: ApiKey) -> None:
        if not seen:
            seen.append(key.pk)
            return
        require_quota(key)

    monkeypatch.setattr(keys, "require_quota", as_if_nothing_was_sent)
    assert send(client, word).status_code == 201
    seen.clear()
    assert send(client, word).status_code == 429
    assert Issue.objects.count() == 1


def test_what_is_refused_is_counted_too(client, cities, coordinator, settings):
    settings.PACE = settings.PACE | {"interop.send": (2, 3600)}
    _key, word = given(coordinator)
    for expected in (400, 400, 429):
        answer = send(client, word, lat="north")
        assert answer.status_code == expected
        assert answer.json()[0]["code"] == expected


def test_a_key_is_taken_from_the_form_and_never_from_the_address(client, key):
    """What stands in an address is written into every log on the way."""
    fields = {name: value for name, value in form(key).items() if name != "api_key"}
    answer = client.post(f"{BASE}/requests.json?api_key={key}", fields)
    assert answer.status_code == 403


def test_no_log_and_no_row_tells_the_key(client, key, caplog):
    caplog.set_level(logging.DEBUG)
    send(client, key)
    send(client, key, lat="north")
    assert key not in caplog.text
    assert not ApiKey.objects.filter(digest=key).exists()

"""Asking KMA: a real HTTP server in a process of its own plays the gateway."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from livinglab.kernel.errors import NotAllowed
from livinglab.observations import kma
from livinglab.observations.models import DailyWeather, Station, WeatherFetch
from livinglab.observations.services import ask_again, fetch_weather, plan_fetches
from livinglab.observations.tasks import fetch_due_weather
from livinglab.people.models import Person
from tests import make

NOW = datetime(2026, 11, 22, 1, 25, tzinfo=UTC)
TODAY = date(2026, 11, 22)
GOOD_KEY = "a%2Fgood%2Bkey%3D%3D"


@pytest.fixture(scope="module")
def gateway() -> Iterator[str]:
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("kma_server.py"))],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    port = server.stdout.readline().strip()
    yield f"http://127.0.0.1:{port}/1360000/AsosDalyInfoService"
    server.terminate()
    server.wait()
    server.stdout.close()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def station(db: None) -> Station:
    station = make.station(143)
    station.newest_day = TODAY - timedelta(days=3)
    station.save()
    return station


@pytest.fixture
def with_key(settings: Any, gateway: str, station: Station) -> Any:
    """Set the key, plan what is missing, give back the one row to fetch."""

    def set_key(key: str) -> WeatherFetch:
        settings.KMA_API_KEY, settings.KMA_API_URL = key, gateway
        plan_fetches(TODAY)
        return WeatherFetch.objects.select_related("station").get()

    return set_key


def test_without_a_key_nothing_is_asked(station: Station, settings: Any) -> None:
    settings.KMA_API_KEY = ""
    fetch_due_weather()
    assert not WeatherFetch.objects.exists()


def test_missing_days_and_the_last_week_become_a_row_once(with_key: Any) -> None:
    row = with_key(GOOD_KEY)
    assert (row.first, row.last) == (date(2026, 11, 13), date(2026, 11, 21))
    assert plan_fetches(TODAY) == 0
    assert plan_fetches(TODAY + timedelta(days=1)) == 0


def test_a_station_never_heard_of_is_asked_for_two_years(
    with_key: Any, station: Station
) -> None:
    station.newest_day = None
    station.save()
    row = with_key(GOOD_KEY)
    assert (row.last - row.first).days > 730


def test_the_answer_is_stored_and_the_row_is_struck(
    with_key: Any, station: Station
) -> None:
    with_key(GOOD_KEY)
    fetch_due_weather()
    assert not WeatherFetch.objects.exists()
    days = dict(DailyWeather.objects.values_list("day", "tmean"))
    assert len(days) == 9
    assert days[date(2026, 11, 13)] is None
    assert days[date(2026, 11, 21)] == 2.1
    station.refresh_from_db()
    assert station.newest_day == date(2026, 11, 21)
    assert plan_fetches(TODAY) == 0


def test_days_that_are_not_there_yet_are_asked_for_later(with_key: Any) -> None:
    row = with_key("late")
    fetch_weather(row)
    row.refresh_from_db()
    assert (row.first, row.last) == (date(2026, 11, 21), date(2026, 11, 21))
    assert row.due_at > timezone.now()
    assert row.claimed_until is None


def test_days_kma_never_tells_are_given_up_after_two_weeks(with_key: Any) -> None:
    row = with_key("none")
    fetch_weather(row)
    row.refresh_from_db()
    assert row.state == WeatherFetch.State.WAITING
    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        fetch_weather(row)
    assert not WeatherFetch.objects.exists()


@pytest.mark.parametrize("key", ["busy", "down", "page"])
def test_what_will_pass_is_tried_again_later_and_later(with_key: Any, key: str) -> None:
    row = with_key(key)
    waits = []
    for _try in range(3):
        with time_machine.travel(row.due_at, tick=False):
            fetch_weather(row)
            row.refresh_from_db()
            waits.append((row.due_at - timezone.now()).total_seconds() / 60)
    assert waits == [5, 15, 60]
    assert row.attempts == 3
    assert row.message


@pytest.mark.parametrize("key", ["unregistered", "forbidden"])
def test_a_key_that_is_refused_needs_a_person(
    with_key: Any, key: str, coordinator: Person, stranger: Person
) -> None:
    row = with_key(key)
    fetch_weather(row)
    row.refresh_from_db()
    assert row.state == WeatherFetch.State.NEEDS_PERSON
    assert fetch_weather(row) is False

    with pytest.raises(NotAllowed):
        ask_again(row, by=stranger)
    ask_again(row, by=coordinator)
    assert WeatherFetch.objects.due().count() == 1


def test_a_used_up_quota_waits_for_midnight(with_key: Any) -> None:
    row = with_key("quota")
    fetch_weather(row)
    row.refresh_from_db()
    local = timezone.localtime(row.due_at)
    assert (local.date(), local.hour) == (date(2026, 11, 23), 0)


def test_a_row_another_worker_holds_is_left_alone(with_key: Any) -> None:
    row = with_key(GOOD_KEY)
    WeatherFetch.objects.claim(seconds=60)
    assert fetch_weather(row) is False
    assert not DailyWeather.objects.exists()


def test_a_slow_gateway_is_left_after_a_while(
    gateway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kma, "TIMEOUT_S", 0.2)
    with pytest.raises(kma.Unreachable):
        kma.ask_days(gateway, "slow", 143, TODAY, TODAY)


@pytest.mark.parametrize("key", ["down", "page", "nobody-knows"])
def test_the_key_never_stands_in_what_went_wrong(gateway: str, key: str) -> None:
    with pytest.raises(kma.Unreachable) as why:
        kma.ask_days(gateway, key, 143, TODAY, TODAY)
    assert key not in str(why.value)
    assert why.value.__cause__ is None


def test_only_web_addresses_are_asked() -> None:
    with pytest.raises(kma.Unreachable):
        kma.ask_days("file:///etc", "key", 143, TODAY, TODAY)

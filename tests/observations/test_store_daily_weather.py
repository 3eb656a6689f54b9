"""Days of weather: stored once, corrected, announced, never invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from livinglab.observations.events import weather_changed
from livinglab.observations.models import DailyWeather, Station, WeatherChange
from livinglab.observations.readers import DayReading
from livinglab.observations.selectors import (
    daily_means,
    missing_days,
    sources_between,
    station_of,
)
from livinglab.observations.services import (
    Stored,
    announce_left_changes,
    store_daily_weather,
)
from tests import make

JAN_1 = date(2026, 1, 1)


@pytest.fixture
def station(db: None) -> Station:
    return make.station(143)


@pytest.fixture
def heard() -> Iterator[list[tuple[int, tuple[date, ...]]]]:
    """What the floors above are told."""
    announcements: list[tuple[int, tuple[date, ...]]] = []

    def listen(sender: Any, station_id: int, days: tuple[date, ...], **_: Any) -> None:
        announcements.append((station_id, days))

    weather_changed.connect(listen)
    yield announcements
    weather_changed.disconnect(listen)


def day(number: int, tmean: float | None, span: float = 5.0) -> DayReading:
    low, high = (None, None) if tmean is None else (tmean - span, tmean + span)
    return DayReading(JAN_1 + timedelta(days=number), 143, tmean, low, high)


def test_the_same_days_twice_change_nothing(station: Station) -> None:
    days = [day(0, -1.2), day(1, None)]
    assert store_daily_weather(station, days, source="kma") == Stored(new=2)
    before = list(DailyWeather.objects.values_list())
    assert store_daily_weather(station, days, source="kma") == Stored(same=2)
    assert list(DailyWeather.objects.values_list()) == before


def test_a_corrected_value_replaces_the_old_one_and_is_announced_after_commit(
    station: Station, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        store_daily_weather(station, [day(0, 1.0), day(1, 2.0)], source="kma")
    with django_capture_on_commit_callbacks(execute=True):
        stored = store_daily_weather(station, [day(0, 1.0), day(1, 2.5)], source="kma")
        assert len(heard) == 1

    assert stored == Stored(changed=1, same=1)
    second = JAN_1 + timedelta(days=1)
    assert heard == [(station.pk, (JAN_1, second)), (station.pk, (second,))]
    assert not WeatherChange.objects.exists()


def test_a_day_whose_mean_did_not_change_is_not_announced(
    station: Station, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    store_daily_weather(station, [day(0, 1.0, span=5)], source="kma")
    with django_capture_on_commit_callbacks(execute=True):
        store_daily_weather(station, [day(0, 1.0, span=6)], source="kma")
        store_daily_weather(station, [day(1, None)], source="kma")
    assert heard == []
    assert DailyWeather.objects.get(day=JAN_1).tmax == 7.0


def test_real_values_replace_generated_ones_and_never_the_other_way(
    station: Station,
) -> None:
    generated = [day(0, 0.5), day(1, 0.6), day(2, 0.7)]
    store_daily_weather(station, generated, source="generated")
    real = [day(0, 1.5), day(1, None)]
    assert store_daily_weather(station, real, source="kma") == Stored(changed=2)
    again = store_daily_weather(station, generated, source="generated")

    assert again == Stored(same=1, kept=2)
    means = daily_means(station, JAN_1, JAN_1 + timedelta(days=2))
    np.testing.assert_array_equal(means, [1.5, np.nan, 0.7])
    last = JAN_1 + timedelta(days=2)
    assert sources_between(station, JAN_1, last) == {"kma": 1, "generated": 1}
    assert missing_days(station, JAN_1, last) == [JAN_1 + timedelta(days=1)]


def test_reanalysis_stands_between_generated_and_measured(station: Station) -> None:
    store_daily_weather(station, [day(0, 0.5)], source="generated")
    store_daily_weather(station, [day(0, 1.0)], source="reanalysis")
    store_daily_weather(station, [day(0, 2.0)], source="kma")
    kept = store_daily_weather(station, [day(0, 1.0)], source="reanalysis")
    assert kept == Stored(kept=1)
    assert DailyWeather.objects.get().tmean == 2.0


def test_a_file_without_means_leaves_the_means_as_they_are(station: Station) -> None:
    store_daily_weather(station, [day(0, 1.0)], source="kma")
    extremes = DayReading(JAN_1, 143, None, -9.0, 9.0)
    store_daily_weather(
        station, [extremes], source="kma", fields=frozenset({"tmin", "tmax"})
    )
    row = DailyWeather.objects.get()
    assert (row.tmean, row.tmin, row.tmax) == (1.0, -9.0, 9.0)


def test_a_day_that_contradicts_itself_is_marked(station: Station) -> None:
    odd = DayReading(JAN_1, 143, 1.0, 3.0, 2.0)
    store_daily_weather(station, [odd, day(1, 1.0), day(2, None)], source="kma")
    marks = DailyWeather.objects.order_by("day").values_list("quality", flat=True)
    assert list(marks) == ["doubtful", "good", "partial"]


def test_the_station_knows_its_newest_measured_day(station: Station) -> None:
    store_daily_weather(station, [day(9, 1.0)], source="generated")
    station.refresh_from_db()
    assert station.newest_day is None
    store_daily_weather(station, [day(3, 1.0), day(4, None)], source="kma")
    station.refresh_from_db()
    assert station.newest_day == JAN_1 + timedelta(days=3)
    assert station in Station.objects.without_fresh_days(JAN_1 + timedelta(days=9))
    assert station not in Station.objects.without_fresh_days(JAN_1 + timedelta(days=5))


def test_what_a_death_left_unannounced_is_announced_by_the_sweep(
    station: Station, heard: list[Any]
) -> None:
    # In a test the surrounding transaction never commits: as if the process died.
    store_daily_weather(station, [day(0, 1.0)], source="kma")
    assert heard == []
    assert announce_left_changes() == 1
    assert heard == [(station.pk, (JAN_1,))]
    assert announce_left_changes() == 0


def test_a_listener_that_fails_hears_again(station: Station) -> None:
    fails = [True, False]

    def listen(**_: Any) -> None:
        if fails.pop(0):
            raise RuntimeError("not now")

    store_daily_weather(station, [day(0, 1.0)], source="kma")
    weather_changed.connect(listen)
    assert announce_left_changes() == 0
    assert WeatherChange.objects.exists()
    assert announce_left_changes() == 1
    weather_changed.disconnect(listen)


def test_a_century_is_not_stored_day_by_day(
    station: Station, django_assert_max_num_queries: Any
) -> None:
    days = [day(number, 1.0) for number in range(4000)]
    # SQLite takes about 120 rows a statement, PostgreSQL thousands.
    with django_assert_max_num_queries(45):
        store_daily_weather(station, days, source="kma")


def test_means_of_a_window_are_one_query(
    station: Station, django_assert_num_queries: Any
) -> None:
    store_daily_weather(station, [day(0, 1.0), day(2, 3.0)], source="kma")
    with django_assert_num_queries(1):
        means = daily_means(station, JAN_1 - timedelta(days=1), JAN_1)
    np.testing.assert_array_equal(means, [np.nan, 1.0])


def test_a_neighbourhoods_station(db: None) -> None:
    station = make.station(112)
    assert station_of(make.neighbourhood()) == station

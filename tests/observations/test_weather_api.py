"""Stations and days over HTTP."""

from datetime import date

from django.test import Client

from livinglab.observations.readers import DayReading
from livinglab.observations.services import store_daily_weather
from tests import make

DAYS = "/api/v1/stations/143/days/"


def test_anybody_reads_stations_and_their_days(db: None, client: Client) -> None:
    station = make.station(143)
    store_daily_weather(
        station, [DayReading(date(2026, 1, 1), 143, None, -1.0, 2.0)], source="kma"
    )
    assert client.get("/api/v1/stations/").json()[0]["number"] == 143
    window = {"first": "2026-01-01", "last": "2026-01-31"}
    assert client.get(DAYS, window).json() == [
        {
            "day": "2026-01-01",
            "tmean": None,
            "tmin": -1.0,
            "tmax": 2.0,
            "source": "kma",
            "quality": "partial",
        }
    ]


def test_a_window_is_needed_and_has_an_end(db: None, client: Client) -> None:
    make.station(143)
    assert client.get(DAYS).status_code == 400
    century = {"first": "1926-01-01", "last": "2026-01-01"}
    assert client.get(DAYS, century).status_code == 400
    backwards = {"first": "2026-01-02", "last": "2026-01-01"}
    assert client.get(DAYS, backwards).status_code == 400
    window = {"first": "2026-01-01", "last": "2026-01-02"}
    assert client.get("/api/v1/stations/999/days/", window).status_code == 404

"""Verbs about weather."""

from livinglab.observations.services.days import (
    Stored,
    announce_left_changes,
    read_file,
    store_daily_weather,
    store_file,
    write_station,
)
from livinglab.observations.services.fetching import (
    ask_again,
    fetch_weather,
    plan_fetches,
)

__all__ = [
    "Stored",
    "announce_left_changes",
    "ask_again",
    "fetch_weather",
    "plan_fetches",
    "read_file",
    "store_daily_weather",
    "store_file",
    "write_station",
]

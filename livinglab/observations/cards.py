"""What weather stations put on the start page and on a neighbourhood's page."""

from functools import partial
from typing import Any

from livinglab.kernel.cards import Card, card, kept_card
from livinglab.kernel.kept_pages import nothing_moves
from livinglab.observations.selectors import newest_weather, weather_version


@card("home", order=20, version=nothing_moves)  # who chose a place is known
def weather_where_i_live(person: Any, place: Any) -> Card | None:
    """The newest day of the station that stands for the chosen neighbourhood."""
    return None if place is None else _weather(place.station_number)


@card("place", order=20, version=weather_version)
def weather_of_a_neighbourhood(person: Any, place: Any) -> Card | None:
    return _weather(place.station_number)


def _weather(station_number: int) -> Card:
    """Kept a while: a whole city looks at the same few stations."""
    return kept_card(("weather", station_number), partial(_newest, station_number))


def _newest(station_number: int) -> Card | None:
    found = newest_weather(station_number)
    if found is None:
        return None
    return Card("observations/_weather_card.html", {"weather": found})

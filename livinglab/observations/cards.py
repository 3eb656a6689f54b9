"""What weather stations put on the start page and on a neighbourhood's page."""

from typing import Any

from django.core.cache import cache

from livinglab.kernel.cards import Card, card
from livinglab.observations.models import DailyWeather
from livinglab.observations.selectors import newest_weather

KEPT_S = 600
NOTHING = "nothing"


@card("home", order=20)
def weather_where_i_live(person: Any, place: Any) -> Card | None:
    """The newest day of the station that stands for the chosen neighbourhood."""
    return None if place is None else _weather(place.station_number)


@card("place", order=20)
def weather_of_a_neighbourhood(person: Any, place: Any) -> Card | None:
    return _weather(place.station_number)


def _weather(station_number: int) -> Card | None:
    """Kept a while: a whole city looks at the same few stations."""
    key = f"newest-weather:{station_number}"
    kept: DailyWeather | str | None = cache.get(key)
    if kept is None:
        kept = newest_weather(station_number) or NOTHING
        cache.set(key, kept, KEPT_S)
    if isinstance(kept, str):
        return None
    return Card("observations/_weather_card.html", {"weather": kept})

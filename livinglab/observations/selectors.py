"""Questions about weather."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from livinglab.observations.models import DailyWeather, Station
from livinglab.places.models import Neighbourhood


def daily_means(station: Station, first: date, last: date) -> npt.NDArray[np.float64]:
    """Mean °C of each day from first to last, both included; NaN where missing."""
    means = np.full((last - first).days + 1, np.nan)
    days = DailyWeather.objects.filter(
        station=station, day__range=(first, last), tmean__isnull=False
    ).values_list("day", "tmean")
    for day, tmean in days.iterator(chunk_size=5000):
        means[(day - first).days] = tmean
    return means


def station_of(neighbourhood: Neighbourhood) -> Station:
    """The station that stands for the weather of a neighbourhood's homes."""
    return Station.objects.get(number=neighbourhood.station_number)


def newest_weather(station_number: int) -> DailyWeather | None:
    """The newest day with a mean that a station told; it carries its own date."""
    days = DailyWeather.objects.filter(
        station__number=station_number, tmean__isnull=False
    )
    return days.select_related("station").order_by("-day").first()


def sources_between(station: Station, first: date, last: date) -> dict[str, int]:
    """How many days of a window come from which source; missing days count nowhere."""
    sources = DailyWeather.objects.filter(
        station=station, day__range=(first, last), tmean__isnull=False
    ).values_list("source", flat=True)
    counts: dict[str, int] = {}
    for source in sources:
        counts[source] = counts.get(source, 0) + 1
    return counts


def missing_days(station: Station, first: date, last: date) -> list[date]:
    """Days of a window without a daily mean."""
    means = daily_means(station, first, last)
    return [
        first + timedelta(days=int(number))
        for number in np.flatnonzero(np.isnan(means))
    ]

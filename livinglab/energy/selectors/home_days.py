"""A home's days side by side: use and temperature, read once for the whole page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.core.cache import cache
from django.utils import timezone
from numpy.typing import NDArray

from livinglab.energy.baseline.climate import FloatArray
from livinglab.energy.models import DailyUse, Meter, Premises
from livinglab.energy.outlook.usual_weather import DAYS_AROUND, YEARS_BACK
from livinglab.observations.models import Station
from livinglab.observations.selectors import daily_means

KEPT_S = 600
Year = tuple[int, bytes | memoryview]  # a calendar year and its days as stored
WhArray = NDArray[np.int32]
WH_A_KWH = 1000
DAYS_A_ROW = 366
HISTORY = timedelta(days=366 * YEARS_BACK + DAYS_AROUND + 1)


@dataclass(frozen=True)
class HomeDays:
    """Days from `first` on, one value a day; NaN is missing, never zero."""

    first: date
    kwh: FloatArray
    temps: FloatArray

    def use(self, first: date, last: date) -> FloatArray:
        """kWh of each day from first to last; NaN outside of what is known."""
        return _cut(self.kwh, self.first, first, last)

    def weather(self, first: date, last: date) -> FloatArray:
        """Mean °C of each day from first to last."""
        return _cut(self.temps, self.first, first, last)


def home_days(
    premises: Premises, month: date, years: Sequence[Year] | None = None
) -> HomeDays:
    """Every day that the page of this month looks at, in two questions at most."""
    today = timezone.localdate()
    first = min(month, today - HISTORY)
    last = max(today, month + timedelta(days=31))
    station = station_of_home(premises)
    temps = np.full((last - first).days + 1, np.nan)
    if station is not None:
        temps = _means(station, first, last)
    if years is None:
        years = years_of(premises, first, last)
    return HomeDays(first, _laid_out(years, first, last), temps)


def _means(station: Station, first: date, last: date) -> FloatArray:
    """Daily means, kept while the station says nothing new: many homes share them."""
    key = (
        f"means:{station.pk}:{station.newest_day}:{station.fetched_at}:{first}:{last}"
    ).replace(" ", "_")
    kept = cache.get(key)
    if kept is None:
        kept = daily_means(station, first, last).tobytes()
        cache.set(key, kept, KEPT_S)
    return np.frombuffer(kept, dtype=np.float64)


def station_of_home(premises: Premises) -> Station | None:
    """The station of the home's baseline, else the one chosen for the home."""
    baseline = getattr(premises, "baseline", None)
    return baseline.station if baseline else premises.station


def years_of(premises: Premises, first: date, last: date) -> list[Year]:
    """The stored years of electricity used that touch these days."""
    return list(
        DailyUse.objects.filter(
            meter__premises=premises,
            meter__commodity=Meter.Commodity.ELECTRICITY,
            meter__flow=Meter.Flow.IMPORT,
            year__range=(first.year, last.year),
        ).values_list("year", "wh")
    )


def _laid_out(years: Sequence[Year], first: date, last: date) -> FloatArray:
    """Electricity used on each day from first to last, kWh; NaN where missing."""
    use = np.full((last - first).days + 1, np.nan)
    for year, blob in years:
        _lay_year(use, first, year, np.frombuffer(bytes(blob), dtype="<i4"))
    return use


def _lay_year(use: FloatArray, first: date, year: int, wh: WhArray) -> None:
    """Put one stored year where it belongs in the wanted days."""
    offset = (date(year, 1, 1) - first).days
    column = np.where(wh < 0, np.nan, wh / WH_A_KWH)
    start, end = max(offset, 0), min(offset + DAYS_A_ROW, use.size)
    if start < end:
        found = column[start - offset : end - offset]
        use[start:end] = np.where(np.isnan(found), use[start:end], found)


def _cut(values: FloatArray, origin: date, first: date, last: date) -> FloatArray:
    wanted = np.full((last - first).days + 1, np.nan)
    offset = (first - origin).days
    start, end = max(offset, 0), min(offset + wanted.size, values.size)
    if start < end:
        wanted[start - offset : end - offset] = values[start:end]
    return wanted

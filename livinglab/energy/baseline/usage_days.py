"""Days of use and temperature from a usage file and a weather file (pure)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from livinglab.energy.baseline.climate import FloatArray
from livinglab.energy.baseline.files import Days, NotABaselineFile, gettext_noop
from livinglab.energy.readers.summary import main_stream
from livinglab.energy.readers.understood import Stream
from livinglab.energy.readers.usage_file import SEOUL, read_usage_file
from livinglab.energy.usage.blocks import LONGEST_DAILY_S, MISSING, day_total, effective
from livinglab.energy.usage.local_days import days_spanned
from livinglab.observations.readers import ServiceRefusal, Unreadable, read_weather

MILLI_A_KWH = 1_000_000


def days_of_usage(path: Path, weather: Path | None) -> Days:
    """Daily use in kWh (other units as they are) with the weather file's means.

    Electricity of zero counts as missing. `Unreadable` when the usage file is refused.
    """
    if weather is None:
        raise NotABaselineFile(
            gettext_noop(
                "%(file)s holds use without temperatures. Please give the daily "
                "temperatures with --weather."
            ),
            file=path.name,
        )
    with path.open("rb") as file:
        found = read_usage_file(file)
    if not found.streams:
        raise NotABaselineFile(
            gettext_noop(
                "%(file)s leaves a question open; please look with read_usage first."
            ),
            file=path.name,
        )
    stream = main_stream(found.streams)
    first, use = daily_use(stream, SEOUL)
    return Days(use, temperatures_from(weather, first, use.size), "C")


def daily_use(stream: Stream, zone: ZoneInfo) -> tuple[date, FloatArray]:
    """Use of each local day from the first to the last, NaN where not known."""
    every = stream.intervals
    every = every.take(every.duration <= LONGEST_DAILY_S).sorted()
    days = days_spanned(every.start, zone)
    counts, edges = effective(every), days.edges_in(every.start)
    use = np.full(len(days), np.nan)
    for place in range(len(days)):
        part = slice(int(edges[place]), int(edges[place + 1]))
        begin, length = int(days.midnights[place]), days.length(place)
        total = day_total(every.take(part), counts[part], begin, length)
        is_missing = total == MISSING or (total == 0 and stream.is_electricity_use)
        use[place] = np.nan if is_missing else total
    return days.first, use / (MILLI_A_KWH if stream.unit == "Wh" else 1000)


def temperatures_from(path: Path, first: date, days: int) -> FloatArray:
    """Daily means in °C of consecutive days, NaN where the file has none."""
    warm = np.full(days, np.nan)
    try:
        found = read_weather(path.read_bytes())
    except (Unreadable, ServiceRefusal) as error:
        raise NotABaselineFile(
            gettext_noop("%(file)s holds no daily temperatures."), file=path.name
        ) from error
    for reading in found.readings:
        place = (reading.day - first) // timedelta(days=1)
        if 0 <= place < days and reading.tmean is not None:
            warm[place] = reading.tmean
    return warm

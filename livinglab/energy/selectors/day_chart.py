"""A month day by day: what was used, what was expected, what is missing."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from livinglab.energy.baseline.bands import CONFIDENCE
from livinglab.energy.baseline.climate import FloatArray
from livinglab.energy.baseline.student import t_quantile, two_sided
from livinglab.energy.home_model import HomeModel
from livinglab.energy.models import Baseline, DailyUse, Meter, Premises
from livinglab.observations.selectors import daily_means

WhArray = NDArray[np.int32]
WH_A_KWH = 1000
DAYS_A_ROW = 366


@dataclass(frozen=True)
class DayRow:
    """One local day in kWh; None is missing, never zero."""

    day: date
    actual: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None


def month_days(month: date, *, today: date | None = None) -> list[date]:
    """The days of a month that are over."""
    today = today or timezone.localdate()
    length = calendar.monthrange(month.year, month.month)[1]
    days = [month.replace(day=1) + timedelta(days=n) for n in range(length)]
    return [day for day in days if day < today]


def day_rows(premises: Premises, month: date) -> list[DayRow]:
    """The month's finished days with use, expectation and its 90 % band."""
    days = month_days(month)
    if not days:
        return []
    actual = daily_kwh(premises, days[0], days[-1])
    expected, half = _expected(premises, days)
    return [
        DayRow(
            day,
            actual=_known(actual[n]),
            expected=_known(expected[n]),
            low=_known(max(expected[n] - half, 0.0) if half is not None else np.nan),
            high=_known(expected[n] + half if half is not None else np.nan),
        )
        for n, day in enumerate(days)
    ]


def daily_kwh(premises: Premises, first: date, last: date) -> FloatArray:
    """Electricity used on each day from first to last, kWh; NaN where missing."""
    years = DailyUse.objects.filter(
        meter__premises=premises,
        meter__commodity=Meter.Commodity.ELECTRICITY,
        meter__flow=Meter.Flow.IMPORT,
        year__range=(first.year, last.year),
    ).values_list("year", "wh")
    use = np.full((last - first).days + 1, np.nan)
    for year, blob in years:
        _lay_year(use, first, year, np.frombuffer(bytes(blob), dtype="<i4"))
    return use


def _lay_year(use: FloatArray, first: date, year: int, wh: WhArray) -> None:
    """Put one stored year where it belongs in the wanted days."""
    offset = (date(year, 1, 1) - first).days
    column = wh.astype(np.float64)
    column = np.where(column < 0, np.nan, column / WH_A_KWH)
    start, end = max(offset, 0), min(offset + DAYS_A_ROW, use.size)
    if start < end:
        found = column[start - offset : end - offset]
        use[start:end] = np.where(np.isnan(found), use[start:end], found)


def _expected(
    premises: Premises, days: Sequence[date]
) -> tuple[FloatArray, float | None]:
    """What the home's own model expects of these days, and a day's half width."""
    nothing = np.full(len(days), np.nan)
    baseline = getattr(premises, "baseline", None)
    if baseline is None or baseline.kind != Baseline.Kind.DAILY:
        return nothing, None
    if baseline.station is None or baseline.mu is None:
        return nothing, None
    means = daily_means(baseline.station, days[0], days[-1])
    slopes = [beta for beta in (baseline.beta_h, baseline.beta_c) if beta is not None]
    t = t_quantile(two_sided(CONFIDENCE), max(baseline.n - len(slopes), 1))
    half = None if baseline.rmse is None else float(t * baseline.rmse)
    return model_of(baseline).per_day(means), half


def model_of(baseline: Baseline) -> HomeModel:
    """The stored model in plain numbers; units kWh a day and °C."""
    return HomeModel(
        mu=baseline.mu or 0.0,
        beta_h=baseline.beta_h or 0.0,
        beta_c=baseline.beta_c or 0.0,
        hb=baseline.balance_h,
        cb=baseline.balance_c,
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 3)

"""A month day by day: what was used, what was expected, what is missing."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils import timezone

from livinglab.energy.baseline.bands import CONFIDENCE
from livinglab.energy.baseline.climate import FloatArray
from livinglab.energy.baseline.student import t_quantile, two_sided
from livinglab.energy.models import Baseline, Premises
from livinglab.energy.outlook.home_model import HomeModel
from livinglab.energy.selectors.home_days import HomeDays


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


def day_rows(premises: Premises, month: date, known: HomeDays) -> list[DayRow]:
    """The month's finished days with use, expectation and its 90 % band."""
    days = month_days(month)
    if not days:
        return []
    actual = known.use(days[0], days[-1])
    expected, half = _expected(premises, days, known)
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


def _expected(
    premises: Premises, days: Sequence[date], known: HomeDays
) -> tuple[FloatArray, float | None]:
    """What the home's own model expects of these days, and a day's half width."""
    baseline = getattr(premises, "baseline", None)
    model = model_of(baseline)
    if baseline is None or model is None or baseline.kind != Baseline.Kind.DAILY:
        return np.full(len(days), np.nan), None
    slopes = [beta for beta in (baseline.beta_h, baseline.beta_c) if beta is not None]
    t = t_quantile(two_sided(CONFIDENCE), max(baseline.n - len(slopes), 1))
    half = None if baseline.rmse is None else float(t * baseline.rmse)
    return model.per_day(known.weather(days[0], days[-1])), half


def model_of(baseline: Baseline | None) -> HomeModel | None:
    """The stored model in plain numbers; units kWh a day and °C."""
    if baseline is None or baseline.mu is None:
        return None
    return HomeModel(
        mu=baseline.mu,
        beta_h=baseline.beta_h or 0.0,
        beta_c=baseline.beta_c or 0.0,
        hb=baseline.balance_h,
        cb=baseline.balance_c,
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 3)

"""What the 에너지 page says ahead: the running bill, where it goes, three tips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import numpy as np
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language
from numpy.typing import NDArray

from livinglab.energy.forecast import Forecast, Weather, bill_period, forecast
from livinglab.energy.home_model import Floats, HomeModel, Split, split
from livinglab.energy.models import Baseline, Premises
from livinglab.energy.pricing import Account, price_period
from livinglab.energy.selectors.day_chart import daily_kwh, model_of
from livinglab.energy.selectors.tariffs import (
    accounts_of,
    needs_warmth,
    tariff_book,
    tips_in_force,
)
from livinglab.energy.tariff import next_month
from livinglab.energy.tariff_tables import TariffBook
from livinglab.energy.tips import Month, SplitWon, best_tips, split_won
from livinglab.energy.usual_weather import YEARS_BACK, planned_weather
from livinglab.observations.models import Station
from livinglab.observations.selectors import daily_means

# Days before the period that tell how the home does now.
DAYS_BEFORE = 56
# Without a value for so long there is nothing to go on with.
STALE_DAYS = 21
MONTHS_AHEAD = 12
DAYS_PLANNED_BACK = 430
DAYS_PLANNED_AHEAD = 400
KEEP_SECONDS = 3600
WITH_MODEL = (Baseline.Kind.DAILY, Baseline.Kind.BILLING)


@dataclass(frozen=True)
class WhereItGoes:
    """One calendar month by the home's own model; won only where a table exists."""

    month: date
    kwh: Split
    won: SplitWon | None


@dataclass(frozen=True)
class ShownTip:
    """A tip in the reader's language, worth `won` in `month`."""

    code: str
    text: str
    kwh: int
    won: int
    month: date
    is_now: bool


@dataclass(frozen=True)
class Ahead:
    """Everything the page says ahead; empty where too little is known."""

    forecast: Forecast | None
    where: WhereItGoes | None
    tips: list[ShownTip]


@dataclass(frozen=True)
class Plan:
    """The station's weather to plan with, from `first` on."""

    first: date
    weather: Weather

    def between(self, start: date, end: date) -> Weather | None:
        """The days [start, end), or None when they are not all planned."""
        low, high = (start - self.first).days, (end - self.first).days
        if low < 0 or high > self.weather.mean.size:
            return None
        return Weather(self.weather.mean[low:high], self.weather.sd[low:high])


def weather_plan(station: Station, today: date) -> Plan:
    """Weather measured lately and usual ahead; kept for an hour, as homes share it."""
    key = f"weather-plan:{station.pk}:{today}:{station.newest_day}"
    plan: Plan | None = cache.get(key)
    if plan is None:
        start = today - timedelta(days=DAYS_PLANNED_BACK)
        first = start - timedelta(days=YEARS_BACK * 366)
        means = daily_means(station, first, today)
        end = today + timedelta(days=DAYS_PLANNED_AHEAD)
        plan = Plan(start, planned_weather(means, first, start, end))
        cache.set(key, plan, KEEP_SECONDS)
    return plan


@dataclass(frozen=True)
class _Home:
    """What all three answers need of one home."""

    premises: Premises
    book: TariffBook
    account: Account
    today: date

    def price(self, month: date, kwh: NDArray[np.int64]) -> NDArray[np.int64]:
        """Won of a calendar month."""
        end = next_month(month)
        return price_period(self.book, self.account, month, end, kwh)


@dataclass(frozen=True)
class _Modelled:
    """The home's own weather model and the weather that goes with it."""

    model: HomeModel
    plan: Plan
    station: Station

    def temps(self, start: date, end: date) -> Floats:
        """Mean °C of the days [start, end), planned or long ago."""
        planned = self.plan.between(start, end)
        if planned is not None:
            return planned.mean
        return daily_means(self.station, start, end - timedelta(days=1))


def looking_ahead(
    premises: Premises, month: date | None = None, *, today: date | None = None
) -> Ahead:
    """Forecast, split of a month and tips of one home, in five queries at most.

    month: any day of the month to split, the current one by default. `premises`
    comes with its baseline and the baseline's station.
    """
    home = _home(premises, today)
    modelled = _modelled(home)
    return Ahead(
        forecast=_running_bill(home, modelled),
        where=_where(home, modelled, month or home.today) if modelled else None,
        tips=_tips(home, modelled) if modelled else [],
    )


def running_bill(premises: Premises, *, today: date | None = None) -> Forecast | None:
    """The forecast alone."""
    home = _home(premises, today)
    return _running_bill(home, _modelled(home))


def _home(premises: Premises, today: date | None) -> _Home:
    book = tariff_book()
    (account,) = accounts_of([premises], book)
    return _Home(premises, book, account, today or timezone.localdate())


def _modelled(home: _Home) -> _Modelled | None:
    baseline: Baseline | None = getattr(home.premises, "baseline", None)
    if baseline is None or baseline.kind not in WITH_MODEL:
        return None
    if baseline.mu is None or baseline.station is None:
        return None
    plan = weather_plan(baseline.station, home.today)
    return _Modelled(model_of(baseline), plan, baseline.station)


def _running_bill(home: _Home, modelled: _Modelled | None) -> Forecast | None:
    start, end = bill_period(home.premises.reading_day, home.today)
    first = start - timedelta(days=DAYS_BEFORE)
    over = (home.today - first).days
    use = daily_kwh(home.premises, first, end - timedelta(days=1))
    # Today is not over; what is stored of it is part of a day.
    use[over:] = np.nan
    lately = use[max(over - STALE_DAYS, 0) : over]
    if not home.book.covers(home.account.kind, start) or not np.isfinite(lately).any():
        return None
    return forecast(
        home.book,
        home.account,
        start,
        end,
        use[DAYS_BEFORE:],
        before=use[:DAYS_BEFORE],
        model=modelled.model if modelled else None,
        weather=modelled.plan.between(first, end) if modelled else None,
    )


def _where(home: _Home, modelled: _Modelled, day: date) -> WhereItGoes:
    month = day.replace(day=1)
    kwh = split(modelled.model, modelled.temps(month, next_month(month)))
    if not home.book.covers(home.account.kind, month):
        return WhereItGoes(month, kwh, None)
    return WhereItGoes(month, kwh, split_won(kwh, partial(home.price, month)))


def _tips(home: _Home, modelled: _Modelled) -> list[ShownTip]:
    rules = tips_in_force(home.today)
    months = _months(modelled, home.today.replace(day=1))
    best = best_tips(
        [formula for _row, formula in rules],
        modelled.model,
        months,
        lambda i, kwh: home.price(months[i].start, kwh),
        heating=home.premises.heating,
        only_base=needs_warmth(home.book, home.account, home.today),
    )
    english = (get_language() or "ko").startswith("en")
    texts = {row.code: row.text_en if english else row.text_ko for row, _f in rules}
    return [
        ShownTip(t.code, texts[t.code], t.kwh, t.won, t.month, t.is_now) for t in best
    ]


def _months(modelled: _Modelled, start: date) -> list[Month]:
    """The current month and those to come."""
    months = []
    for _n in range(MONTHS_AHEAD):
        end = next_month(start)
        temps = modelled.temps(start, end)
        months.append(Month(start, temps, split(modelled.model, temps).total))
        start = end
    return months

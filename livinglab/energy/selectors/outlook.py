"""What lies ahead of a home: this bill, where it goes, what would help most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import get_language
from numpy.typing import NDArray

from livinglab.energy.baseline.climate import FloatArray
from livinglab.energy.models import Premises, TipRule
from livinglab.energy.outlook.forecast import (
    LATEST_DAYS,
    Crossing,
    Forecast,
    Weather,
    bill_period,
    forecast,
)
from livinglab.energy.outlook.home_model import HomeModel, split
from livinglab.energy.outlook.ladder import Ladder, ladder, next_crossing
from livinglab.energy.outlook.tips import Month, SplitWon, Tip, best_tips, split_won
from livinglab.energy.outlook.usual_weather import usual_weather
from livinglab.energy.selectors.day_chart import model_of
from livinglab.energy.selectors.home_days import HomeDays
from livinglab.energy.selectors.tariffs import (
    needs_warmth,
    tariff_book,
    tips_in_force,
)
from livinglab.energy.tariff.bill import Account, next_month
from livinglab.energy.tariff.pricing import price_period
from livinglab.energy.tariff.tables import NoTable, TariffBook

Kwh = NDArray[np.int64]
MONTHS_AHEAD = 12
# Without a value for so many days there is nothing to go on with.
STALE_DAYS = 21


@dataclass(frozen=True)
class TipShown:
    """A tip in the reader's language, with its kWh and won in a month."""

    code: str
    text_ko: str
    text_en: str
    kwh: int
    won: int
    month: date
    is_now: bool

    @property
    def text(self) -> str:
        english = (get_language() or "ko").startswith("en")
        return self.text_en if english else self.text_ko


@dataclass(frozen=True)
class Outlook:
    """Forecast, split and tips; each may be missing where too little is known."""

    forecast: Forecast | None
    split: SplitWon | None
    tips: list[TipShown]

    @property
    def ladder(self) -> Ladder | None:
        return ladder(self.forecast) if self.forecast else None

    @property
    def crossing(self) -> Crossing | None:
        return next_crossing(self.forecast) if self.forecast else None

    @property
    def last_day(self) -> date | None:
        """The last day of the running bill."""
        return self.forecast.end - timedelta(days=1) if self.forecast else None

    @property
    def days_to_crossing(self) -> int:
        """Days until the next step of the ladder is reached, at least one."""
        crossing = self.crossing
        if crossing is None or crossing.on is None:
            return 0
        return max((crossing.on - timezone.localdate()).days, 1)


def outlook(
    premises: Premises, known: HomeDays, tariffs: tuple[Any, ...] = ()
) -> Outlook:
    """Look ahead from today, with what the page already knows of the home."""
    today = timezone.localdate()
    book = tariff_book(tariffs)
    account = _account(premises, _discounts(premises), book)
    model = model_of(getattr(premises, "baseline", None))
    running = _forecast(premises, known, today, book, account, model)
    if model is None:
        return Outlook(running, None, [])
    months = _months_ahead(model, known, today)
    if not months:
        return Outlook(running, None, [])

    def priced(i: int, kwh: Kwh) -> Kwh:
        start = months[i].start
        return price_period(book, account, start, next_month(start), kwh)

    parts = split(model, months[0].temps)
    # The shipped tips speak of a home.
    rules = [] if premises.is_facility else tips_in_force(today)
    best = best_tips(
        [formula for _row, formula in rules],
        model,
        months,
        priced,
        heating=premises.heating,
        only_base=needs_warmth(book, account, today),
    )
    texts = {row.code: row for row, _formula in rules}
    tips = [_shown(tip, texts[tip.code]) for tip in best]
    return Outlook(running, split_won(parts, lambda kwh: priced(0, kwh)), tips)


def _discounts(premises: Premises) -> list[str]:
    chosen = getattr(premises, "discount_choice", None)
    return list(chosen.names) if chosen else []


def _account(premises: Premises, names: Iterable[str], book: TariffBook) -> Account:
    kind = premises.tariff_kind
    known = frozenset(names) & frozenset(book.discount_names(kind))
    return Account(kind, known, premises.contract_kw or Decimal(0))


def _forecast(
    premises: Premises,
    known: HomeDays,
    today: date,
    book: TariffBook,
    account: Account,
    model: HomeModel | None,
) -> Forecast | None:
    """The running bill, as long as the home's data are not stale."""
    start, end = bill_period(premises.reading_day, today)
    before_start = start - timedelta(days=LATEST_DAYS)
    use = known.use(start, end - timedelta(days=1))
    use[(today - start).days :] = np.nan
    before = known.use(before_start, start - timedelta(days=1))
    lately = known.use(today - timedelta(days=STALE_DAYS), today - timedelta(days=1))
    if not np.isfinite(lately).any():
        return None
    weather = _weather(known, before_start, end) if model else None
    try:
        return forecast(
            book,
            account,
            start,
            end,
            use,
            before=before,
            model=model,
            weather=weather,
        )
    except NoTable:
        return None


def _weather(known: HomeDays, start: date, end: date) -> Weather:
    """Measured where it was, else as it usually is, with how far that strays."""
    measured = known.weather(start, end - timedelta(days=1))
    usual, sd = usual_weather(known.temps, known.first, start, measured.size)
    there = np.isfinite(measured)
    return Weather(np.where(there, measured, usual), np.where(there, 0.0, sd))


def _months_ahead(model: HomeModel, known: HomeDays, today: date) -> list[Month]:
    """This month and those to come, as the weather usually is and the home was."""
    month = today.replace(day=1)
    found = []
    for _n in range(MONTHS_AHEAD):
        after = next_month(month)
        temps: FloatArray = _weather(known, month, after).mean
        if not np.isfinite(temps).any():
            return []
        found.append(Month(month, temps, split(model, temps).total))
        month = after
    return found


def _shown(tip: Tip, row: TipRule) -> TipShown:
    return TipShown(
        code=tip.code,
        text_ko=row.text_ko,
        text_en=row.text_en,
        kwh=tip.kwh,
        won=tip.won,
        month=tip.month,
        is_now=tip.is_now,
    )

"""The baselines of a batch: stored ones where nothing changed, fitted ones else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from hashlib import sha256

import numpy as np

from livinglab.energy.baseline.billing import degree_days_of, fit_billing, periods_of
from livinglab.energy.baseline.climate import BoolArray, climate_of, hundredths
from livinglab.energy.baseline.daily import fit_daily
from livinglab.energy.baseline.fits import Fit, in_unit
from livinglab.energy.baseline.grid import GRID_05C
from livinglab.energy.baseline.plan import Plan, chapters_of, plans_of
from livinglab.energy.baseline.spread import Spread, spreads_of
from livinglab.energy.baseline.sufficiency import (
    BILLING,
    DAILY,
    NOTHING,
    SAME_MONTH,
    baseline_bills,
    extreme_days,
)
from livinglab.energy.baseline.windows import Window
from livinglab.energy.models import Baseline
from livinglab.energy.selectors.savings_inputs import Inputs
from livinglab.energy.services.savings.methods import METHODS

WH = 1000.0
TWO_YEARS = 730


@dataclass(frozen=True)
class Row:
    """A chapter of a home with its baseline; `fit` in kWh, None without a model.

    `is_settled_now`: the baseline was looked at in this run and is to be stored.
    """

    plan: Plan
    method: str
    fit: Fit | None
    is_settled_now: bool
    digest: str = ""
    extreme: int = 0
    spread: Spread | None = None

    @property
    def home(self) -> int:
        return self.plan.chapter.home

    @property
    def is_fitted(self) -> bool:
        return self.fit is not None


@dataclass(frozen=True)
class Batch:
    """The inputs with what every step needs of them: which days count."""

    inputs: Inputs
    used: BoolArray
    comparable: BoolArray
    known: BoolArray


def batch_of(inputs: Inputs) -> Batch:
    """Zero is missing for a baseline; frozen days count for neither side."""
    comparable = np.ones(inputs.use.shape, dtype=bool)
    for row, home in enumerate(inputs.homes):
        for start, end in home.frozen:
            comparable[row, max(start, 0) : max(end, 0)] = False
    used = (inputs.use > 0) & comparable
    return Batch(inputs, used, comparable, ~np.isnan(inputs.temperatures))


def rows_of(batch: Batch, whole: Collection[int]) -> list[Row]:
    """One row a chapter; `whole` are the homes whose baseline is due as well."""
    inputs = batch.inputs
    stored, fresh = [], []
    for number, home in enumerate(inputs.homes):
        row = None
        if home.premises.pk not in whole:
            row = _stored(number, inputs)
        if row is None:
            fresh.append(number)
        else:
            stored.append(row)
    rows = [*stored, *_settled(batch, fresh)]
    return sorted(rows, key=lambda row: (row.home, row.plan.chapter.begins))


def _stored(number: int, inputs: Inputs) -> Row | None:
    """The home's last chapter with its stored model; None when it has none."""
    home = inputs.homes[number]
    baseline = home.baseline
    if baseline is None or baseline.mu is None:
        return None
    if baseline.method != METHODS[baseline.kind]:
        return None
    chapter = chapters_of(number, home.joined, home.restarts)[-1]
    window = Window(
        baseline.kind,
        inputs.number(baseline.starts_on),
        inputs.number(baseline.ends_on) + 1,
        baseline.n,
    )
    return Row(
        Plan(chapter, window),
        baseline.kind,
        stored_fit(baseline),
        is_settled_now=False,
        digest=baseline.input_digest,
        spread=stored_spread(baseline),
    )


def stored_spread(baseline: Baseline) -> Spread | None:
    """How irregular the home is by season; None for a model of bills."""
    facts = baseline.details.get("spread")
    if facts is None:
        return None
    heating, mild, cooling = facts["errors"]
    return Spread((heating, mild, cooling), facts["memory"], tuple(facts["known"]))


def stored_fit(baseline: Baseline) -> Fit:
    """The model as it was stored, digit for digit."""
    return Fit(
        kind=baseline.model,
        r2_adj=baseline.r2_adj or 0.0,
        mu=baseline.mu or 0.0,
        beta_h=baseline.beta_h,
        beta_c=baseline.beta_c,
        hb=baseline.balance_h,
        cb=baseline.balance_c,
        n=baseline.n,
        mean=baseline.mean or 0.0,
        variance=float(baseline.details.get("variance", 0.0)),
        rmse=baseline.rmse or 0.0,
        rho=baseline.rho or 0.0,
    )


def _settled(batch: Batch, homes: Sequence[int]) -> list[Row]:
    """Find the windows of these homes and fit what changed."""
    inputs = batch.inputs
    chapters = [
        chapter
        for number in homes
        for chapter in chapters_of(
            number, inputs.homes[number].joined, inputs.homes[number].restarts
        )
    ]
    if not chapters:
        return []
    valid = batch.used & batch.known
    plans = plans_of(chapters, valid, [home.bills for home in inputs.homes])
    rows = [_blank(batch, plan) for plan in plans]
    _reuse(inputs, rows)
    _fit_days(batch, rows)
    _fit_bills(inputs, rows)
    return rows


def _blank(batch: Batch, plan: Plan) -> Row:
    method = plan.window.method
    if method == NOTHING and _has_earlier_use(batch, plan):
        method = SAME_MONTH
    digest = _digest(batch, plan) if method in (DAILY, BILLING) else ""
    return Row(plan, method, None, is_settled_now=True, digest=digest)


def _has_earlier_use(batch: Batch, plan: Plan) -> bool:
    """Whether an earlier year may stand in: use of the two years before the start."""
    chapter = plan.chapter
    if chapter.earliest >= chapter.begins:
        return False
    start, end = max(chapter.begins - TWO_YEARS, 0), max(chapter.begins, 0)
    paper = batch.inputs.homes[chapter.home].bills
    return bool(
        batch.used[chapter.home, start:end].any()
        or any(bill.after <= chapter.begins for bill in paper)
    )


def _digest(batch: Batch, plan: Plan) -> str:
    """A fingerprint of everything the fit depends on."""
    inputs, window = batch.inputs, plan.window
    days = slice(max(window.first, 0), max(window.after, 0))
    digest = sha256(METHODS[window.method].encode())
    digest.update(inputs.day(window.first).isoformat().encode())
    digest.update(hundredths(inputs.temperatures[days]).tobytes())
    if window.method == DAILY:
        home = plan.chapter.home
        counted = np.where(batch.used[home, days], inputs.use[home, days], -1)
        digest.update(counted.astype("<i4").tobytes())
    else:
        for bill in _window_bills(inputs, plan):
            start = inputs.day(bill.first).isoformat()
            digest.update(f"{start} {bill.days} {bill.use:.0f};".encode())
    return digest.hexdigest()


def _window_bills(inputs: Inputs, plan: Plan) -> list:  # type: ignore[type-arg]
    bills = inputs.homes[plan.chapter.home].bills
    return baseline_bills(bills, plan.window.first, plan.window.after)


def _reuse(inputs: Inputs, rows: list[Row]) -> None:
    """A model whose inputs did not change keeps its digits without a fit."""
    last = {row.home: place for place, row in enumerate(rows)}
    for place in last.values():
        row = rows[place]
        baseline = inputs.homes[row.home].baseline
        if (
            baseline is not None
            and row.digest
            and baseline.mu is not None
            and baseline.input_digest == row.digest
        ):
            extreme = int(baseline.details.get("extreme_days", 0))
            rows[place] = replace(
                row,
                fit=stored_fit(baseline),
                extreme=extreme,
                spread=stored_spread(baseline),
            )


def _fit_days(batch: Batch, rows: list[Row]) -> None:
    places = [p for p, r in enumerate(rows) if r.method == DAILY and r.fit is None]
    if not places:
        return
    inputs = batch.inputs
    windows = [rows[place].plan.window for place in places]
    start = max(min(window.first for window in windows), 0)
    end = min(max(window.after for window in windows), inputs.use.shape[1])
    days = np.arange(start, end)
    homes = np.array([rows[place].home for place in places], dtype=np.intp)
    first = np.array([window.first for window in windows])[:, None]
    after = np.array([window.after for window in windows])[:, None]
    use = inputs.use[homes, start:end]
    there = batch.used[homes, start:end] & (days >= first) & (days < after)
    warm = inputs.temperatures[start:end]
    fits = fit_daily(use, there, climate_of(warm, GRID_05C))
    of_year = inputs.months_of_year(start, end)
    spreads = spreads_of(fits, use, there, hundredths(warm), of_year)
    extreme = extreme_days(use.astype(np.float64), there & batch.known[start:end])
    fits = in_unit(fits, WH)
    for number, place in enumerate(places):
        rows[place] = replace(
            rows[place],
            fit=fits.one(number),
            extreme=int(extreme[number]),
            spread=spreads[number].in_unit(WH),
        )


def _fit_bills(inputs: Inputs, rows: list[Row]) -> None:
    places = [p for p, r in enumerate(rows) if r.method == BILLING and r.fit is None]
    if not places:
        return
    weather = degree_days_of(inputs.temperatures, GRID_05C)
    bills = [
        [(bill.first, bill.after, bill.use) for bill in _window_bills(inputs, row.plan)]
        for row in (rows[place] for place in places)
    ]
    fits = in_unit(fit_billing(periods_of(bills, weather), GRID_05C), WH)
    for number, place in enumerate(places):
        enough = fits.n[number] > 0
        rows[place] = replace(
            rows[place],
            fit=fits.one(number) if enough else None,
            method=BILLING if enough else NOTHING,
        )


def baseline_row(row: Row, inputs: Inputs, station_id: int | None) -> Baseline:
    """What is stored of a settled baseline; a figure can be made from it again."""
    home, window, fit = inputs.homes[row.home], row.plan.window, row.fit
    last = inputs.day(window.after) - timedelta(days=1)
    baseline = Baseline(
        premises=home.premises,
        kind=row.method,
        starts_on=inputs.day(window.first),
        ends_on=last,
        station_id=station_id if fit else None,
        n=window.days,
        input_digest=row.digest,
        method=METHODS[row.method],
        details={"grid": GRID_05C.name, "extreme_days": row.extreme},
    )
    if row.spread is not None:
        baseline.details["spread"] = asdict(row.spread)
    if fit is not None:
        _lay_in(baseline, fit, window.after - window.first, row.method)
    return baseline


def _lay_in(baseline: Baseline, fit: Fit, days: int, method: str) -> None:
    baseline.n = fit.n
    baseline.missing = max(days - fit.n, 0) if method == DAILY else 0
    baseline.model = fit.kind
    baseline.mu, baseline.beta_h, baseline.beta_c = fit.mu, fit.beta_h, fit.beta_c
    baseline.balance_h, baseline.balance_c = fit.hb, fit.cb
    baseline.r2_adj, baseline.rmse, baseline.rho = fit.r2_adj, fit.rmse, fit.rho
    baseline.mean = fit.mean
    baseline.cvrmse = fit.rmse / fit.mean if fit.mean else None
    baseline.n_prime = fit.n * (1 - fit.rho) / (1 + fit.rho) if fit.rho > -1 else None
    baseline.details["variance"] = fit.variance

"""Computing what is due: read, fit, count, price, write; all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

import numpy as np
from django.db import transaction
from django.utils import timezone

from livinglab.energy.baseline.climate import BoolArray
from livinglab.energy.baseline.figures import YEAR
from livinglab.energy.events import savings_computed
from livinglab.energy.models import EVERY_MONTH, Baseline, Premises, Saving
from livinglab.energy.selectors.dated_rules import dated_rules
from livinglab.energy.selectors.savings_inputs import Inputs, savings_inputs
from livinglab.energy.services.neighbourhoods import mark_area_due
from livinglab.energy.services.outlooks import mark_outlooks_due
from livinglab.energy.services.savings.claims import (
    HOMES_AT_ONCE,
    Claim,
    Due,
    claim_due,
    finish,
    unchanged,
)
from livinglab.energy.services.savings.counting import count
from livinglab.energy.services.savings.figures import Figure
from livinglab.energy.services.savings.fitting import baseline_row, batch_of, rows_of
from livinglab.energy.services.savings.pricing import price_batch
from livinglab.energy.services.savings.writing import Results
from livinglab.kernel.commit import after_commit
from livinglab.kernel.upsert import upsert

KEY = ("premises_id", "span", "month")
MODEL = [
    column.attname
    for column in Baseline._meta.concrete_fields
    if not column.primary_key
]
_model_of = attrgetter(*MODEL)


def compute_next(*, most: int = HOMES_AT_ONCE, homes: Sequence[int] = ()) -> int | None:
    """Compute one batch of what is due; how many homes, None when nothing is free."""
    claim = claim_due(most=most, homes=homes)
    if claim is None:
        return None
    if claim.due:
        compute(claim)
    return len(claim.homes)


def compute(claim: Claim) -> None:
    """Compute a claim and write it in one transaction, unless it was marked again."""
    inputs = savings_inputs(claim.homes, claim.station)
    batch = batch_of(inputs)
    whole = claim.whole_homes | _with_older_chapters(inputs, claim)
    rows = rows_of(batch, whole)
    whole |= {_pk(inputs, row.home) for row in rows if row.is_settled_now}
    counted = count(batch, rows)
    months = _wanted_months(inputs, claim, whole)
    years = _spread(months, forwards=True)
    rules = dated_rules()
    priced = price_batch(
        rules, inputs.homes, counted, _spread(months | years, forwards=False)
    )
    results = Results(batch, rows, counted, priced, rules, timezone.now())
    _write(claim, results, whole, list(results.figures(months, years)))


def _pk(inputs: Inputs, home: int) -> int:
    return inputs.homes[home].premises.pk


def _with_older_chapters(inputs: Inputs, claim: Claim) -> set[int]:
    """Homes that began anew and of which an older chapter's month is due."""
    due = claim.months()
    return {
        home.premises.pk
        for home in inputs.homes
        if home.restarts
        and due[home.premises.pk]
        and inputs.number(min(due[home.premises.pk])) <= home.restarts[-1]
    }


def _wanted_months(inputs: Inputs, claim: Claim, whole: set[int]) -> BoolArray:
    """Homes and months to be written: those due, or all since the home joined."""
    due = claim.months()
    columns = {month: column for column, month in enumerate(inputs.months)}
    wanted = np.zeros((len(inputs.homes), len(inputs.months)), dtype=bool)
    for row, home in enumerate(inputs.homes):
        if home.premises.pk in whole:
            joined = home.premises.joined_on.replace(day=1)
            wanted[row] = [month >= joined for month in inputs.months]
        else:
            here = [columns[m] for m in due[home.premises.pk] if m in columns]
            wanted[row, here] = True
    return wanted


def _spread(months: BoolArray, *, forwards: bool) -> BoolArray:
    """Each month with the eleven after it (or before it): the years it is part of."""
    spread = months.copy()
    for step in range(1, min(YEAR, months.shape[1])):
        if forwards:
            spread[:, step:] |= months[:, :-step]
        else:
            spread[:, :-step] |= months[:, step:]
    return spread


@transaction.atomic
def _write(
    claim: Claim, results: Results, whole: set[int], savings: list[Figure]
) -> None:
    """Figures, baselines and the end of what was due: all of it or none."""
    done = unchanged(claim.due)
    homes = {row.home for row in done}
    if homes:
        _write_baselines(results, homes & whole, claim)
        kept = [saving for saving in savings if saving.premises_id in homes]
        upsert(Saving, Figure._fields, kept, unique=KEY)
        _delete_vanished(kept, done, homes & whole, results)
        _mark_areas(results.batch.inputs, kept, done)
        mark_outlooks_due(homes)
        after_commit(
            savings_computed.send_robust, Saving, premises_ids=tuple(sorted(homes))
        )
    finish(done, claim.due)


def _write_baselines(results: Results, homes: set[int], claim: Claim) -> None:
    inputs = results.batch.inputs
    station = claim.station.pk if claim.station else None
    last = {row.home: row for row in results.rows if row.is_settled_now}
    rows = [row for row in last.values() if _pk(inputs, row.home) in homes]
    models = (_model_of(baseline_row(row, inputs, station)) for row in rows)
    upsert(Baseline, MODEL, models, unique=["premises"])
    fitted = [_pk(inputs, row.home) for row in rows if row.is_fitted]
    Premises.objects.filter(pk__in=fitted, station=None).update(station=station)


def _delete_vanished(
    written: Sequence[Figure], done: Sequence[Due], whole: set[int], results: Results
) -> None:
    """Figures that no longer have anything behind them."""
    Saving.objects.filter(premises__in=whole).exclude(computed_at=results.at).delete()
    single = [row for row in done if row.home not in whole]
    if not single:
        return
    here = {(s.premises_id, s.span, s.month) for s in written}
    due = {(row.home, month) for row in single for month in _year_from(row.month)}
    own = {(row.home, row.month) for row in single}
    standing = Saving.objects.filter(
        premises__in={row.home for row in single},
        month__gte=min(row.month for row in single),
    ).values_list("pk", "premises_id", "span", "month")
    gone = [
        pk
        for pk, home, span, month in standing
        if (home, span, month) not in here
        and (home, month) in (due if span == Saving.Span.YEAR else own)
    ]
    Saving.objects.filter(pk__in=gone).delete()


def _year_from(month: date) -> list[date]:
    """The months whose trailing twelve months contain this one."""
    whole = month.year * YEAR + month.month - 1
    return [date((whole + n) // YEAR, (whole + n) % YEAR + 1, 1) for n in range(YEAR)]


def _mark_areas(inputs: Inputs, savings: Iterable[Figure], done: Sequence[Due]) -> None:
    """The figures of the homes' cities move in the same months."""
    city = {
        home.premises.pk: home.premises.neighbourhood.city_id for home in inputs.homes
    }
    moved: dict[int, set[date]] = defaultdict(set)
    for saving in savings:
        moved[city[saving.premises_id]].add(saving.month)
    for row in done:
        if row.month != EVERY_MONTH:
            later = (m for m in _year_from(row.month) if m <= inputs.months[-1])
            moved[city[row.home]].update(later)
    for city_id, months in moved.items():
        mark_area_due(city_id, months)

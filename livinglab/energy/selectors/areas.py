"""The figures of a dong, gu or city as everybody may see them.

The only way from computed areas to people: page, API, indicators and messages all ask
here. Hidden figures are not there at all, the others are rounded to 10 kWh and
1,000 won, and a month is told when it is over.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from livinglab.energy.models import AreaSaving, Premises, Saving
from livinglab.energy.selectors.publication import RUNNING
from livinglab.kernel.numbers import share_of
from livinglab.kernel.stamps import stamps
from livinglab.places.models import City, District, Neighbourhood

# The programme's goals that are counted from areas, by kind of premises.
GOAL_CODES: Mapping[str, tuple[str, ...]] = {
    Premises.Kind.HOME: ("SH-N1", "DG-N1"),
    Premises.Kind.FACILITY: ("SH-N2", "DG-N2"),
}
GOAL_SHARES: Mapping[str, float] = {
    Premises.Kind.HOME: 0.20,
    Premises.Kind.FACILITY: 0.10,
}
KWH_STEP = Decimal(10)
WON_STEP = 1000
SHARE_PLACES = 4


@dataclass(frozen=True)
class AreaFigure:
    """One month, or the twelve months that end with it; hidden: no numbers at all."""

    level: str
    code: str
    kind: str
    span: str
    month: date
    is_shown: bool
    method: str
    computed_at: datetime
    months: int | None = None
    homes: int | None = None
    excluded: Mapping[str, int] | None = None
    expected_kwh: Decimal | None = None
    actual_kwh: Decimal | None = None
    saved_kwh: Decimal | None = None
    half_width_kwh: Decimal | None = None
    expected_won: int | None = None
    saved_won: int | None = None
    half_width_won: int | None = None
    share: float | None = None
    half_width_share: float | None = None
    comparison_homes: int | None = None
    comparison_share: float | None = None
    difference_share: float | None = None
    difference_half_width: float | None = None

    @property
    def goal_share(self) -> float:
        """Household -20 %, public buildings -10 %."""
        return GOAL_SHARES[self.kind]

    @property
    def share_low(self) -> float | None:
        return _edge(self.share, self.half_width_share, -1)

    @property
    def share_high(self) -> float | None:
        return _edge(self.share, self.half_width_share, 1)

    @property
    def state(self) -> str | None:
        """Saving or using more only where the whole range lies on that side."""
        if self.share is None or self.half_width_share is None:
            return None
        if abs(self.share) <= self.half_width_share:
            return Saving.State.NO_VISIBLE_CHANGE
        return Saving.State.SAVING if self.share > 0 else Saving.State.USING_MORE

    @property
    def has_comparison(self) -> bool:
        """Whether at least thirty homes that only measure stand beside it."""
        return self.difference_share is not None


def _edge(middle: float | None, half: float | None, sign: int) -> float | None:
    if middle is None or half is None:
        return None
    return round(middle + sign * half, SHARE_PLACES)


def area_figures(
    code: str,
    *,
    level: str = AreaSaving.Level.DONG,
    kind: str = Premises.Kind.HOME,
    span: str = Saving.Span.MONTH,
) -> list[AreaFigure]:
    """An area's months that are over, newest first; one question."""
    rows = _over().filter(level=level, code=code, kind=kind, span=span)
    return [as_published(row) for row in rows.order_by("-month")]


def figures_of_both_kinds(
    code: str, *, level: str, most: int = 12
) -> dict[str, list[AreaFigure]]:
    """Homes' and public buildings' newest months, newest first; one question."""
    rows = _over().filter(level=level, code=code, span=Saving.Span.MONTH)
    found: dict[str, list[AreaFigure]] = {kind: [] for kind in GOAL_SHARES}
    for row in rows.order_by("-month"):
        if len(found[row.kind]) < most:
            found[row.kind].append(as_published(row))
    return found


def area_figure(
    code: str,
    month: date,
    *,
    level: str = AreaSaving.Level.DONG,
    kind: str = Premises.Kind.HOME,
    span: str = Saving.Span.MONTH,
) -> AreaFigure | None:
    """One month of an area; None where nothing was computed or it still runs."""
    row = _over().filter(level=level, code=code, kind=kind, span=span, month=month)
    return next(map(as_published, row), None)


def with_area_share(
    savings: QuerySet[Saving], code: str, kind: str
) -> QuerySet[Saving]:
    """Homes' months, each with what its neighbourhood saved then, where shown."""
    shown = _over().filter(
        level=AreaSaving.Level.DONG,
        code=code,
        kind=kind,
        span=Saving.Span.MONTH,
        month=OuterRef("month"),
        is_published=True,
    )
    return savings.annotate(
        area_saved=Subquery(shown.values("saved_won")[:1]),
        area_expected=Subquery(shown.values("expected_won")[:1]),
    )


def area_share_of(saving: Saving) -> float | None:
    """The share that `with_area_share` brought along; None where it is not shown."""
    facts = vars(saving)
    return _share(share_of(facts["area_saved"], facts["area_expected"]))


def city_figures(
    city_id: int, *, kind: str, span: str, first: date, last: date
) -> list[AreaFigure]:
    """A whole city's shown figures between two months, newest first."""
    rows = _over().filter(
        city=city_id,
        level=AreaSaving.Level.CITY,
        kind=kind,
        span=span,
        month__range=(first, last),
        is_published=True,
    )
    return [as_published(row) for row in rows.order_by("-month")]


def _over() -> QuerySet[AreaSaving]:
    """What is told: never a running month, whatever is stored."""
    this_month = timezone.localdate().replace(day=1)
    return AreaSaving.objects.filter(month__lt=this_month).exclude(
        hidden_because=RUNNING
    )


def as_published(row: AreaSaving) -> AreaFigure:
    """A stored row as it may be shown; of a hidden one only that it is hidden."""
    frame = AreaFigure(
        row.level,
        row.code,
        row.kind,
        row.span,
        row.month,
        row.is_published,
        row.method,
        row.computed_at,
    )
    return _with_numbers(frame, row) if row.is_published else frame


def _with_numbers(frame: AreaFigure, row: AreaSaving) -> AreaFigure:
    return replace(
        frame,
        months=row.months,
        homes=row.homes,
        excluded=row.excluded,
        expected_kwh=_tens(row.expected_kwh),
        actual_kwh=_tens(row.actual_kwh),
        saved_kwh=_tens(row.saved_kwh),
        half_width_kwh=_tens(row.half_width_kwh),
        expected_won=_thousands(row.expected_won),
        saved_won=_thousands(row.saved_won),
        half_width_won=_thousands(row.half_width_won),
        share=_share(share_of(row.saved_won, row.expected_won)),
        half_width_share=_share(share_of(row.half_width_won, row.expected_won)),
        comparison_homes=row.comparison_homes,
        comparison_share=_share(row.comparison_share),
        difference_share=_share(row.difference_share),
        difference_half_width=_share(row.difference_half_width),
    )


def _tens(kwh: Decimal | None) -> Decimal | None:
    if kwh is None:
        return None
    return (kwh / KWH_STEP).quantize(Decimal(1), ROUND_HALF_EVEN) * KWH_STEP


def _thousands(won: int | None) -> int | None:
    return None if won is None else round(won / WON_STEP) * WON_STEP


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, SHARE_PLACES)


def level_of(code: str) -> str | None:
    """Which kind of area a code names: dong, gu or city; None when it names none."""
    if Neighbourhood.objects.filter(code=code).exists():
        return AreaSaving.Level.DONG
    if District.objects.filter(code=code).exists():
        return AreaSaving.Level.GU
    if City.objects.filter(code=code).exists():
        return AreaSaving.Level.CITY
    return None


def areas_version(level: str, code: str) -> Hashable:
    """Another answer whenever an area's figures were computed again or went."""
    return stamps(
        "SELECT COUNT(*), MAX(computed_at) FROM energy_areasaving "
        "WHERE level = %s AND code = %s",
        str(level),
        code,
    )

"""What stands behind the figures of a city's areas: sums over homes, in few questions.

The database adds up; 100,000 homes come back as a few rows a neighbourhood. Amounts
are summed in Wh and won, whole numbers, so that the order of rows changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FloatField,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from livinglab.energy.models import Premises, Saving
from livinglab.energy.selectors.agreement import counts_in_areas
from livinglab.energy.selectors.publication import Group
from livinglab.observations.models import Station

POOR_FIT = 1.0
COUNTED = ""

NO_CONSENT = "no_consent"
NO_DATA = "no_data"
COLLECTING = "collecting"
NOT_WEATHER_CORRECTED = "not_weather_corrected"
POOR_MODEL = "poor_model"
NOT_PRICED = "not_priced"


@dataclass(frozen=True)
class Sums:
    """Homes and what they used and saved together: Wh, won, half widths and squares."""

    homes: int = 0
    expected_wh: int = 0
    actual_wh: int = 0
    saved_wh: int = 0
    expected_won: int = 0
    saved_won: int = 0
    square_kwh: float = 0.0
    square_won: float = 0.0
    half_kwh: float = 0.0
    half_won: float = 0.0
    most_expected_wh: int = 0
    most_actual_wh: int = 0
    most_expected_won: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.homes + other.homes,
            self.expected_wh + other.expected_wh,
            self.actual_wh + other.actual_wh,
            self.saved_wh + other.saved_wh,
            self.expected_won + other.expected_won,
            self.saved_won + other.saved_won,
            self.square_kwh + other.square_kwh,
            self.square_won + other.square_won,
            self.half_kwh + other.half_kwh,
            self.half_won + other.half_won,
            max(self.most_expected_wh, other.most_expected_wh),
            max(self.most_actual_wh, other.most_actual_wh),
            max(self.most_expected_won, other.most_expected_won),
        )

    @property
    def group(self) -> Group:
        """For the publication rule: nobody may make up too much of any amount."""
        return Group(
            self.homes,
            (
                (self.expected_wh, self.most_expected_wh),
                (self.actual_wh, self.most_actual_wh),
                (self.expected_won, self.most_expected_won),
            ),
        )


@dataclass(frozen=True)
class Row:
    """Homes of one neighbourhood, kind, part and station that share a fate."""

    month: date
    place: int
    kind: str
    part: str
    station: int
    reason: str
    sums: Sums


@dataclass(frozen=True)
class Members:
    """Homes that joined in a month; `agree` are those that may be counted."""

    place: int
    kind: str
    joined: date
    homes: int
    agree: int


def of_the_area() -> Q:
    """Homes that stand there; meters of a published sample stand elsewhere."""
    return ~Q(origin=Premises.Origin.SAMPLE) & (
        Q(station=None) | ~Q(station__kind=Station.Kind.SAMPLE)
    )


def area_savings(city_id: int, span: str, months: Sequence[date]) -> Iterator[Row]:
    """Agreeing homes' savings in these months, by place and by why not counted."""
    rows = (
        _savings(city_id, span, months)
        .annotate(reason=_reason(), station=_station())
        .values("month", "place", "kind", "part", "station", "reason")
        .annotate(**_sums())
        .order_by("month", "place", "kind", "part", "station", "reason")
    )
    for row in rows:
        yield Row(
            row["month"],
            row["place"],
            row["kind"],
            row["part"],
            row["station"],
            row["reason"],
            _sums_of(row),
        )


def _savings(city_id: int, span: str, months: Sequence[date]) -> QuerySet[Saving]:
    homes = Premises.objects.filter(of_the_area(), neighbourhood__city=city_id)
    return Saving.objects.filter(
        span=span, month__in=months, premises__in=homes.filter(counts_in_areas())
    ).annotate(
        place=F("premises__neighbourhood"),
        kind=F("premises__kind"),
        part=F("premises__part"),
    )


def _station() -> Coalesce:
    return Coalesce(
        "premises__station__number", "premises__neighbourhood__station_number"
    )


def _reason() -> Case:
    """Why a home's figure is left out; the first that holds."""
    nothing = Q(days=0) | Q(state=Saving.State.NONE)
    collecting = Q(state=Saving.State.COLLECTING, expected_kwh=None)
    unsure = Q(saved_kwh_low=None) | Q(saved_kwh_high=None)
    unpriced = Q(expected_won=None) | Q(saved_won_low=None) | Q(saved_won_high=None)
    return Case(
        When(nothing, then=Value(NO_DATA)),
        When(collecting, then=Value(COLLECTING)),
        When(
            Q(is_weather_corrected=False) | Q(expected_kwh=None) | unsure,
            then=Value(NOT_WEATHER_CORRECTED),
        ),
        When(premises__baseline__cvrmse__gt=POOR_FIT, then=Value(POOR_MODEL)),
        When(unpriced, then=Value(NOT_PRICED)),
        default=Value(COUNTED),
        output_field=CharField(),
    )


def _sums() -> dict[str, Any]:
    half_kwh = _number("saved_kwh_high") - _number("saved_kwh_low")
    half_won = _number("saved_won_high") - _number("saved_won_low")
    return {
        "homes": Count("pk"),
        "expected_kwh_sum": Sum("expected_kwh"),
        "actual_kwh_sum": Sum("actual_kwh"),
        "saved_kwh_sum": Sum("saved_kwh"),
        "expected_won_sum": Sum("expected_won"),
        "saved_won_sum": Sum("saved_won"),
        "square_kwh": Sum(half_kwh * half_kwh),
        "square_won": Sum(half_won * half_won),
        "low_kwh": Sum("saved_kwh_low"),
        "high_kwh": Sum("saved_kwh_high"),
        "low_won": Sum("saved_won_low"),
        "high_won": Sum("saved_won_high"),
        "most_expected": Max("expected_kwh"),
        "most_actual": Max("actual_kwh"),
        "most_won": Max("expected_won"),
    }


def _number(name: str) -> Cast:
    return Cast(F(name), FloatField())


def _sums_of(row: Mapping[str, Any]) -> Sums:
    return Sums(
        row["homes"],
        _wh(row["expected_kwh_sum"]),
        _wh(row["actual_kwh_sum"]),
        _wh(row["saved_kwh_sum"]),
        int(row["expected_won_sum"] or 0),
        int(row["saved_won_sum"] or 0),
        (row["square_kwh"] or 0.0) / 4,
        (row["square_won"] or 0.0) / 4,
        (_wh(row["high_kwh"]) - _wh(row["low_kwh"])) / 2000,
        ((row["high_won"] or 0) - (row["low_won"] or 0)) / 2,
        _wh(row["most_expected"]),
        _wh(row["most_actual"]),
        int(row["most_won"] or 0),
    )


def _wh(kwh: Any) -> int:
    """Stored values have three decimals, so the sum is whole in Wh."""
    return round((kwh or 0) * 1000)


def area_members(city_id: int, before: date) -> list[Members]:
    """Everybody who takes part, by place and month of joining, up to a day."""
    takes_part = Premises.objects.filter(
        of_the_area(),
        neighbourhood__city=city_id,
        part=Premises.Part.PARTICIPANT,
        joined_on__lt=before,
    )
    rows = (
        takes_part.values("neighbourhood", "kind", "joined_on")
        .annotate(homes=Count("pk"), agree=Count("pk", filter=counts_in_areas()))
        .order_by("neighbourhood", "kind", "joined_on")
    )
    return [
        Members(
            row["neighbourhood"],
            row["kind"],
            row["joined_on"].replace(day=1),
            row["homes"],
            row["agree"],
        )
        for row in rows
    ]

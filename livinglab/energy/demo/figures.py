"""What came out, home by home, beside what is true where that is known."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from livinglab.energy.demo.files import next_month
from livinglab.energy.demo.homes import owner_email
from livinglab.energy.demo.plan import HomePlan, Story
from livinglab.energy.demo.record import Ints, Record
from livinglab.energy.demo.samples import SAMPLES
from livinglab.energy.demo.samples_in import sample_email
from livinglab.energy.models import (
    AreaSaving,
    DailyUse,
    Membership,
    Meter,
    Premises,
    Saving,
)
from livinglab.observations.models import DailyWeather, Station

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Line:
    """One home of the table; kWh of up to twelve months."""

    premises: Premises
    plan: HomePlan | None
    saving: Saving | None
    true_kwh: float | None

    @property
    def is_estimated(self) -> bool:
        return (
            self.saving is not None
            and self.saving.is_weather_corrected
            and self.saving.saved_kwh_low is not None
        )

    @property
    def is_covered(self) -> bool | None:
        """Whether the band holds the truth; None where either is unknown."""
        saving = self.saving
        if not self.is_estimated or self.true_kwh is None or saving is None:
            return None
        low, high = saving.saved_kwh_low, saving.saved_kwh_high
        assert low is not None
        assert high is not None
        return float(low) <= self.true_kwh <= float(high)


def newest_years(
    homes: Sequence[Premises], *, before: date | None = None
) -> dict[int, Saving]:
    """Each home's newest twelve months that counted any day, of whole months."""
    found: dict[int, Saving] = {}
    rows = Saving.objects.filter(
        premises__in=[home.pk for home in homes], span=Saving.Span.YEAR, days__gt=0
    )
    if before is not None:
        rows = rows.filter(month__lt=before.replace(day=1))
    for saving in rows.order_by("month"):
        found[saving.premises_id] = saving
    return found


def lines_of(
    plans: Sequence[HomePlan], people: Sequence[dict[str, object]], record: Record
) -> list[Line]:
    """Every home of the plan with its newest year, in the plan's order."""
    by_email = _homes_by_owner()
    pairs = [
        (plan, home)
        for plan in plans
        if (home := by_email.get(owner_email(plan, people))) is not None
    ]
    years = newest_years([home for _plan, home in pairs], before=record.today)
    truths = Truths(record, [home for _plan, home in pairs])
    return [
        Line(home, plan, years.get(home.pk), truths.of(plan, home, years.get(home.pk)))
        for plan, home in pairs
    ]


def sample_lines() -> list[Line]:
    """The meters of the published sample, with the truth its authors state."""
    by_email = _homes_by_owner()
    found = []
    for sample in SAMPLES:
        home = by_email.get(sample_email(sample))
        if home is None:
            continue
        saving = newest_years([home]).get(home.pk)
        true = None
        if saving is not None and sample.true_share and saving.actual_kwh is not None:
            share = sample.true_share / (1 - sample.true_share)
            true = float(saving.actual_kwh) * share
        found.append(Line(home, None, saving, true))
    return found


def _homes_by_owner() -> dict[str, Premises]:
    owners = Membership.objects.filter(right=Membership.Right.OWNER).select_related(
        "premises__neighbourhood", "premises__station", "person"
    )
    return {row.person.email: row.premises for row in owners}


class Truths:
    """True savings over exactly the days an estimate counted."""

    def __init__(self, record: Record, homes: Sequence[Premises]) -> None:
        self.record = record
        self.used = _used_days(homes)
        self.weather: dict[int, set[int]] = {}

    def of(self, plan: HomePlan, home: Premises, saving: Saving | None) -> float | None:
        if saving is None or plan.story in {Story.BILLS, Story.READINGS}:
            return None
        return self.record.true_kwh(plan.index, self._counted(home, saving.month))

    def _counted(self, home: Premises, month: date) -> Ints:
        """Days after joining in the twelve months, with use and with weather."""
        first, after = twelve_months(month)
        first = max(first, home.joined_on + timedelta(1))
        weather = self._weather(home.station)
        used = [
            day
            for day in self.used[home.pk]
            if first.toordinal() <= day < after.toordinal() and day in weather
        ]
        return np.array(used, dtype=np.int64)

    def _weather(self, station: Station | None) -> set[int]:
        number = station.pk if station else 0
        if number not in self.weather:
            days = DailyWeather.objects.filter(station_id=number, tmean__isnull=False)
            known = days.values_list("day", flat=True)
            self.weather[number] = {day.toordinal() for day in known}
        return self.weather[number]


def twelve_months(month: date) -> tuple[date, date]:
    """The twelve months that end with this one as [first, after)."""
    after = next_month(month)
    return date(after.year - 1, after.month, 1), after


def _used_days(homes: Sequence[Premises]) -> dict[int, list[int]]:
    """Ordinals of the days with use, by home."""
    days: dict[int, list[int]] = defaultdict(list)
    rows = DailyUse.objects.filter(
        meter__premises__in=[home.pk for home in homes],
        meter__commodity=Meter.Commodity.ELECTRICITY,
        meter__flow=Meter.Flow.IMPORT,
    )
    for home, year, blob in rows.values_list("meter__premises", "year", "wh"):
        known = np.flatnonzero(np.frombuffer(bytes(blob), "<i4") > 0)
        days[home] += (known + date(year, 1, 1).toordinal()).tolist()
    return days


def newest_area(code: str, kind: str, before: date) -> AreaSaving | None:
    """The newest twelve whole months of a neighbourhood."""
    rows = AreaSaving.objects.filter(
        code=code, kind=kind, span="year", homes__gt=0, month__lt=before.replace(day=1)
    )
    return rows.order_by("-month").first()

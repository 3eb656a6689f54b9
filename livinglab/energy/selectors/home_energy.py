"""Everything the 에너지 page says about one home, gathered in few questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from livinglab.energy.baseline.sufficiency import LEAST_DAYS
from livinglab.energy.models import (
    Membership,
    Premises,
    Saving,
    SavingsDue,
    Upload,
)
from livinglab.energy.selectors.areas import area_share_of, with_area_share
from livinglab.energy.selectors.day_chart import DayRow, day_rows
from livinglab.energy.selectors.home_days import Year, home_days
from livinglab.energy.selectors.outlook import Outlook, outlook
from livinglab.kernel.numbers import share_of
from livinglab.kernel.plots import GoalBar, goal_bar
from livinglab.people.models import Person


@dataclass(frozen=True)
class MonthShare:
    """A month and what was saved of its bill."""

    saving: Saving
    share: float | None


@dataclass(frozen=True)
class HomeEnergy:
    """One home in one month, as its residents see it."""

    premises: Premises
    saving: Saving | None
    year: Saving | None
    months: list[Saving]
    area_share: float | None
    days: list[DayRow]
    outlook: Outlook

    @property
    def state(self) -> str:
        """The state of the month shown; without any figure the home is collecting."""
        if self.saving is not None:
            return self.saving.state
        baseline = getattr(self.premises, "baseline", None)
        return Saving.State.COLLECTING if baseline else Saving.State.NONE

    @property
    def first_day(self) -> date:
        """The first day of the month shown."""
        if self.saving is not None:
            return self.saving.month
        return timezone.localdate().replace(day=1)

    @property
    def is_this_month(self) -> bool:
        today = timezone.localdate()
        return self.saving is not None and self.saving.month == today.replace(day=1)

    @property
    def collected_days(self) -> int:
        baseline = getattr(self.premises, "baseline", None)
        return min(baseline.n, LEAST_DAYS) if baseline else 0

    @property
    def days_needed(self) -> int:
        return LEAST_DAYS

    @property
    def saved_share(self) -> float | None:
        """Saved won as a share of the expected bill; negative when more was used."""
        return None if self.saving is None else won_share(self.saving)

    @property
    def more_share(self) -> float | None:
        """How much more than usual was used, where it was more."""
        return None if self.saved_share is None else -self.saved_share

    @property
    def more_won(self) -> int | None:
        won = None if self.saving is None else self.saving.saved_won
        return None if won is None else -won

    @property
    def missing_days(self) -> int:
        """Days of the month that are over and have no value."""
        return sum(row.actual is None for row in self.days)

    @property
    def has_expected(self) -> bool:
        return any(row.expected is not None for row in self.days)

    @property
    def newest_day(self) -> date | None:
        """The newest day of the month shown that has a value."""
        known = [row.day for row in self.days if row.actual is not None]
        return known[-1] if known else None

    @property
    def counted_months(self) -> list[MonthShare]:
        """Months with a figure, newest first, for the table."""
        counted = [one for one in self.months if one.saved_won is not None]
        return [MonthShare(one, won_share(one)) for one in reversed(counted)]

    @property
    def goal(self) -> GoalBar | None:
        """From zero to the programme's goal, with this home and its neighbourhood."""
        if self.saving is None or self.saved_share is None:
            return None
        expected = self.saving.expected_won
        return goal_bar(
            0.0,
            self.premises.goal_share,
            self.saved_share,
            low=share_of(self.saving.saved_won_low, expected),
            high=share_of(self.saving.saved_won_high, expected),
            mark=self.area_share,
        )

    @property
    def before(self) -> Saving | None:
        """The month before the one shown."""
        return self._beside(-1)

    @property
    def after(self) -> Saving | None:
        return self._beside(1)

    def _beside(self, step: int) -> Saving | None:
        if self.saving is None:
            return None
        place = self.months.index(self.saving) + step
        return self.months[place] if 0 <= place < len(self.months) else None


def won_share(saving: Saving) -> float | None:
    """What was saved, as a share of the bill that was to be expected."""
    return share_of(saving.saved_won, saving.expected_won)


def homes_of(person: Person) -> QuerySet[Premises]:
    """The person's homes with what the page needs of each, oldest first."""
    due = SavingsDue.objects.filter(premises=OuterRef("pk"))
    reading = Upload.objects.filter(premises=OuterRef("pk")).due()
    owned = Membership.objects.filter(
        premises=OuterRef("pk"), person=person, right=Membership.Right.OWNER
    )
    homes = with_what_is_shown(Premises.objects.visible_to(person))
    return homes.annotate(
        is_computing=Exists(due), is_reading=Exists(reading), is_mine=Exists(owned)
    ).order_by("pk")


def with_what_is_shown(homes: QuerySet[Premises]) -> QuerySet[Premises]:
    """Each home with its place, model, station, discounts and stored outlook."""
    return homes.select_related(
        "neighbourhood__city",
        "baseline__station",
        "station",
        "discount_choice",
        "ahead",
    ).defer("neighbourhood__polygon", "neighbourhood__city__outline")


def home_energy(
    premises: Premises,
    month: date | None = None,
    *,
    years: Sequence[Year] | None = None,
    tariffs: tuple[Any, ...] = (),
    ahead: Outlook | None = None,
) -> HomeEnergy:
    """Gather one home's page for a month, or for the newest month with a figure.

    `years` are the home's stored years of days, `tariffs` the state of the tariff
    tables and `ahead` the outlook, where somebody read them already.
    """
    place = premises.neighbourhood.code
    savings = list(
        with_area_share(premises.savings.order_by("month"), place, premises.kind)
    )
    months = [saving for saving in savings if saving.span == Saving.Span.MONTH]
    twelve = [saving for saving in savings if saving.span == Saving.Span.YEAR]
    shown = _shown(months, month)
    first = shown.month if shown else (month or timezone.localdate().replace(day=1))
    known = home_days(premises, first, years)
    return HomeEnergy(
        premises=premises,
        saving=shown,
        year=next((y for y in twelve if shown and y.month == shown.month), None),
        months=months,
        area_share=area_share_of(shown) if shown else None,
        days=day_rows(premises, first, known),
        outlook=ahead or outlook(premises, known, tariffs),
    )


def _shown(months: list[Saving], wanted: date | None) -> Saving | None:
    if wanted is not None:
        return next((saving for saving in months if saving.month == wanted), None)
    return months[-1] if months else None

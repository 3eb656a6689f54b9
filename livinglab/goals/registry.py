"""How upper floors tell the programme's numbers.

An app counts in its `indicators.py`, found at start:

    from livinglab.goals.registry import Counted, Period, indicator

    @indicator("SH-N1", version="caltrack-2.0/1")
    def household_bill(city_id: int, period: Period) -> Counted | None:
        '''Change of the household bill in percent, at constant tariff.'''
        ...
        return Counted(value=-12.4, low=-15.0, high=-9.8, units=231,
                       source="savings of 231 homes")

The name is the goal's code. The function gets the city and a period, reads only,
and answers in the goal's own unit with the goal's own sign: for a goal "0 → -20 %"
a saving of 12.4 % is -12.4. `low` and `high` are the 90 % band (None where there
is none); `units` are the homes, answers or stations behind the value. None means:
there is nothing to say about this period, which is never the same as zero.
The function must obey the publication rule of its own app: what it returns is shown
to everybody. Change `version` whenever the method changes: every period measured by
another version becomes due again.

Periods are calendar months or years, local time. The nightly measurement asks for the
month and the year that contain yesterday, and for the two months before, because late
data still move them; `services.mark_due` asks for any other period.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """A calendar month ("2026-11") or year ("2026")."""

    key: str

    @classmethod
    def month_of(cls, day: date) -> "Period":
        return cls(f"{day:%Y-%m}")

    @classmethod
    def year_of(cls, day: date) -> "Period":
        return cls(f"{day:%Y}")

    @property
    def is_year(self) -> bool:
        return len(self.key) == 4

    @property
    def first(self) -> date:
        """The first day."""
        year, _dash, month = self.key.partition("-")
        return date(int(year), int(month or 1), 1)

    @property
    def last(self) -> date:
        """The last day, included."""
        if self.is_year:
            return date(self.first.year, 12, 31)
        return (self.first + timedelta(days=32)).replace(day=1) - timedelta(days=1)

    @property
    def before(self) -> "Period":
        """The month before a month, the year before a year."""
        eve = self.first - timedelta(days=1)
        return Period.year_of(eve) if self.is_year else Period.month_of(eve)


@dataclass(frozen=True)
class Counted:
    """What an indicator says about one period, in the goal's unit and sign."""

    value: float
    units: int
    low: float | None = None
    high: float | None = None
    source: str = ""


Count = Callable[[int, Period], Counted | None]


@dataclass(frozen=True)
class Indicator:
    """A way to count one goal."""

    code: str
    version: str
    count: Count


_indicators: dict[str, Indicator] = {}


def indicator(code: str, *, version: str) -> Callable[[Count], Count]:
    """Declare in an app's `indicators.py` how the goal `code` is counted."""

    def declare(function: Count) -> Count:
        known = _indicators.get(code)
        if known is not None and known.count is not function:
            raise ValueError(f"the indicator {code} is declared twice")
        _indicators[code] = Indicator(code, version, function)
        return function

    return declare


def indicators() -> dict[str, Indicator]:
    """All declared indicators by the code of their goal."""
    return dict(_indicators)

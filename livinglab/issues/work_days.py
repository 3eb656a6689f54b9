"""The promised day: work days of Korea, holidays and substitutes left out.

Pure. Days are local days of Asia/Seoul; the day a report arrives is day zero.
Holidays come from the `holidays` package (public holidays of Korea with substitutes).
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

IsHoliday = Callable[[date], bool]
ONE_DAY = timedelta(days=1)
# Two years. Further ahead nobody promises, and counting every day there takes long.
LONGEST_PROMISE = timedelta(days=731)
MOST_WORK_DAYS = 500


@lru_cache(maxsize=16)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(country_holidays("KR", years=year))


def is_holiday(day: date) -> bool:
    """Whether a public holiday of Korea falls on the day."""
    return day in _holidays_of(day.year)


def is_work_day(day: date, *, holiday: IsHoliday = is_holiday) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < 5 and not holiday(day)


def after_work_days(
    start: date, count: int, *, holiday: IsHoliday = is_holiday
) -> date:
    """The work day `count` work days after `start`; 0: `start` or the next work day.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("work days are counted forward")
    day = start
    while not is_work_day(day, holiday=holiday):
        day += ONE_DAY
        if count and is_work_day(day, holiday=holiday):
            count -= 1
    while count:
        day += ONE_DAY
        if is_work_day(day, holiday=holiday):
            count -= 1
    return day


def work_days_between(
    first: date, last: date, *, holiday: IsHoliday = is_holiday
) -> int:
    """Work days after `first` up to and with `last`; 0 when `last` is not later."""
    days = (last - first).days
    return sum(
        is_work_day(first + ONE_DAY * ahead, holiday=holiday)
        for ahead in range(1, days + 1)
    )


def after_a_pause(
    due: date, paused: date, resumed: date, *, holiday: IsHoliday = is_holiday
) -> date:
    """The promised day moved by the work days during which the clock stood still."""
    lost = work_days_between(paused, resumed, holiday=holiday)
    return after_work_days(due, lost, holiday=holiday) if lost else due

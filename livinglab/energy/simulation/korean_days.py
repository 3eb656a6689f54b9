"""Which days people in Korea are at home: weekends and public holidays (pure)."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

FIXED = {(1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25)}
# The middle day of Seollal and of Chuseok; the day before and after are free as well.
LUNAR = {
    date(*day)
    for day in (
        (2020, 1, 25), (2020, 10, 1), (2021, 2, 12), (2021, 9, 21), (2022, 2, 1),
        (2022, 9, 10), (2023, 1, 22), (2023, 9, 29), (2024, 2, 10), (2024, 9, 17),
        (2025, 1, 29), (2025, 10, 6), (2026, 2, 17), (2026, 9, 25), (2027, 2, 7),
        (2027, 9, 15), (2028, 1, 27), (2028, 10, 3), (2029, 2, 13), (2029, 9, 22),
        (2030, 2, 3), (2030, 9, 12),
    )
}  # fmt: skip


def is_holiday(day: date) -> bool:
    """A public holiday; lunar ones are known for 2020 to 2030."""
    beside = (day - timedelta(1), day, day + timedelta(1))
    return (day.month, day.day) in FIXED or any(near in LUNAR for near in beside)


def free_days(first: date, days: int) -> NDArray[np.bool_]:
    """True on Saturdays, Sundays and public holidays, one value a day."""
    every = (first + timedelta(i) for i in range(days))
    return np.array([day.weekday() >= 5 or is_holiday(day) for day in every])

"""Periods and the registry of indicators."""

from datetime import date

import pytest

from livinglab.goals.registry import Counted, Period, indicator, indicators


@pytest.mark.parametrize(
    ("key", "first", "last", "before"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "2026-01"),
        ("2026-01", date(2026, 1, 1), date(2026, 1, 31), "2025-12"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026-11"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2025"),
    ],
)
def test_a_period_knows_its_days(
    key: str, first: date, last: date, before: str
) -> None:
    period = Period(key)
    assert (period.first, period.last) == (first, last)
    assert period.before == Period(before)


def test_an_indicator_is_declared_once() -> None:
    def count(city_id: int, period: Period) -> Counted | None:
        return None

    def other(city_id: int, period: Period) -> Counted | None:
        return None

    indicator("SH-N1", version="1")(count)
    indicator("SH-N1", version="1")(count)
    assert list(indicators()) == ["SH-N1"]
    with pytest.raises(ValueError, match="twice"):
        indicator("SH-N1", version="2")(other)

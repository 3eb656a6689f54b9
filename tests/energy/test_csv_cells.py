"""Numbers, days and hours as files write them."""

# ruff: noqa: E501 - tables read best a case a line

from __future__ import annotations

from datetime import date

import pytest

from livinglab.energy.readers import csv_cells as cells

HOUR = 3600


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1,234.5", 1234.5), (" 0.13 ", 0.13), ("\t7", 7), ("\u3000 5\u00a0", 5), (".5", 0.5),
     ("", None), ("-", None), ("Null", None), ("NULL", None), ("N/A", None), ("null", None), ("nan", None)],
)  # fmt: skip
def test_a_number_is_read_or_missing(cell: str, value: float | None) -> None:
    assert cells.number(cell) == value


@pytest.mark.parametrize("cell", ["abc", "1.2.3", "12,34", "0x1F", "1_000", "inf", "٣"])
def test_what_is_no_number_is_told(cell: str) -> None:
    with pytest.raises(cells.BadCell):
        cells.number(cell)


@pytest.mark.parametrize(
    "cell",
    ["2025-09-01", "2025.09.01", "2025.9.1.", "2025/9/1", "20250901", "2025년 9월 1일", "2025. 9. 1", '"\t2025-09-01"'],
)  # fmt: skip
def test_a_day_is_read_in_every_spelling(cell: str) -> None:
    assert cells.when(cell).day == date(2025, 9, 1).toordinal()


@pytest.mark.parametrize(
    "cell", ["25-09-01", "01/09/2025", "2025-13-01", "2025-02-30", "yesterday", ""]
)
def test_an_unclear_day_is_refused(cell: str) -> None:
    with pytest.raises(cells.BadCell):
        cells.when(cell)


@pytest.mark.parametrize(
    ("cell", "second"),
    [("07:30", 27_000), ("7:30:00", 27_000), ("07:30:00.000000", 27_000), ("0730", 27_000), ("7시", 25_200),
     ("7시 30분", 27_000), ("7", 25_200), ("24:00", 86_400), ("24시", 86_400), ("2400", 86_400), ("오후 7:30", 70_200), ("오전 12:00", 0)],
)  # fmt: skip
def test_a_time_of_day_is_read_in_every_spelling(cell: str, second: int) -> None:
    assert cells.clock(cell) == (second, None)


@pytest.mark.parametrize(
    "cell", ["0시~1시", "00:00~01:00", "00:00 - 01:00", "0시-1시", "00:00-01:00"]
)
def test_a_range_of_hours_is_read(cell: str) -> None:
    assert cells.clock(cell) == (0, HOUR)


@pytest.mark.parametrize("cell", ["25:00", "12:60", "24:15", "noon", "97"])
def test_a_time_that_is_none_is_refused(cell: str) -> None:
    with pytest.raises(cells.BadCell):
        cells.clock(cell)

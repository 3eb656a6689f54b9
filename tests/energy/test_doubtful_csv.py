"""CSV files with doubtful rows, bad files, long and real ones."""

# ruff: noqa: E501 - tables read best a case a line

from __future__ import annotations

import io
import tracemalloc
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from livinglab.energy.readers.limits import FACILITY
from livinglab.energy.readers.understood import Unreadable
from livinglab.energy.readers.usage_file import read_usage_file
from tests.energy.test_read_usage_csv import asked, hourly, read, refusal, values

NOW = datetime(2025, 9, 10, tzinfo=UTC).timestamp()


def test_missing_values_are_missing_not_zero() -> None:
    text = hourly().replace("0.035", "Null").replace("0.045", "")
    found = read(text)
    assert len(values(found)) == 44
    assert found.understood.notes[0].facts == {"count": 4}
    assert len(found.understood.gaps) == 2


def test_a_row_off_the_grid_is_dropped_and_listed() -> None:
    found = read(hourly() + "2025-09-03 12:37:27,0.5\n")
    assert len(values(found)) == 48
    assert [(row.code, row.text) for row in found.understood.refused] == [
        ("off_grid", "2025-09-03 12:37:27")
    ]


def test_duplicates_are_dropped_and_of_conflicts_the_later_stays() -> None:
    found = read(hourly() + "2025-09-01 00:00,0.005\n2025-09-01 01:00,0.7\n")
    assert (len(values(found)), found.understood.duplicates) == (48, 2)
    assert values(found)[1] == 700_000
    assert [note.code for note in found.understood.notes] == ["conflicts"]


def test_bad_rows_are_refused_with_line_and_reason() -> None:
    text = (
        hourly()
        .replace("2025-09-01 05:00,0.055", "soon,0.055")
        .replace("0.065", "six", 1)
    )
    found = read(text)
    assert [(r.line, r.code) for r in found.understood.refused] == [
        (7, "bad_date"),
        (8, "bad_cell"),
    ]
    assert len(values(found)) == 46


def test_a_day_of_200_kwh_needs_a_yes() -> None:
    text = "날짜,사용량(kWh)\n2025-09-01,200\n2025-09-02,12\n"
    assert asked(read(text)) == ["large_days"]
    assert len(values(read(text, large_days="yes"))) == 2


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("", "empty"),
        ("\ufeff\n", "empty"),
        ("<html><body>Session expired</body></html>", "web_page"),
        ("hello\nworld\n", "no_table"),
        ("name,age\nA,3\n", "no_table"),
        ("날짜,사용량(kWh)\n", "no_readings"),
        ("날짜,사용량(kWh)\n2025-09-01,-\n", "no_readings"),
        ("날짜,사용량(kWh)\nsoon,3\n", "no_readable_rows"),
        ("날짜,사용량(kWh)\n2025-09-01,-3.5\n2025-09-02,3\n", "negative"),
        ("날짜,사용량(kWh)\n2025-09-30,3.5\n2025-09-02,3\n", "future"),
        (
            "일시,사용량(kWh)\n2025-09-01 00:00,350\n2025-09-01 00:15,420\n",
            "implausible",
        ),
        ("일시,사용량(kWh)\n2025-09-01 00:00,3\n", "one_row"),
        ("일시,사용량(kWh)\n2025-09-01 00:00,3\n2025-09-01 00:07,3\n", "no_step"),
        (hourly() + "2025-09-03 00:00,0.1\n2025-09-0", "cut_off_row"),
        ("날짜,평균기온(℃),최저기온(℃)\n2025-01-01,3.1,1.0\n", "weather_file"),
        ("일시,메모\n2025-09-01 00:00,3\x00\n2025-09-01 01:00,3\n", "binary"),
        ("1900-01-01,5\n2025-01-01,6\n", "years_apart"),
    ],
)
def test_a_bad_file_is_refused_by_name(file: str, code: str) -> None:
    assert refusal(file) == code


def test_hours_and_quarters_in_one_file_are_refused() -> None:
    quarters = "".join(
        f"2025-09-04 {q // 4:02d}:{q % 4 * 15:02d},0.1\n" for q in range(96)
    )
    assert refusal(hourly(days=3) + quarters) == "mixed_steps"


def test_the_unit_may_be_corrected_by_an_answer() -> None:
    text = "일시,사용량(kWh)\n2025-09-01 00:00,350\n2025-09-01 00:15,420\n"
    assert values(read(text, unit="Wh")) == [350_000, 420_000]


def test_a_facility_may_use_more_than_a_home() -> None:
    file = io.BytesIO(b"datetime,kwh\n2025-09-01 00:00,120\n2025-09-01 01:00,130\n")
    assert read_usage_file(file, now=NOW, limits=FACILITY).streams


def test_memory_stays_flat_on_a_long_file(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    moment = datetime(2005, 1, 1)  # noqa: DTZ001 - a label as files have them
    with path.open("w") as file:
        file.write("datetime,kwh\n")
        for step in range(120_000):
            file.write(f"{moment + timedelta(minutes=15 * step):%Y-%m-%d %H:%M},0.25\n")
    tracemalloc.start()
    with path.open("rb") as upload:
        found = read_usage_file(upload, now=NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.understood.readings == 120_000
    assert peak < 45_000_000


def test_the_uci_home_is_known_by_its_column(shared_data: Path) -> None:
    with (shared_data / "households/uci_household_power_consumption_days.csv").open(
        "rb"
    ) as file:
        found = read_usage_file(file)
    assert len(found.streams[0].intervals) == 1_442
    # 1209.176 kW summed over the minutes of the first day.
    assert values(found)[0] == round(1209.176 / 60 * 1_000_000)


def test_the_sgsc_homes_are_asked_about_and_read(shared_data: Path) -> None:
    path = shared_data / "households/sgsc_4homes_halfhourly.csv.gz"
    with path.open("rb") as file:
        assert asked(read_usage_file(file)) == ["customer"]
        found = read_usage_file(file, answers={"customer": "10006414"})
    assert found.understood.resolution_s == 1800
    assert found.understood.hour_rule == "beginning"
    assert found.understood.kwh == Decimal("6696.114")


def test_a_weather_file_is_told_from_usage(shared_data: Path) -> None:
    with (
        (shared_data / "kma/daegu_143_daily_temp_2022_2024.csv").open("rb") as file,
        pytest.raises(Unreadable) as refused,
    ):
        read_usage_file(file)
    assert refused.value.code == "weather_file"

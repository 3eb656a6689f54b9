"""CSV files with a column an hour, a quarter or a moment."""

from __future__ import annotations

import pytest

from tests.energy.test_read_usage_csv import SEPTEMBER, asked, read, starts, values


def test_a_wide_file_of_quarter_hours_is_unfolded() -> None:
    labels = [f"{q // 4:02d}:{q % 4 * 15:02d}" for q in range(1, 97)]
    row = ",".join(str(q / 1000) for q in range(96))
    found = read(
        f"일자,{','.join(labels)}\n2025-09-01,{row}\n2025-09-02,{row}\n", unit="kWh"
    )
    assert found.understood.format == "csv_wide"
    assert (starts(found)[0], len(values(found))) == (SEPTEMBER, 192)
    assert values(found)[:3] == [0, 1_000, 2_000]


def test_a_wide_file_of_hours_in_korean_is_unfolded() -> None:
    head = ",".join(f"{hour}시" for hour in range(1, 25))
    row = ",".join("0.5" for _ in range(23)) + ",-"
    found = read(f"날짜,{head}\n2025.09.01,{row}\n", unit="kWh")
    assert len(values(found)) == 23
    assert found.understood.hour_rule == "ending"


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
@pytest.mark.parametrize(
    ("heading", "first", "rule"),
    [
        ("{}시(kWh)", 0, "beginning"),
        ("{}시 [kWh]", 1, "ending"),
        ("{:02d}시 사용량(kWh)", 0, "beginning"),
        ("{}시간(kWh)", 1, "ending"),
        ("{:02d}:00 kWh", 0, "beginning"),
        ("{}시간대 전력사용량 kWh", 0, "beginning"),
        ("사용량 {}시(kWh)", 1, "ending"),
        ("{:02d}:00_kWh", 1, "ending"),
        ("{}(kWh)", 1, "ending"),
    ],
)
def test_hours_with_units_and_words_around_them_are_hours(
    heading: str, first: int, rule: str, encoding: str
) -> None:
    head = ",".join(heading.format(hour) for hour in range(first, first + 24))
    row = ",".join(str(hour / 10) for hour in range(1, 25))
    text = f"날짜,{head},합계(kWh)\n2025-09-01,{row},30.0\n2025-09-02,{row},30.0\n"
    found = read(text.encode(encoding))
    assert (found.understood.format, found.understood.hour_rule) == ("csv_wide", rule)
    assert (starts(found)[0], len(values(found))) == (SEPTEMBER, 48)
    assert values(found)[:3] == [100_000, 200_000, 300_000]


def test_quarters_with_a_unit_are_quarters() -> None:
    labels = [f"{q // 4:02d}:{q % 4 * 15:02d} kWh" for q in range(96)]
    row = ",".join(["0.25"] * 96)
    found = read(f"일자,{','.join(labels)}\n2025-09-01,{row}\n".encode("cp949"))
    assert found.understood.format == "csv_wide"
    assert (len(values(found)), found.understood.resolution_s) == (96, 900)


def test_hours_without_a_unit_anywhere_leave_the_unit_open() -> None:
    head = ",".join(f"{hour:02d}시 사용량" for hour in range(24))
    row = ",".join(["0.5"] * 24)
    text = f"날짜,{head}\n2025-09-01,{row}\n"
    assert "unit" in asked(read(text))
    assert len(values(read(text, unit="kWh"))) == 24


def test_a_few_columns_of_hours_are_not_a_wide_file() -> None:
    text = "날짜,1시간(kWh),최대(kW)\n2025-09-01,9.5,1\n2025-09-02,9.1,1\n"
    assert read(text, column="1시간(kWh)").understood.format == "csv"


def test_a_wide_file_with_a_column_a_moment_is_unfolded() -> None:
    head = ",".join(f"2025-09-01 {hour:02d}:00" for hour in range(24))
    rows = "".join(f"101,{home}," + ",".join(["0.5"] * 24) + "\n" for home in (1, 2))
    text = f"동,호,{head}\n{rows}"
    assert "customer" in asked(read(text))
    assert len(values(read(text, customer="101-2", unit="kWh"))) == 24

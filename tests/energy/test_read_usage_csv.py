"""CSV files of many kinds: understood, asked about, or refused; never guessed."""

# ruff: noqa: E501 - tables read best a case a line

from __future__ import annotations

import gzip
import io
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from livinglab.energy.readers import csv_cells as cells
from livinglab.energy.readers.limits import FACILITY
from livinglab.energy.readers.understood import FileRead, Unreadable
from livinglab.energy.readers.usage_file import read_usage_file

NOW = datetime(2025, 9, 10, tzinfo=UTC).timestamp()
SEPTEMBER = 1_756_652_400  # 2025-09-01 in Seoul
HOUR = 3600


def read(file: str | bytes, encoding: str = "utf-8", **answers: str) -> FileRead:
    data = file if isinstance(file, bytes) else file.encode(encoding)
    return read_usage_file(io.BytesIO(data), answers=answers, now=NOW)


def refusal(file: str | bytes, **answers: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read(file, **answers)
    return refused.value.code


def values(found: FileRead) -> list[int]:
    return found.streams[0].intervals.value.tolist()


def starts(found: FileRead) -> list[int]:
    return found.streams[0].intervals.start.tolist()


def asked(found: FileRead) -> list[str]:
    assert not found.streams
    return [question.code for question in found.understood.questions]


def hourly(
    head: str = "일시,사용량(kWh)", days: int = 2, first: str = "2025-09-01"
) -> str:
    rows = [head]
    for day in range(days):
        label = date.fromisoformat(first) + timedelta(days=day)
        rows += [f"{label} {hour:02d}:00,0.{hour:02d}5" for hour in range(24)]
    return "\n".join(rows) + "\n"


# Cells --------------------------------------------------------------------------------


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


# Encodings, delimiters, headers -------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp949", "euc_kr", "utf-16"]
)
def test_korean_files_are_read_in_their_encodings(encoding: str) -> None:
    found = read(hourly(), encoding=encoding)
    assert found.understood.readings == 48
    assert len(values(found)) == 48


def test_undecodable_bytes_are_refused_not_replaced() -> None:
    assert refusal(hourly().encode() + b"\xff\xff\x80\n") == "undecodable"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_found(delimiter: str) -> None:
    assert len(values(read(hourly().replace(",", delimiter)))) == 48


def test_a_decimal_comma_is_read_between_semicolons() -> None:
    text = hourly().replace(",", ";").replace(".", ",")
    assert values(read(text))[:2] == [5_000, 15_000]


def test_a_preamble_and_a_total_row_are_passed_over() -> None:
    text = "시흥 아파트 전력사용량\n고객,홍길동\n\n" + hourly() + "합계,12.3\n"
    found = read(text)
    assert (len(values(found)), found.understood.refused_count) == (48, 0)


@pytest.mark.parametrize(
    "head",
    ["일시,사용량(kWh)", "사용일시,전력사용량 [kWh]", "datetime,general_supply_kwh", "DateTime,KWH/hh (per half hour)", "timestamp,KWH", "날짜,수전전력량（kWh）"],
)  # fmt: skip
def test_headers_are_known_by_many_names(head: str) -> None:
    assert len(values(read(hourly(head)))) == 48


def test_the_unit_is_asked_when_the_header_is_silent() -> None:
    found = read(hourly("start,value"))
    assert asked(found) == ["unit"]
    assert found.understood.kwh is None
    options = {o.value: o.facts for o in found.understood.questions[0].options}
    assert options["kWh"] == {"kwh_a_day": 2.88}
    assert values(read(hourly("start,value"), unit="Wh"))[1] == 15


def test_mean_kilowatts_count_by_the_length_of_the_interval() -> None:
    text = "일시,평균전력(kW)\n" + "".join(
        f"2025-09-01 00:{m:02d},2.0\n" for m in (0, 15, 30, 45)
    )
    assert values(read(text)) == [500_000] * 4


def test_several_columns_are_asked_about() -> None:
    text = "일시,본관,별관\n2025-09-01 00:00,1,2\n2025-09-01 01:00,3,4\n"
    assert asked(read(text)) == ["column", "unit"]
    assert values(read(text, column="별관", unit="kWh")) == [2_000_000, 4_000_000]


def test_several_homes_are_asked_about() -> None:
    text = "동,호,일시,사용량(kWh)\n" + "".join(
        f"101,{home},2025-09-01 {hour:02d}:00,{home / 1000}\n"
        for home in (501, 502)
        for hour in range(24)
    )
    found = read(text)
    assert asked(found) == ["customer"]
    (question,) = found.understood.questions
    assert [(o.value, o.facts["readings"]) for o in question.options] == [
        ("101-501", 24),
        ("101-502", 24),
    ]
    assert values(read(text, customer="101-502")) == [502_000] * 24


def test_a_packed_file_is_read_and_a_packed_bomb_is_not() -> None:
    assert len(values(read(gzip.compress(hourly().encode())))) == 48
    assert refusal(gzip.compress(b"0" * 30_000_000)) == "too_large"
    assert refusal(gzip.compress(hourly().encode())[:60]) == "cut_off"


# What an hour label means -------------------------------------------------------------


def labelled(labels: list[str]) -> str:
    rows = "".join(f"2025-09-01,{label},0.1\n" for label in labels)
    return "날짜,시간,사용량(kWh)\n" + rows


def test_a_label_of_24_means_that_labels_end_hours() -> None:
    found = read(labelled([f"{hour:02d}:00" for hour in range(1, 25)]))
    assert found.understood.hour_rule == "ending"
    assert (starts(found)[0], starts(found)[-1]) == (SEPTEMBER, SEPTEMBER + 23 * HOUR)


def test_labels_from_zero_begin_hours() -> None:
    found = read(labelled([str(hour) for hour in range(24)]))
    assert found.understood.hour_rule == "beginning"
    assert starts(found)[0] == SEPTEMBER


def test_a_range_says_it_itself() -> None:
    found = read(labelled([f"{hour}시~{hour + 1}시" for hour in range(24)]))
    assert found.understood.hour_rule == "range"
    assert starts(found)[-1] == SEPTEMBER + 23 * HOUR


def test_labels_from_one_to_23_are_asked_about() -> None:
    text = labelled([str(hour) for hour in range(1, 24)])
    assert asked(read(text)) == ["hours"]
    assert starts(read(text, hours="ending"))[0] == SEPTEMBER
    assert starts(read(text, hours="beginning"))[0] == SEPTEMBER + HOUR


def test_a_range_of_moments_is_read() -> None:
    text = 'Energy usage for\n"2025-09-01 00:00:00 to 2025-09-01 00:15:00","0.25",""\n"2025-09-01 00:15:00 to 2025-09-01 00:30:00","0.5",""\n'
    found = read(text, unit="kWh")
    assert values(found) == [250_000, 500_000]
    assert found.understood.resolution_s == 900


# Shapes -------------------------------------------------------------------------------


def test_a_headerless_register_file_of_a_complex_is_read() -> None:
    rows = [
        f"1011201,2025-09-01,{q // 4:02d}:{q % 4 * 15:02d},{1000 + q * 0.1:.1f},7"
        for q in range(96)
    ]
    rows.insert(5, rows[4])
    found = read("\n".join(rows) + "\n", unit="kWh")
    assert found.understood.format == "csv_register"
    assert found.understood.duplicates == 1
    assert len(values(found)) == 95
    assert set(values(found)) == {100_000}


def test_a_register_that_falls_leaves_a_gap_not_a_negative() -> None:
    text = "일시,지침(kWh)\n" + "".join(
        f"2025-09-01 {hour:02d}:00,{value}\n"
        for hour, value in enumerate([10, 12, 13, 1, 2])
    )
    found = read(text)
    assert values(found) == [2_000_000, 1_000_000, 1_000_000]
    assert [note.code for note in found.understood.notes] == ["register_fell"]
    assert len(found.understood.gaps) == 1


def test_one_row_a_day_lasts_from_midnight_to_midnight() -> None:
    found = read("날짜,사용량(kWh)\n2025-09-01,8.5\n2025-09-02,-\n2025-09-03,9.25\n")
    assert found.understood.hour_rule == "day"
    assert starts(found) == [SEPTEMBER, SEPTEMBER + 2 * 86_400]
    assert values(found) == [8_500_000, 9_250_000]


def test_one_row_a_month_is_a_bill_not_days() -> None:
    found = read("사용년월,사용량(kWh)\n2025-06,310\n2025-07,350\n2025-08,420\n")
    stream = found.streams[0].intervals
    assert stream.duration.tolist() == [30 * 86_400, 31 * 86_400, 31 * 86_400]
    assert "bills_not_days" in [note.code for note in found.understood.notes]


def test_use_up_to_a_reading_day_belongs_to_the_month_before_it() -> None:
    found = read(
        "검침일,전월지침,당월지침,당월사용량(kWh)\n"
        "2025-05-15,100,400,300\n2025-06-15,400,720,320\n2025-07-15,720,1100,380\n"
    )
    may = int(datetime(2025, 5, 15, tzinfo=ZoneInfo("Asia/Seoul")).timestamp())
    assert starts(found)[0] == may
    assert values(found) == [320_000_000, 380_000_000]


def test_summer_time_in_another_zone_gives_a_25_hour_day() -> None:
    rows = "".join(f"2023-10-29 {hour:02d}:00,0.1\n" for hour in (0, 1, 2, 2, 3, 4))
    file = io.BytesIO(f"datetime,kwh\n{rows}".encode())
    found = read_usage_file(file, zone=ZoneInfo("Europe/Berlin"), now=NOW)
    first = int(datetime(2023, 10, 28, 22, tzinfo=UTC).timestamp())
    assert starts(found) == [first + HOUR * hour for hour in range(6)]


def test_times_with_a_zone_are_taken_at_their_word() -> None:
    found = read(
        "start,kwh\n2020-04-01 01:00:00+00:00,0.1\n2020-04-01 02:00:00+00:00,0.2\n"
    )
    assert found.understood.first == datetime(2020, 4, 1, 1, tzinfo=UTC)


# Doubtful rows ------------------------------------------------------------------------


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


# Real files ---------------------------------------------------------------------------


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

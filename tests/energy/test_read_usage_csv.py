"""CSV files of many kinds: understood or asked about; never guessed."""

# ruff: noqa: E501 - tables read best a case a line

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

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

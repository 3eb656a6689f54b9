"""Green Button files: what is taken, and what is refused in words."""

# ruff: noqa: E501 - tables read best a case a line

from __future__ import annotations

import io
import tracemalloc
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from livinglab.energy.readers.understood import FileRead, Unreadable
from livinglab.energy.readers.usage_file import read_usage_file

NOW = datetime(2025, 9, 10, tzinfo=UTC).timestamp()
START = 1_756_652_400  # 2025-09-01 in Seoul
WH = "<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom>"


def entry(own: str, content: str, *related: str, up: str = "") -> str:
    links = "".join(f'<link rel="related" href="{href}"/>' for href in related)
    parent = f'<link rel="up" href="{up}"/>' if up else ""
    return (
        f'<entry><link rel="self" href="{own}"/>{parent}{links}<title>{own}</title>'
        f"<content>{content}</content></entry>"
    )


def espi(name: str, inside: str = "") -> str:
    return f'<{name} xmlns="http://naesb.org/espi">{inside}</{name}>'


def reading(
    start: int | str, value: int | str, duration: int = 3600, quality: str = ""
) -> str:
    code = f"<ReadingQuality><quality>{quality}</quality></ReadingQuality>"
    return (
        f"<IntervalReading>{code if quality else ''}<timePeriod><duration>{duration}"
        f"</duration><start>{start}</start></timePeriod><value>{value}</value>"
        "</IntervalReading>"
    )


def hours(count: int = 24, start: int = START, value: int = 250) -> str:
    return "".join(reading(start + 3600 * hour, value + hour) for hour in range(count))


def feed(
    *blocks: str, kind: str = "0", reading_type: str = WH, extra: str = ""
) -> bytes:
    parts = [
        entry(
            "U/1",
            espi(
                "UsagePoint", f"<ServiceCategory><kind>{kind}</kind></ServiceCategory>"
            ),
            "U/1/M",
        ),
        entry("U/1/M/1", espi("MeterReading"), "T/1", "U/1/M/1/B", up="U/1/M"),
        entry("T/1", espi("ReadingType", reading_type)),
        *(
            entry(f"U/1/M/1/B/{number}", espi("IntervalBlock", block), up="U/1/M/1/B")
            for number, block in enumerate(blocks)
        ),
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
    return (head + "".join(parts) + extra + "</feed>").encode()


def read(file: bytes, **answers: str) -> FileRead:
    return read_usage_file(io.BytesIO(file), answers=answers, now=NOW)


def refusal(file: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(file)
    return refused.value.code


def test_a_day_of_hours_is_understood() -> None:
    found = read(feed(hours())).understood
    assert (found.format, found.blocks, found.readings) == ("green_button", 1, 24)
    assert found.kwh == Decimal("6.276")
    assert found.resolution_s == 3600
    assert found.first == datetime(2025, 8, 31, 15, tzinfo=UTC)
    assert [(m.month, m.readings, m.days) for m in found.months] == [("2025-09", 24, 1)]
    assert not found.gaps
    assert not found.questions


def test_the_power_of_ten_scales_the_values() -> None:
    kilo = WH.replace(">0<", ">3<")
    assert read(feed(reading(START, 2), reading_type=kilo)).understood.kwh == 2
    milli = WH.replace(">0<", ">-3<")
    stream = read(feed(reading(START, 1234), reading_type=milli)).streams[0]
    assert stream.intervals.value.tolist() == [1234]


def test_mean_watts_become_watt_hours() -> None:
    watts = "<dataQualifier>2</dataQualifier><uom>38</uom>"
    found = read(feed(reading(START, 400, duration=900), reading_type=watts))
    assert found.streams[0].intervals.value.tolist() == [100_000]


def test_a_cumulative_register_is_read_as_differences() -> None:
    register = "<accumulationBehaviour>3</accumulationBehaviour>" + WH
    block = "".join(
        reading(START + 3600 * k, v, 0) for k, v in enumerate([100, 160, 90, 130])
    )
    found = read(feed(block, reading_type=register)).streams[0].intervals
    assert found.value.tolist() == [60_000, 40_000]
    assert found.start.tolist() == [START, START + 7200]


def test_reverse_energy_is_a_stream_of_its_own() -> None:
    found = read(feed(hours(2), reading_type="<flowDirection>19</flowDirection>" + WH))
    assert [stream.flow for stream in found.streams] == ["export"]


def test_gas_keeps_its_own_unit() -> None:
    therm = "<powerOfTenMultiplier>-3</powerOfTenMultiplier><uom>169</uom>"
    found = read(feed(reading(START, 37_000), kind="1", reading_type=therm))
    assert (found.understood.commodity, found.understood.unit) == ("gas", "therm")
    assert found.understood.quantity == 37
    assert found.understood.kwh is None


def test_gaps_and_estimates_are_told() -> None:
    block = reading(START, 5, quality="8") + reading(START + 3 * 3600, 6)
    found = read(feed(block)).understood
    assert [(gap.start, gap.end) for gap in found.gaps] == [
        (START + 3600, START + 10_800)
    ]
    assert (found.gap_seconds, found.estimated) == (7200, 1)


def test_the_bill_in_the_file_is_information() -> None:
    summary = espi(
        "UsageSummary",
        "<billingPeriod><duration>2678400</duration><start>1753974000</start></billingPeriod>"
        "<billLastPeriod>5998000000</billLastPeriod><currency>410</currency>"
        "<overallConsumptionLastPeriod><powerOfTenMultiplier>3</powerOfTenMultiplier>"
        "<uom>72</uom><value>350</value></overallConsumptionLastPeriod>",
    )
    (bill,) = read(feed(hours(), extra=entry("S/1", summary))).understood.bills
    assert (bill.amount, bill.currency, bill.quantity) == (59_980, 410, 350_000)


def test_two_meters_of_one_kind_are_asked_about() -> None:
    second = (
        entry(
            "U/2",
            espi("UsagePoint", "<ServiceCategory><kind>0</kind></ServiceCategory>"),
            "U/2/M",
        )
        + entry("U/2/M/1", espi("MeterReading"), "T/1", "U/2/M/1/B", up="U/2/M")
        + entry("U/2/M/1/B/0", espi("IntervalBlock", hours(3)), up="U/2/M/1/B")
    )
    asked = read(feed(hours(), extra=second))
    assert [q.code for q in asked.understood.questions] == ["meter"]
    assert not asked.streams
    answered = read(feed(hours(), extra=second), meter="U/2")
    assert len(answered.streams[0].intervals) == 3


def test_a_block_may_carry_readings_twice() -> None:
    found = read(feed(hours(), hours())).understood
    assert (found.readings, found.duplicates) == (48, 24)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "web_page"),
        (feed(hours()).replace(b"<feed", b'<!DOCTYPE feed [<!ENTITY a "b">]><feed', 1), "doctype"),
        (feed(hours()).replace(b"<feed", b"<!DOCTYPE feed SYSTEM 'http://x/y'><feed", 1), "doctype"),
        (feed(hours())[:2000], "cut_off"),
        (feed(hours())[:-1], "cut_off"),
        (feed(), "no_readings"),
        (feed(hours()).replace(b"</value>", b"</valu>", 1), "broken_xml"),
        (b'<?xml version="1.0"?><other/>', "not_green_button"),
        (feed(reading("1756652400.5", 5)), "bad_start"),
        (feed(reading(0, 5)), "bad_start"),
        (feed(reading(START, "12.5")), "bad_number"),
        (feed(reading(START, 5), reading(START, 6)), "repeated_start"),
        (feed(reading(START, -5)), "negative"),
        (feed(reading(START, 5, duration=0)), "no_duration"),
        (feed(reading(START + 20 * 86_400, 5)), "future"),
        (feed(reading(START, 90_000)), "implausible"),
        (feed(hours(), reading_type=""), "no_unit"),
        (feed(hours(), reading_type=WH.replace("72", "169")), "wrong_unit"),
        (feed(hours(), reading_type="<uom>38</uom>"), "power_not_mean"),
        (feed(hours(), reading_type="<flowDirection>4</flowDirection>" + WH), "net_flow"),
        (feed(hours(), reading_type="<accumulationBehaviour>12</accumulationBehaviour>" + WH), "accumulation"),
        (feed(hours(), reading_type="<commodity>3</commodity>" + WH), "commodity"),
        (feed(hours(), extra=entry("T/2", espi("ReadingType", WH))).replace(b'related" href="T/1"', b'related" href="T/9"'), "several_reading_types"),
        (feed(hours(), extra="<x>" * 20 + "</x>" * 20), None),
        (feed("<a>" * 90_000 + "</a>" * 90_000), "too_deep"),
        (feed(extra="<entry><content><UsagePoint xmlns='http://naesb.org/espi'>" + "<a/>" * 150_000), "not_green_button"),
        (b"PK\x03\x04" + b"0" * 50, "archive"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "undecodable"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_name(file: bytes, code: str | None) -> None:
    if code is None:
        assert read(file).understood.readings == 24
    else:
        assert refusal(file) == code


def test_a_utf16_file_is_read() -> None:
    text = feed(hours()).decode().replace("UTF-8", "UTF-16")
    assert read(text.encode("utf-16")).understood.readings == 24


def test_twenty_megabytes_are_enough() -> None:
    padded = feed(hours()).replace(b"</feed>", b" " * (21 * 1024 * 1024) + b"</feed>")
    assert refusal(padded) == "too_large"


def test_memory_stays_flat_on_a_long_file(tmp_path: Path) -> None:
    path = tmp_path / "long.xml"
    whole = feed("", "MARK").decode()
    head, tail = whole.split("MARK")
    with path.open("w") as file:
        file.write(head)
        for day in range(700):
            file.write(hours(24, START - 86_400 * (700 - day)))
        file.write(tail)
    tracemalloc.start()
    with path.open("rb") as upload:
        found = read_usage_file(upload, now=NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.understood.readings == 16_800
    assert path.stat().st_size > 2_000_000
    assert peak < 4_000_000


# The published samples ----------------------------------------------------------------

SAMPLES = [
    ("electricity/Coastal_Multi*", 730, 8_760, 4_425_305, "2011-01-01T08", "2012-01-01T07"),
    ("electricity/Inland_Single*", 12, 8_760, 8_343_306, "2011-01-01T08", "2012-01-01T07"),
    ("electricity/TestGBDataOneYear*", 15, 444, 9_917_817, "2013-01-01T05", "2014-03-20T04"),
    ("electricity/cew821*", 1, 362, 291_018, "2011-01-01T08", "2011-01-16T09"),
    ("electricity/seed_example*", 1, 2, 3_581, "2011-03-06T05:00", "2011-03-06T05:15"),
    ("gas/seed_gas*", 1, 2, 3_582, "2011-03-06T05:00", "2011-03-06T05:15"),
    ("abridged/gas_direct*", 1, 5, 140_000, "2021-05-26", "2021-09-29"),
    ("constructed/korea_hourly*", 1, 24, 7_333, "2025-08-31T15", "2025-09-01T14"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "blocks", "readings", "total", "first", "last"), SAMPLES
)
def test_a_published_sample_gives_its_counts(
    shared_data: Path,
    pattern: str,
    blocks: int,
    readings: int,
    total: int,
    first: str,
    last: str,
) -> None:
    (path,) = (shared_data / "greenbutton").glob(pattern)
    with path.open("rb") as file:
        found = read_usage_file(file).understood
    assert (found.blocks, found.readings, found.raw_sum) == (blocks, readings, total)
    assert found.first is not None
    assert found.last is not None
    assert found.first.isoformat().startswith(first)
    assert found.last.isoformat().startswith(last)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [("electricity/openespi*", "no_readings"), ("gas/ngma*", "bad_start")],
)
def test_a_faulty_sample_is_refused(shared_data: Path, pattern: str, code: str) -> None:
    (path,) = (shared_data / "greenbutton").glob(pattern)
    with path.open("rb") as file, pytest.raises(Unreadable) as refused:
        read_usage_file(file)
    assert refused.value.code == code

"""Out again: schema-valid, and read back to the last digit."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from lxml import etree

from livinglab.energy.models import Bill, Premises, UsageDay
from livinglab.energy.readers.understood import FileRead
from livinglab.energy.readers.usage_file import read_usage_file
from livinglab.energy.services.export import export_csv, export_green_button
from livinglab.energy.services.meter_readings import RegisterValue, add_reading
from livinglab.energy.services.uploads import read_upload, receive_upload
from livinglab.energy.services.usage import meter_of, store_intervals
from livinglab.energy.usage.blocks import Intervals, intervals, join
from livinglab.energy.writers.green_button import (
    BillOut,
    MeterOut,
    Titles,
    green_button_feed,
)
from livinglab.energy.writers.usage_csv import decimal_text, safe_cell
from livinglab.kernel.errors import NotAllowed
from livinglab.people.models import Person
from tests import make

SEOUL = ZoneInfo("Asia/Seoul")
SEPTEMBER = 1_756_652_400  # 2025-09-01 in Seoul
TITLES = Titles("Green Button Usage Feed", "시간별 사용량", "겹친 값", "검침", "청구")
UPDATED = datetime(2025, 9, 2, tzinfo=UTC)


def hours(count: int = 24, *, first: int = SEPTEMBER, mwh: int = 250_000) -> Intervals:
    starts = [first + 3600 * hour for hour in range(count)]
    return intervals(starts, [3600] * count, [mwh + 1000 * k for k in range(count)])


def meter(of: Intervals, **more: Any) -> MeterOut:
    facts: dict[str, Any] = {
        "title": "전기",
        "commodity": "electricity",
        "flow": "import",
        "unit": "Wh",
        "zone": SEOUL,
        "intervals": of,
    }
    return MeterOut(**facts | more)


def written(*meters: MeterOut, bills: tuple[BillOut, ...] = ()) -> bytes:
    pieces = green_button_feed(1, meters, bills, titles=TITLES, updated=UPDATED)
    return "".join(pieces).encode()


def read(file: bytes) -> FileRead:
    return read_usage_file(io.BytesIO(file))


def everything() -> bytes:
    """A file with each kind of thing a home can hold."""
    mixed = join(
        [hours(48, mwh=250_500), intervals([SEPTEMBER], [86_400], [6_000_000], [8])]
    )
    month = intervals([SEPTEMBER - 30 * 86_400], [30 * 86_400], [300_000_000])
    registers = (
        (SEPTEMBER, Decimal("12345.6")),
        (SEPTEMBER + 86_400, Decimal("12352.0")),
    )
    return written(
        meter(join([mixed, month]), registers=registers),
        meter(hours(3), flow="export"),
        meter(hours(3, mwh=1_500), commodity="gas", unit="m3", title="가스"),
        bills=(
            BillOut(date(2025, 8, 1), date(2025, 9, 1), Decimal(350), 59_980),
            BillOut(date(2025, 9, 1), date(2025, 10, 1), Decimal("310.5"), None, True),
        ),
    )


@pytest.mark.parametrize("schema", ["gba-espi_v4.xsd", "naesb-espi.xsd"])
def test_every_entry_is_valid_against_both_schemas(
    shared_data: Path, schema: str
) -> None:
    rules = etree.XMLSchema(etree.parse(shared_data / "greenbutton/xsd" / schema))
    feed = etree.fromstring(everything())
    contents = feed.findall(".//{http://www.w3.org/2005/Atom}content/*")
    assert len(contents) > 15
    for element in contents:
        rules.assertValid(etree.fromstring(etree.tostring(element)))


def test_the_feed_equals_the_golden_file(shared_data: Path) -> None:
    path = shared_data / "greenbutton/constructed/korea_hourly_day_with_bill.xml"
    with path.open("rb") as file:
        found = read_usage_file(file)
    bill = BillOut(date(2025, 8, 1), date(2025, 9, 1), Decimal(350), 59_980)
    ours = written(meter(found.streams[0].intervals), bills=(bill,))
    assert _canonical(ours) == _canonical(path.read_bytes())


def _canonical(file: bytes) -> str:
    """Without blanks between tags, and without the feed's own id."""
    text = etree.tostring(etree.fromstring(file), method="c14n").decode()
    text = re.sub(r">\s+<", "><", text)
    return re.sub("<id>.*?</id>", "", text, count=1)


def test_ids_are_unique_and_the_same_each_time() -> None:
    text = everything().decode()
    ids = re.findall(r"<id>(.*?)</id>", text)
    assert len(ids) == len(set(ids))
    assert text == everything().decode()


def test_reading_the_feed_back_gives_the_same_intervals() -> None:
    found = read(everything())
    streams = {(stream.commodity, stream.flow): stream for stream in found.streams}
    assert len(streams["electricity", "import"].intervals) == 50
    assert (
        sorted(streams["electricity", "import"].intervals.value.tolist())[0] == 250_500
    )
    assert streams["electricity", "export"].intervals == hours(3)
    assert streams["gas", "import"].intervals == hours(3, mwh=1_500)
    assert [
        note.facts.get("reason")
        for note in found.understood.notes
        if note.code == "left_out"
    ] == ["hand_readings"]
    assert [bill.amount for bill in found.understood.bills] == [59_980, None]


@pytest.mark.parametrize(
    "pattern",
    [
        "Coastal*",
        "Inland*",
        "TestGB*",
        "cew821*",
        "seed_example*",
        "seed_gas*",
        "gas_direct*",
        "korea*",
    ],
)
def test_every_accepted_sample_round_trips(shared_data: Path, pattern: str) -> None:
    (path,) = (shared_data / "greenbutton").glob(f"*/{pattern}")
    with path.open("rb") as file:
        first = read_usage_file(file)
    meters = [
        meter(one.intervals, commodity=one.commodity, flow=one.flow, unit=one.unit)
        for one in first.streams
    ]
    again = read(written(*meters))
    assert [one.intervals for one in again.streams] == [
        one.intervals for one in first.streams
    ]
    assert again.understood.quantity == first.understood.quantity


# From the database --------------------------------------------------------------------


@pytest.fixture
def home(resident: Person) -> Premises:
    home = make.premises(resident, name="=보라네<&>")
    electricity = meter_of(home, commodity="electricity", flow="import", unit="Wh")
    store_intervals(
        electricity,
        join([hours(72, mwh=250_123), intervals([SEPTEMBER], [86_400], [1])]),
    )
    gas = meter_of(home, commodity="gas", flow="import", unit="m3")
    store_intervals(gas, hours(5))
    moment = datetime(2025, 9, 3, 9, tzinfo=SEOUL)
    add_reading(home, RegisterValue(moment, Decimal("12345.6")), by=resident)
    Bill.objects.create(
        premises=home,
        start=date(2025, 8, 1),
        end=date(2025, 9, 1),
        kwh=350,
        amount_won=59_980,
    )
    return home


def days(home: Premises) -> list[tuple[str, str, date, bytes]]:
    rows = UsageDay.objects.filter(meter__premises=home).select_related("meter")
    return sorted((r.meter.commodity, r.meter.flow, r.day, bytes(r.blob)) for r in rows)


@pytest.mark.parametrize("export", [export_green_button, export_csv])
def test_a_home_given_out_and_taken_in_again_is_the_same(
    home: Premises, resident: Person, neighbour: Person, export: Any
) -> None:
    file = "".join(export(home, by=resident)).encode()
    other = make.premises(neighbour)
    upload = receive_upload(other, ContentFile(file), name="export", by=neighbour)
    read_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "imported", upload.messages
    assert days(other) == days(home)
    assert "".join(export(home, by=resident)).encode() == file


def test_the_csv_opens_in_a_spreadsheet_and_says_everything(
    home: Premises, resident: Person
) -> None:
    text = "".join(export_csv(home, by=resident))
    assert text.startswith(
        "\ufeffstart,end,value,unit,quality,kind,commodity,flow,won\r\n"
    )
    lines = text.splitlines()
    assert (
        "2025-09-01T00:00:00+09:00,2025-09-01T01:00:00+09:00,0.250123,kWh,0,interval,electricity,import,"
        in lines
    )
    assert (
        "2025-09-03T09:00:00+09:00,,12345.6,kWh,7,register,electricity,import," in lines
    )
    assert "2025-08-01,2025-09-01,350.0,kWh,0,bill,electricity,import,59980" in lines


def test_nobody_else_takes_a_homes_data_out(home: Premises, neighbour: Person) -> None:
    for export in (export_green_button, export_csv):
        with pytest.raises(NotAllowed):
            export(home, by=neighbour)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_formula_is_shown_and_not_run(cell: str) -> None:
    assert safe_cell(cell).lstrip('"').startswith("'")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (250_123, "0.250123"), (10_000_000, "10"), (1, "0.000001")],
)
def test_numbers_are_written_plainly(value: int, text: str) -> None:
    assert decimal_text(value, 6) == text

"""The files a utility would give a home, in the layouts seen in Korea (pure)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

HOURS = 24
DAY_S = 86_400
KST_S = 32_400
EPOCH = date(1970, 1, 1).toordinal()
ESPI = "http://naesb.org/espi"


@dataclass(frozen=True, eq=False)
class Metered:
    """Whole Wh of equal steps from local midnight of `first`; what was delivered."""

    first: date
    wh: Ints
    there: Bools
    step_s: int = 3600

    @property
    def a_day(self) -> int:
        return DAY_S // self.step_s

    def days(self, start: int, stop: int | None = None) -> "Metered":
        """Whole days from number `start` up to, without, `stop`."""
        part = slice(start * self.a_day, None if stop is None else stop * self.a_day)
        first = self.first + timedelta(start)
        return Metered(first, self.wh[part], self.there[part], self.step_s)

    def dates(self) -> list[str]:
        count = self.wh.size // self.a_day
        return [(self.first + timedelta(i)).isoformat() for i in range(count)]

    def daily(self) -> tuple[Ints, Bools]:
        """Wh of days that were delivered whole."""
        shape = (-1, self.a_day)
        whole = np.asarray(self.there.reshape(shape).all(axis=1))
        return self.wh.reshape(shape).sum(axis=1), whole


def _kwh(wh: int) -> str:
    return f"{wh // 1000}.{wh % 1000:03d}"


def wide_csv(metered: Metered, *, encoding: str) -> bytes:
    """A row a day with 24 columns, 1시 to 24시: hours are named by their end."""
    cells = [
        _kwh(wh) if there else ""
        for wh, there in zip(metered.wh.tolist(), metered.there.tolist(), strict=True)
    ]
    head = ",".join(["날짜", *(f"{hour}시" for hour in range(1, HOURS + 1))])
    rows = (
        ",".join([day, *cells[i * HOURS : (i + 1) * HOURS]])
        for i, day in enumerate(metered.dates())
    )
    return ("\n".join([head, *rows]) + "\n").encode(encoding)


def long_csv(metered: Metered) -> bytes:
    """A row a step, named by its beginning; what was not delivered has no row."""
    clocks = [
        f"{second // 3600:02d}:{second % 3600 // 60:02d}"
        for second in range(0, DAY_S, metered.step_s)
    ]
    moments = [f"{day} {clock}" for day in metered.dates() for clock in clocks]
    rows = [
        f"{moment},{_kwh(wh)}"
        for moment, wh, there in zip(
            moments, metered.wh.tolist(), metered.there.tolist(), strict=True
        )
        if there
    ]
    return ("\n".join(["일시,사용량(kWh)", *rows]) + "\n").encode("utf-8-sig")


def daily_csv(metered: Metered) -> bytes:
    """A row a day; days that were not delivered whole are blank."""
    totals, whole = metered.daily()
    rows = [
        f"{day},{_kwh(wh) if there else ''}"
        for day, wh, there in zip(
            metered.dates(), totals.tolist(), whole.tolist(), strict=True
        )
    ]
    return ("\n".join(["사용일자,사용량(kWh)", *rows]) + "\n").encode("cp949")


def monthly_kwh(metered: Metered) -> list[tuple[date, date, int]]:
    """Whole calendar months as [start, end) and whole kWh, as a paper bill says."""
    daily = metered.wh.reshape(-1, metered.a_day).sum(axis=1)
    last = metered.first + timedelta(daily.size)
    start = metered.first if metered.first.day == 1 else next_month(metered.first)
    bills = []
    while (end := next_month(start)) <= last:
        days = slice((start - metered.first).days, (end - metered.first).days)
        bills.append((start, end, int(round(daily[days].sum() / 1000))))
        start = end
    return bills


def next_month(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def green_button(metered: Metered) -> bytes:
    """A Green Button file: a block a day, whole Wh, Korean zone."""
    start = (metered.first.toordinal() - EPOCH) * DAY_S - KST_S
    return green_button_at(start, metered.wh, metered.there, metered.step_s, KST_S)


def green_button_at(
    start: int, values: Ints, there: Bools, step_s: int, zone_s: int
) -> bytes:
    """The same from a moment in UTC seconds, in a zone so many seconds east."""
    a_day = DAY_S // step_s
    blocks = [
        _block(start + i * step_s, values[i : i + a_day], there[i : i + a_day], step_s)
        for i in range(0, values.size, a_day)
    ]
    return "".join(
        [_FEED_HEAD, _entries(step_s, zone_s), *blocks, "</feed>\n"]
    ).encode()


def _block(start: int, values: Ints, there: Bools, step_s: int) -> str:
    readings = [
        f"<IntervalReading><timePeriod><duration>{step_s}</duration>"
        f"<start>{start + i * step_s}</start></timePeriod>"
        f"<value>{value}</value></IntervalReading>"
        for i, (value, ok) in enumerate(
            zip(values.tolist(), there.tolist(), strict=True)
        )
        if ok
    ]
    if not readings:
        return ""
    length = len(values) * step_s
    content = (
        f'<IntervalBlock xmlns="{ESPI}"><interval><duration>{length}</duration>'
        f"<start>{start}</start></interval>{''.join(readings)}</IntervalBlock>"
    )
    return _entry(f"Meter/1/Block/{start}", content)


def _entries(step_s: int, zone_s: int) -> str:
    place = (
        f'<LocalTimeParameters xmlns="{ESPI}"><dstEndRule>FFFFFFFF</dstEndRule>'
        "<dstOffset>0</dstOffset><dstStartRule>FFFFFFFF</dstStartRule>"
        f"<tzOffset>{zone_s}</tzOffset></LocalTimeParameters>"
    )
    point = (
        f'<UsagePoint xmlns="{ESPI}"><ServiceCategory><kind>0</kind></ServiceCategory>'
        "<status>1</status></UsagePoint>"
    )
    kind = (
        f'<ReadingType xmlns="{ESPI}"><accumulationBehaviour>4</accumulationBehaviour>'
        "<commodity>1</commodity><dataQualifier>12</dataQualifier>"
        f"<flowDirection>1</flowDirection><intervalLength>{step_s}</intervalLength>"
        "<kind>12</kind><phase>0</phase><powerOfTenMultiplier>0</powerOfTenMultiplier>"
        "<timeAttribute>0</timeAttribute><uom>72</uom></ReadingType>"
    )
    reading = f'<MeterReading xmlns="{ESPI}"/>'
    parts = (
        ("Usage/1", point),
        ("Time/1", place),
        ("Meter/1", reading),
        ("ReadingType/1", kind),
    )
    return "".join(_entry(name, content) for name, content in parts)


def _entry(name: str, content: str) -> str:
    links = f'<link rel="self" href="{name}"/>'
    if name == "Meter/1":
        links += '<link rel="related" href="ReadingType/1"/>'
    if name.startswith("Meter/1/Block"):
        links += '<link rel="up" href="Meter/1/Block"/>'
    return (
        f"<entry><id>urn:livinglab:{name}</id>{links}<title/>"
        f"<content>{content}</content></entry>"
    )


_FEED_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:livinglab:demo</id>'
    "<title>Green Button</title>"
)


def web_page() -> bytes:
    """What people save by mistake instead of the file."""
    return (
        "<!DOCTYPE html><html><head><title>로그인</title></head>"
        "<body>다시 로그인해 주세요.</body></html>\n"
    ).encode()

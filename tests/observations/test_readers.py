"""The readers, by tables: layouts, missing values, refusals."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from livinglab.observations.readers import (
    DayReading,
    ServiceRefusal,
    Unreadable,
    read_weather,
)

NEW_YEAR = date(2026, 1, 1)

ROW = {"stnId": "143", "tm": "2026-01-01", "avgTa": "-1.2", "minTa": "-6.4"}
ROW |= {"maxTa": "4.1", "sumRn": ""}
READING = DayReading(NEW_YEAR, 143, -1.2, -6.4, 4.1)


def answer(items: Any, code: str = "00") -> bytes:
    body = {"items": items, "totalCount": 1}
    header = {"resultCode": code, "resultMsg": "NORMAL_SERVICE"}
    return json.dumps({"response": {"header": header, "body": body}}).encode()


@pytest.mark.parametrize(
    "items", [{"item": [ROW]}, {"item": ROW}, [ROW]], ids=["list", "single", "bare"]
)
def test_json_rows_come_as_a_list_or_alone(items: Any) -> None:
    found = read_weather(answer(items))
    assert found.readings == (READING,)
    assert found.layout == "asos_json"


@pytest.mark.parametrize("items", ["", None, {"item": ""}, {"item": []}])
def test_json_without_rows_holds_no_day(items: Any) -> None:
    assert read_weather(answer(items)).readings == ()


def test_an_empty_text_is_missing_and_never_zero() -> None:
    found = read_weather(answer({"item": ROW | {"avgTa": ""}}))
    assert found.readings[0].tmean is None
    assert found.readings[0].tmin == -6.4


def test_a_field_the_answer_does_not_have_is_not_among_its_fields() -> None:
    row = {name: value for name, value in ROW.items() if name != "avgTa"}
    assert read_weather(answer({"item": row})).fields == {"tmin", "tmax"}


def test_no_data_is_no_error() -> None:
    header = {"resultCode": "03", "resultMsg": "NODATA_ERROR"}
    content = json.dumps({"response": {"header": header}}).encode()
    assert read_weather(content).readings == ()


XML_REFUSAL = b"""<OpenAPI_ServiceResponse><cmmMsgHeader>
<errMsg>SERVICE ERROR</errMsg>
<returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg>
<returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"""
JSON_REFUSAL = json.dumps(
    {
        "OpenAPI_ServiceResponse": {
            "cmmMsgHeader": {
                "errMsg": "SERVICETIMEOUT_ERROR",
                "returnAuthMsg": "",
                "returnReasonCode": "05",
            }
        }
    }
).encode()


@pytest.mark.parametrize(
    ("content", "code", "will_pass"),
    [
        (XML_REFUSAL, "30", False),
        (JSON_REFUSAL, "05", True),
        (answer("", code="22"), "22", False),
        (answer("", code="99"), "99", True),
        (answer("", code="4"), "04", True),
    ],
)
def test_a_refusal_of_the_service_keeps_its_code(
    content: bytes, code: str, will_pass: bool
) -> None:
    with pytest.raises(ServiceRefusal) as refusal:
        read_weather(content)
    assert (refusal.value.code, refusal.value.will_pass) == (code, will_pass)


def test_xml_answers_are_read_too() -> None:
    cells = "".join(f"<{name}>{value}</{name}>" for name, value in ROW.items())
    content = (
        "<response><header><resultCode>00</resultCode></header><body><items>"
        f"<item>{cells}</item></items></body></response>"
    )
    assert read_weather(content.encode()).readings == (READING,)


def test_an_entity_bomb_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><response>&b;</response>'
    with pytest.raises(Unreadable):
        read_weather(bomb)


PORTAL = (
    '\n"날짜",지점,평균기온(℃),최저기온(℃),최고기온(℃)\n'
    '"\t2026-01-01",143,-1.2,-6.4,4.1\n'
)
DOWNLOAD = (
    "지점,지점명,일시,평균기온(°C),최저기온(°C),최고기온(°C)\n"
    "143,대구,2026-01-01,-1.2,-6.4,4.1\n"
)
PLAIN = "date,stn,tmean,tmin,tmax\n2026-01-01,143,-1.2,-6.4,4.1\n"


@pytest.mark.parametrize(
    ("content", "layout", "encoding"),
    [
        (PORTAL.encode("utf-8-sig"), "portal_csv", "utf-8-sig"),
        (("기온분석\n\n" + PORTAL).encode("utf-8-sig"), "portal_csv", "utf-8-sig"),
        (DOWNLOAD.encode("cp949"), "asos_csv", "cp949"),
        (DOWNLOAD.replace("\n", "\r\n").encode(), "asos_csv", "utf-8-sig"),
        (PLAIN.encode(), "plain_csv", "utf-8-sig"),
    ],
    ids=["portal", "title lines above", "download", "download in utf-8", "our own"],
)
def test_csv_layouts_say_the_same_day(
    content: bytes, layout: str, encoding: str
) -> None:
    found = read_weather(content)
    assert found.readings == (READING,)
    assert (found.layout, found.encoding) == (layout, encoding)


def test_columns_may_stand_in_any_order_among_others() -> None:
    content = "일시,일강수량(mm),최고기온(°C),평균기온(°C)\n2026-01-01,,4.1,-1.2\n"
    found = read_weather(content.encode("cp949"))
    assert found.readings == (DayReading(NEW_YEAR, None, -1.2, None, 4.1),)


@pytest.mark.parametrize("text", ["", " ", "-", "-99.9", "999"])
def test_what_was_not_measured_stays_missing(text: str) -> None:
    content = f"date,stn,tmean,tmin,tmax\n2026-01-01,143,{text},-6.4,4.1\n"
    assert read_weather(content.encode()).readings[0].tmean is None


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("2026-02-30,143,1,1,1", "day"),
        ("2026-01-05 15:00,143,1,1,1", "day"),
        ("합계,143,1,1,1", "day"),
        ("2026-01-02,대구,1,1,1", "station"),
        ("2026-01-02,143,1;5,1,1", "number"),
        ("2026-01-02,143,1_5,1,1", "number"),
    ],
)
def test_a_row_that_says_nothing_usable_is_refused_with_its_line(
    row: str, kind: str
) -> None:
    found = read_weather(f"{PLAIN}{row}\n".encode())
    assert len(found.readings) == 1
    assert [(r.number, r.kind) for r in found.refused] == [(3, kind)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00\x81", "encoding"),
        (b"<html><body>login</body></html>", "html"),
        (b"<broken", "xml"),
        (b"{", "json"),
        (b'{"a": 1}', "json"),
        (b"a,b\n1,2\n", "header"),
        (b"date,humidity\n2026-01-01,50\n", "columns"),
    ],
)
def test_what_is_no_weather_is_said_by_kind(content: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as why:
        read_weather(content)
    assert why.value.kind == kind


def test_the_portals_own_files_are_read_whole(shared_data: Path) -> None:
    two_years = read_weather(
        (shared_data / "kma" / "daegu_143_daily_temp_2022_2024.csv").read_bytes()
    )
    assert len(two_years.readings) == 730
    assert (two_years.readings[0].tmean, two_years.refused) == (-2.3, ())
    century = read_weather(
        (
            shared_data / "weather" / "daegu_143_kma_daily_1907-2023_as_downloaded.csv"
        ).read_bytes()
    )
    assert len(century.readings) == 42_704
    assert sum(reading.tmean is None for reading in century.readings) == 703
    seoul = read_weather(
        (shared_data / "kma" / "asos_daily_seoul_sample.json").read_bytes()
    )
    assert seoul.readings == (DayReading(date(2026, 7, 1), 108, None, 20.1, 29.4),)

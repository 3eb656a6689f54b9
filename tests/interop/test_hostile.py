"""Whatever a stranger sends to GeoReport v2, the answer has its form and no fault."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from defusedxml import ElementTree

from livinglab.interop.models import Submission
from livinglab.issues.models import Issue
from tests.interop.speaking import BASE, form, get, send
from tests.issues import world

pytestmark = pytest.mark.django_db
FAR_IDS = [
    "9" * 25,
    "9" * 5000,
    ",".join("1" * 2000),
    "٣",
    "-1",
    "1e3",
]
FAR_DATES = [
    {"end_date": "0001-01-01T00:00:00Z"},
    {"start_date": "9999-12-31T23:59:59Z"},
    {"start_date": "0001-01-01T00:00:00+14:00"},
    {"end_date": "9999-12-31T23:59:59-14:00"},
    {"start_date": "2026-11-22T09:00:00+99:99"},
    {"start_date": "2026-13-42T09:00:00Z"},
    {"start_date": "٢٠٢٦-11-22T09:00:00Z"},
]
LANGUAGE = "application/x-www-form-urlencoded"


def is_in_form(answer: Any, fmt: str) -> bool:
    """An answer of the asked format with at least one error in it."""
    if fmt == "json":
        found = json.loads(answer.content)
        return [one["code"] for one in found] == [answer.status_code] * len(found)
    root = ElementTree.fromstring(answer.content)
    said = [one.text for one in root.iter("code")]
    return root.tag == "errors" and set(said) == {str(answer.status_code)}


@pytest.mark.parametrize("ids", FAR_IDS)
def test_ids_that_cannot_be_are_of_nobody(client, cities, ids):
    answer = get(client, "requests.json", service_request_id=ids)
    assert answer.status_code == 200
    assert answer.json() == []


@pytest.mark.parametrize("dates", FAR_DATES)
def test_dates_at_the_end_of_time_have_an_answer(client, cities, dates):
    answer = get(client, "requests.xml", **dates)
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize(
    "asked",
    [
        {"jurisdiction_id": "siheung\x00"},
        {"service_code": "\x00"},
        {"status": "\x00"},
        {"service_request_id": "1,\x00"},
        {"start_date": "\x00"},
    ],
)
def test_a_nul_in_a_question_has_an_answer(client, cities, asked):
    for path in ("requests.json", "services.json", "requests.csv", "tokens/1.json"):
        assert get(client, path, **asked).status_code in (200, 400, 404), path


@pytest.mark.parametrize(
    "path", ["requests/%00.json", "services/%00.json", "tokens/%00.json"]
)
def test_a_nul_in_a_path_has_an_answer(client, cities, path):
    answer = client.get(f"{BASE}/{path}?jurisdiction_id=siheung.go.kr")
    assert answer.status_code == 400
    assert is_in_form(answer, "json")


@pytest.mark.parametrize(
    "fields",
    [
        {"description": "a\x00b"},
        {"lat": "", "long": "", "address_string": "정왕1동\x00"},
        {"account_id": "a\x00"},
        {"media_url": "https://a.example/\x00"},
        {"phone": "010\x00"},
        {"email": "a\x00@example.org"},
        {"email": "a" * 300 + "@example.org"},
        {"service_code": "pothole\x00"},
        {"service_code": "odour", "attribute[STRENGTH]": "S\x00"},
        {"attribute[\x00]": "S"},
        {"api_key": "\x00"},
        {"lat": "nan"},
        {"lat": "inf", "long": "-inf"},
        {"lat": "1e400"},
        {"device_id": "x" * 9000, "first_name": "\x00", "last_name": "가"},
    ],
)
def test_what_no_database_may_hold_has_an_answer(client, key, fields):
    for fmt in ("json", "xml"):
        answer = send(client, key, fmt, **fields)
        assert answer.status_code in (201, 400, 403, 404)
        assert answer.status_code == 201 or is_in_form(answer, fmt)


@pytest.mark.parametrize("fmt", ["xml", "json"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"&".join(b"a%d=1" % at for at in range(1100)), LANGUAGE),
        (b"description=" + b"a" * (6 * 1024 * 1024), LANGUAGE),
        (b"description=%FF%FE", LANGUAGE),
        (b"description=a", LANGUAGE + "; charset=euc-kr"),
        (b"no parts", "multipart/form-data"),
        (b"no parts", "multipart/form-data; boundary=\xff"),
        (b"--a\r\n\r\n", "multipart/form-data; boundary=a"),
        (b'{"api_key": "a"}', "application/json"),
        (b"", "text/plain"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_in_the_asked_format(
    client, cities, body, kind, fmt
):
    answer = client.generic("POST", f"{BASE}/requests.{fmt}", body, kind)
    assert answer.status_code in (400, 403, 413)
    assert is_in_form(answer, fmt)


@pytest.mark.parametrize("fmt", ["xml", "json"])
@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("PUT", "requests", 405),
        ("DELETE", "requests", 405),
        ("POST", "services", 405),
        ("POST", "services/pothole", 405),
        ("POST", "requests/1", 405),
        ("POST", "tokens/1", 405),
        ("GET", "nothing", 404),
        ("GET", "services/a/b", 404),
        ("GET", "servicerequestupdates", 404),
        ("GET", "services/", 400),
        ("GET", "requests/", 400),
        ("GET", "tokens/", 400),
    ],
)
def test_every_refusal_has_the_asked_format(client, cities, verb, path, status, fmt):
    address = f"{BASE}/{path}.{fmt}?{urlencode({'jurisdiction_id': 'siheung.go.kr'})}"
    answer = client.generic(verb, address)
    assert answer.status_code == status
    assert is_in_form(answer, fmt)


def test_more_than_a_request_may_weigh_is_refused_in_the_asked_format(
    client, cities, settings
):
    settings.REQUEST_MAX_BYTES = 1000
    for fmt in ("json", "xml"):
        answer = client.post(f"{BASE}/requests.{fmt}", {"description": "a" * 1001})
        assert answer.status_code == 413
        assert is_in_form(answer, fmt)


def test_letters_no_reader_takes_do_not_break_the_lists(client, key):
    send(client, key, description="가\x08나\x1f\ufffe다\u2028라")
    pk = Issue.objects.get().pk
    shown = ElementTree.fromstring(get(client, f"requests/{pk}.xml").content)
    assert "가나" in (shown.findtext("request/description") or "")
    for kind in ("rss", "atom"):
        answer = client.get(f"/issues/feeds/siheung.{kind}")
        assert answer.status_code == 200
        ElementTree.fromstring(answer.content)


def test_an_old_report_with_such_letters_does_not_break_them_either(client, cities):
    world.issue(words="가\x08나")
    assert client.get("/issues/feeds/siheung.rss").status_code == 200
    assert get(client, "requests.xml").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"media_url": "javascript:alert(1)"},
        {"media_url": "https://a.example/" + "a" * 500},
        {"email": "a" * 250 + "@example.org"},
        {"email": "nobody"},
        {"address_string": "정왕1동 " + "가" * 160},
        {"phone": "0" * 21},
        {"account_id": "a" * 121},
        {"description": "가" * 4001},
    ],
)
def test_what_would_be_kept_cut_or_wrong_is_said(client, key, fields):
    answer = send(client, key, **fields)
    assert answer.status_code == 400
    assert len(answer.json()) == 1
    assert not Issue.objects.exists()


def test_what_just_fits_is_kept_whole(client, key):
    fits = {
        "address_string": "정왕1동 " + "가" * 155,
        "phone": "0" * 20,
        "account_id": "a" * 120,
        "description": "가" * 4000,
    }
    assert send(client, key, **fits).status_code == 201
    sent = Submission.objects.select_related("issue").get()
    kept = (
        sent.issue.address,
        sent.issue.contact_phone,
        sent.account,
        sent.issue.words,
    )
    assert kept == tuple(fits.values())


def test_a_field_that_is_too_long_is_named_with_its_measure(client, key):
    (said,) = send(client, key, phone="0" * 21).json()
    assert said["description"] == "phone은(는) 20자까지 쓸 수 있어요."


def test_everything_wrong_is_said_at_once(client, key):
    wrong = {"lat": "north", "email": "nobody", "media_url": "ftp:", "api_key": key}
    assert len(send(client, key, **wrong).json()) == 3


def test_a_page_of_the_list_is_an_extension(client, cities, resident):
    ids = [str(world.issue(resident).pk) for _each in range(5)]

    def page(**asked: str) -> list[str]:
        found = get(client, "requests.json", **asked).json()
        return [one["service_request_id"] for one in found]

    assert page(page_size="2") == [ids[4], ids[3]]
    assert page(page_size="2", page="3") == [ids[0]]
    assert page(page_size="2", page="4") == []
    assert page(page="1") == page() == ids[::-1]


@pytest.mark.parametrize("name", ["page", "page_size"])
@pytest.mark.parametrize("said", ["0", "-1", "1001", "9" * 30, "a", "1.5"])
def test_a_page_that_cannot_be_is_refused(client, cities, name, said):
    answer = get(client, "requests.json", **{name: said})
    assert answer.status_code == 400
    assert name in answer.json()[0]["description"]


def test_a_list_may_be_said_with_commas_or_again_and_again(client, cities, resident):
    world.issue(resident)
    world.issue(resident, category=world.category("odour"))
    asked = {"jurisdiction_id": "siheung.go.kr"}
    lists: list[dict[str, Any]] = [
        {"service_code": ["pothole", "odour"]},
        {"service_code": "pothole,odour"},
        {"status": ["open", "closed"]},
        {"service_request_id": [str(one.pk) for one in Issue.objects.all()]},
    ]
    for said in lists:
        assert len(client.get(f"{BASE}/requests.json", asked | said).json()) == 2


def test_each_kind_of_answer_is_taken_and_checked(client, key):
    of = world.category("noise")
    kinds = {"N": "number", "D": "datetime", "T": "text", "S": "string"}
    for position, (code, kind) in enumerate(kinds.items(), start=1):
        world.question(of, code, kind, position=position)
    good = {"N": "1.5", "D": "2026-11-22T09:00:00 09:00", "T": "a\r\nb", "S": "a b"}
    wrong = {"N": "much", "D": "2026-11-22T09:00:00", "S": "a\nb"}

    def told(code: str, said: str) -> Any:
        return send(client, key, service_code="noise", **{f"attribute[{code}]": said})

    assert [told(*one).status_code for one in good.items()] == [201] * 4
    assert [told(*one).status_code for one in wrong.items()] == [400] * 3
    stored = [issue.answers for issue in Issue.objects.order_by("pk")]
    assert stored[1] == {"D": "2026-11-22T09:00:00+09:00"}
    asked = get(client, "services/noise.json").json()["attributes"]
    assert [one["datatype"] for one in asked] == list(kinds.values())
    assert all(one["variable"] is True and "values" not in one for one in asked)


def test_the_jurisdiction_of_a_report_may_stand_in_the_address(client, key):
    fields = {n: v for n, v in form(key).items() if n != "jurisdiction_id"}
    address = f"{BASE}/requests.json?jurisdiction_id="
    assert client.post(address + "siheung.go.kr", fields).status_code == 201
    assert client.post(address + "seoul.go.kr", fields).status_code == 404
    assert client.post(address, fields).status_code == 400

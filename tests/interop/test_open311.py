"""GeoReport v2, as a foreign client meets it."""

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from livinglab.interop.models import Jurisdiction
from livinglab.interop.services.keys import give_key, revoke_key
from livinglab.issues.models import Issue
from livinglab.issues.services.answering import answer_issue, show_issue
from livinglab.issues.states import State
from livinglab.kernel.errors import NotAllowed
from tests import make
from tests.interop.speaking import BASE, get, send
from tests.issues import world

pytestmark = pytest.mark.django_db
FIELDS = {
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
}


@pytest.mark.parametrize("fmt", ["xml", "json"])
@pytest.mark.parametrize("where", ["/open311/discovery", f"{BASE}/discovery"])
def test_discovery_names_addresses_that_answer(client, cities, where, fmt, settings):
    answer = client.get(f"{where}.{fmt}")
    if fmt == "json":
        found = answer.json()
        endpoint = found["endpoints"][0]
        assert endpoint["formats"] == ["text/xml", "application/json"]
    else:
        root = ElementTree.fromstring(answer.content)
        found = {part.tag: part.text for part in root}
        endpoint = {part.tag: part.text for part in root.find("endpoints/endpoint")}
        assert [one.text for one in root.iter("format")] == [
            "text/xml",
            "application/json",
        ]
    assert found["changeset"]
    assert found["contact"]
    assert found["key_service"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["type"] in ("production", "test")
    path = endpoint["url"].removeprefix(settings.SITE_URL)
    asked = {"jurisdiction_id": "siheung.go.kr"}
    assert client.get(f"{path}/services.{fmt}", asked).status_code == 200


def test_every_service_with_questions_has_a_definition_and_the_others_have_none(
    client, cities
):
    services = get(client, "services.json").json()
    assert {one["service_code"] for one in services} == {"odour", "pothole", "elder"}
    for one in services:
        answer = get(client, f"services/{one['service_code']}.json")
        assert answer.status_code == (200 if one["metadata"] else 404)


def test_the_order_of_questions_is_unique_and_positive(client, cities):
    asked = get(client, "services/odour.json").json()["attributes"]
    assert [one["order"] for one in asked] == [1, 2]
    assert asked[0]["values"] == [
        {"key": "S", "name": "약함"},
        {"key": "L", "name": "심함"},
    ]


def test_the_definition_in_xml_has_the_final_layout(client, cities):
    root = ElementTree.fromstring(get(client, "services/odour.xml").content)
    assert root.tag == "service_definition"
    assert [one.tag for one in root] == ["service_code", "attributes"]
    first = root.find("attributes/attribute")
    assert first.findtext("required") == "true"
    assert [one.findtext("key") for one in first.iter("value")] == ["S", "L"]


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"lat": "", "long": "", "address_string": "정왕1동 큰길 12"},
        {"lat": "", "long": "", "address_id": "4139059100"},
    ],
)
def test_each_way_to_name_a_place_works(client, key, place):
    answer = send(client, key, **place)
    assert answer.status_code == 201
    issue = Issue.objects.get()
    assert issue.neighbourhood.code == "4139059100"
    # what is only named is no point from which anybody may measure
    assert issue.place_from == ("list" if place else "other")


@pytest.mark.parametrize(
    "place",
    [
        {"lat": "", "long": ""},
        {"lat": ""},
        {"long": ""},
        {"lat": "north"},
        {"lat": "95"},
        {"lat": "37.0", "long": "127.5"},
        {"lat": "", "long": "", "address_string": "서울 어딘가"},
    ],
)
def test_without_a_place_in_the_city_nothing_is_stored(client, key, place):
    answer = send(client, key, **place)
    assert answer.status_code == 400
    assert answer.json()[0]["code"] == 400
    assert not Issue.objects.exists()


@pytest.mark.parametrize("fmt", ["xml", "json"])
@pytest.mark.parametrize("wrong", ["", "guessed"])
def test_without_a_good_key_the_answer_is_403_in_the_asked_format(
    client, key, wrong, fmt
):
    answer = send(client, wrong, fmt)
    assert answer.status_code == 403
    if fmt == "json":
        assert answer.json()[0]["code"] == 403
    else:
        root = ElementTree.fromstring(answer.content)
        assert root.tag == "errors"
        assert root.findtext("error/code") == "403"


def test_a_revoked_key_opens_nothing(client, cities, coordinator):
    given, word = give_key("앱", city=make.city(), owner=coordinator, by=coordinator)
    revoke_key(given, by=coordinator)
    assert send(client, word).status_code == 403


def test_a_key_sends_as_many_a_day_as_agreed(client, cities, coordinator):
    word = give_key(
        "앱", city=make.city(), owner=coordinator, quota_a_day=1, by=coordinator
    )[1]
    assert send(client, word).status_code == 201
    assert send(client, word).status_code == 429
    assert Issue.objects.count() == 1


@pytest.mark.parametrize(
    "several",
    [
        {"attribute[WHO]": ["S", "L"]},
        {"attribute[WHO][]": ["S", "L"]},
        {"attribute[WHO][0]": "S", "attribute[WHO][1]": "L"},
    ],
)
def test_several_answers_are_understood_in_every_spelling(client, key, several):
    fields = {"service_code": "odour", "attribute[STRENGTH]": "S"} | several
    assert send(client, key, **fields).status_code == 201
    assert Issue.objects.get().answers == {"STRENGTH": "S", "WHO": ["L", "S"]}


@pytest.mark.parametrize(
    "answers", [{}, {"attribute[STRENGTH]": "M"}, {"attribute[NEW]": "1"}]
)
def test_a_missing_or_unknown_answer_is_refused(client, key, answers):
    assert send(client, key, service_code="odour", **answers).status_code == 400


def test_korean_text_with_line_breaks_comes_back_as_it_went(client, key):
    text = "첫째 줄 <b>&\r\n둘째 줄"
    pk = send(client, key, description=text).json()[0]["service_request_id"]
    shown = ElementTree.fromstring(get(client, f"requests/{pk}.xml").content)
    # An XML reader turns CRLF into LF.
    assert shown.findtext("request/description") == text.replace("\r\n", "\n")
    assert get(client, f"requests/{pk}.json").json()[0]["description"] == text


@pytest.mark.parametrize(("length", "status"), [(4000, 201), (4001, 400)])
def test_a_description_has_at_most_4000_characters(client, key, length, status):
    assert send(client, key, description="가" * length).status_code == status


def test_what_no_xml_may_hold_is_left_out(client, key):
    pk = send(client, key, description="a\x08b").json()[0]["service_request_id"]
    shown = ElementTree.fromstring(get(client, f"requests/{pk}.xml").content)
    assert shown.findtext("request/description") == "ab"


def test_an_answer_names_an_id_or_a_token_and_never_both(client, key):
    plain = send(client, key).json()[0]
    held = send(client, key, description="카지노 https://a.example").json()[0]
    secret = send(client, key, service_code="elder").json()[0]
    assert "service_request_id" in plain
    assert "token" not in plain
    assert "token" in held
    assert "service_request_id" not in held
    assert not {"token", "service_request_id"} & secret.keys()


def test_a_token_leads_to_the_id_once_somebody_has_looked(client, key, coordinator):
    word = send(client, key, description="카지노 https://a.example").json()[0]["token"]
    path = f"tokens/{word}.json"
    assert get(client, path).json() == [{"service_request_id": None, "token": word}]
    issue = Issue.objects.get()
    show_issue(issue, by=coordinator)
    assert get(client, path).json()[0]["service_request_id"] == str(issue.pk)
    assert get(client, "tokens/none.json").status_code == 404


def test_ids_override_every_other_argument(client, cities, resident):
    one, two, _three = (world.issue(resident) for _each in range(3))
    ids = f"{one.pk},{two.pk}"
    found = get(
        client,
        "requests.json",
        service_request_id=ids,
        status="closed",
        start_date="2001-01-01T00:00:00Z",
    ).json()
    assert {each["service_request_id"] for each in found} == set(ids.split(","))


def test_the_last_90_days_are_meant_and_never_more(client, cities, resident):
    now = timezone.now()
    recent = world.issue(resident)
    old = world.issue(resident, received_at=now - timedelta(days=91))
    listed = get(client, "requests.json").json()
    assert [one["service_request_id"] for one in listed] == [str(recent.pk)]

    until = (now - timedelta(days=90)).strftime("%Y-%m-%dT%H:%M:%SZ")
    listed = get(client, "requests.json", end_date=until).json()
    assert [one["service_request_id"] for one in listed] == [str(old.pk)]

    long_ago = (now - timedelta(days=120)).strftime("%Y-%m-%dT%H:%M:%SZ")
    today = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    asked = {"start_date": long_ago, "end_date": today}
    assert get(client, "requests.json", **asked).status_code == 400


def test_at_most_a_thousand_are_listed_the_newest_first(
    client, cities, resident, django_assert_max_num_queries
):
    pattern = world.issue(resident)
    Issue.objects.bulk_create(
        Issue(
            **{
                field.attname: getattr(pattern, field.attname)
                for field in Issue._meta.concrete_fields
                if field.attname not in ("id", "key")
            }
        )
        for _each in range(1004)
    )
    with django_assert_max_num_queries(6):
        listed = get(client, "requests.json").json()
    ids = [int(one["service_request_id"]) for one in listed]
    assert len(ids) == 1000
    assert ids == sorted(ids, reverse=True)


@pytest.mark.parametrize(
    ("status", "count"), [("open", 1), ("closed", 1), ("open,closed", 2), ("", 2)]
)
def test_states_filter_by_open_and_closed(
    client, cities, resident, coordinator, status, count
):
    world.issue(resident)
    answer_issue(
        world.issue(resident), State.RESOLVED, words="메웠어요.", by=coordinator
    )
    listed = get(client, "requests.json", status=status).json()
    assert len(listed) == count


@pytest.mark.parametrize(
    "asked",
    [
        {"start_date": "2026-11-22T09:00:00"},
        {"start_date": "yesterday"},
        {"status": "half"},
    ],
)
def test_what_cannot_be_understood_is_a_400_with_words(client, cities, asked):
    answer = get(client, "requests.json", **asked)
    assert answer.status_code == 400
    assert answer.json()[0]["description"]


def test_a_plus_that_nobody_escaped_is_understood(client, cities, resident):
    world.issue(resident)
    now = timezone.localtime() - timedelta(days=1)
    raw = now.strftime("%Y-%m-%dT%H:%M:%S+09:00")
    path = f"{BASE}/requests.json?jurisdiction_id=siheung.go.kr&start_date="
    assert len(client.get(path + raw).json()) == 1
    assert len(client.get(path + quote(raw)).json()) == 1


def test_a_closed_report_was_last_changed_when_it_was_closed(
    client, cities, resident, coordinator
):
    issue = world.issue(resident)
    answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    shown = get(client, f"requests/{issue.pk}.json").json()[0]
    closed = timezone.localtime(issue.closed_at).isoformat(timespec="seconds")
    assert shown["updated_datetime"] == closed
    assert (shown["status"], shown["status_notes"]) == ("closed", "메웠어요.")


@pytest.mark.parametrize("fmt", ["xml", "json"])
def test_an_unknown_id_is_404_with_an_error_in_the_asked_format(client, cities, fmt):
    for pk in ("999999", "none", "9" * 30):
        answer = get(client, f"requests/{pk}.{fmt}")
        assert answer.status_code == 404
        assert b"404" in answer.content


def test_headers_and_the_first_line_say_what_comes(client, cities):
    xml = get(client, "requests.xml")
    assert xml["Content-Type"] == "text/xml; charset=utf-8"
    assert xml.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    assert b"<service_requests></service_requests>" in xml.content
    listed = get(client, "requests.json")
    assert listed["Content-Type"] == "application/json; charset=utf-8"
    assert listed.json() == []


def test_json_has_every_key_ids_as_words_and_places_as_numbers(
    client, cities, resident
):
    world.issue(resident)
    shown = get(client, "requests.json").json()[0]
    assert shown.keys() == FIELDS
    assert isinstance(shown["service_request_id"], str)
    assert isinstance(shown["lat"], float)
    assert shown["zipcode"] is None
    assert isinstance(json.dumps(shown), str)


def test_a_private_report_does_not_exist_here(client, cities, resident, coordinator):
    issue = world.issue(resident, is_public=False)
    assert get(client, "requests.json").json() == []
    assert get(client, "requests.json", service_request_id=str(issue.pk)).json() == []
    assert get(client, f"requests/{issue.pk}.json").status_code == 404
    assert str(issue.pk) not in get(client, "requests.csv").getvalue().decode()


def test_the_other_city_does_not_see_it(client, cities, resident):
    issue = world.issue(resident)
    elsewhere = {"jurisdiction_id": "daegu.go.kr"}
    assert get(client, "requests.json", **elsewhere).json() == []
    assert get(client, f"requests/{issue.pk}.json", **elsewhere).status_code == 404


def test_the_jurisdiction_must_be_named_and_known(client, cities):
    for path in ("services.json", "requests.json"):
        assert client.get(f"{BASE}/{path}").status_code == 400
        assert get(client, path, jurisdiction_id="seoul.go.kr").status_code == 404


def test_with_one_city_it_need_not_be_named(client, cities):
    Jurisdiction.objects.filter(code="daegu.go.kr").delete()
    assert client.get(f"{BASE}/services.json").status_code == 200


def test_the_bulk_file_is_coarse_and_without_free_text(client, cities, resident):
    world.issue(resident)
    lines = get(client, "requests.csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("service_request_id,requested_datetime")
    assert "37.346,126.739" in lines[1]
    assert "파였어요" not in lines[1]


def test_no_cookie_is_set_and_none_is_needed(client, key):
    assert not send(client, key).cookies
    assert not get(client, "requests.json").cookies


def test_only_a_coordinator_gives_keys(resident):
    with pytest.raises(NotAllowed):
        give_key("앱", city=make.city(), owner=resident, by=resident)

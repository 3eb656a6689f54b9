"""Reports at the JSON door: the list, one report, kinds, the map, places."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.issues.models import (
    Category,
    FollowedPlace,
    Issue,
    Photo,
)
from livinglab.issues.services.answering import answer_issue, hide_issue
from livinglab.issues.services.photos import add_photo
from livinglab.issues.states import State
from tests import make
from tests.issues import world
from tests.issues.json_door import HERE, at, send, with_photo
from tests.kernel.test_clean_photo import photo

pytestmark = pytest.mark.django_db


def test_the_list_shows_public_reports_the_newest_first(client, resident):
    first, second = world.issue(resident), world.issue(resident)
    world.issue(resident, is_public=False)
    body = client.get(HERE).json()
    assert [one["id"] for one in body["issues"]] == [second.pk, first.pk]
    assert body["before"] is None


def test_a_place_in_the_list_is_rounded_to_ten_metres(client):
    world.issue(point=(126.738649, 37.346351))
    shown = client.get(HERE).json()["issues"][0]
    assert (shown["lon"], shown["lat"]) == (126.7386, 37.3464)


def test_the_list_filters_and_turns_its_pages(
    client, resident, coordinator, django_assert_max_num_queries
):
    answer_issue(
        world.issue(resident), State.RESOLVED, words="메웠어요.", by=coordinator
    )
    made = [world.issue(resident) for _each in range(21)]

    with django_assert_max_num_queries(6):
        page = client.get(HERE, {"city": "siheung", "state": "open"}).json()
    assert len(page["issues"]) == 20
    rest = client.get(HERE, {"state": "open", "before": page["before"]}).json()
    assert [one["id"] for one in rest["issues"]] == [made[0].pk]
    assert rest["before"] is None
    assert len(client.get(HERE, {"state": "closed"}).json()["issues"]) == 1
    make.city("daegu")
    assert client.get(HERE, {"city": "daegu"}).json()["issues"] == []
    found = client.get(HERE, {"city": "siheung", "kind": "pothole"}).json()
    assert len(found["issues"]) == 20


@pytest.mark.parametrize(
    "asked", [{"state": "half"}, {"before": "x"}, {"city": "a b"}, {"kind": "pothole"}]
)
def test_a_filter_nobody_understands_is_refused(client, asked):
    assert client.get(HERE, asked).status_code == 400


@pytest.mark.parametrize("asked", [{"city": "seoul"}, {"dong": "1"}])
def test_a_place_nobody_knows_is_not_there(client, asked):
    assert client.get(HERE, asked).status_code == 404


def test_one_report_tells_its_life(client, resident, coordinator):
    issue = world.issue(resident, point=(126.738649, 37.346351))
    answer_issue(issue, State.PLANNED, words="다음 주에 메워요.", by=coordinator)
    body = client.get(at(issue)).json()
    assert body["state"] == "planned"
    assert body["timeline"][-1]["words"] == "다음 주에 메워요."
    assert body["timeline"][-1]["is_by_city"]
    assert (body["is_mine"], body["why_followed"]) == (False, "")
    assert (body["lon"], body["lat"]) == (126.7386, 37.3464)


def test_who_wrote_it_sees_its_exact_place(client, resident):
    issue = world.issue(resident, point=(126.738649, 37.346351))
    client.force_login(resident)
    body = client.get(at(issue)).json()
    assert (body["lon"], body["lat"]) == (126.738649, 37.346351)
    assert (body["is_mine"], body["why_followed"]) == (True, "reported")


@pytest.mark.parametrize(
    ("reader", "status"),
    [
        (None, 404),
        ("stranger", 404),
        ("daegu_coordinator", 404),
        ("resident", 200),
        ("coordinator", 200),
        ("evaluator", 200),
    ],
)
def test_what_is_not_public_is_there_for_whom_it_concerns(
    request, client, resident, reader, status
):
    issue = world.issue(resident, is_public=False)
    if reader:
        client.force_login(request.getfixturevalue(reader))
    assert client.get(at(issue)).status_code == status


def test_photos_are_shown_once_released(client, resident):
    issue = world.issue(resident)
    waiting, shown = with_photo(issue), None
    other = SimpleUploadedFile("b.jpg", photo(700, 480).getvalue())
    shown, _clean = add_photo(issue, other, size=other.size or 0, alt="구멍")
    Photo.objects.filter(pk=shown.pk).update(is_public=True)

    body = client.get(at(issue)).json()
    assert [one["id"] for one in body["photos"]] == [str(shown.key)]
    assert body["photo"].endswith(f"{shown.key}/card.webp")
    assert client.get(body["photos"][0]["thumb"]).status_code == 200

    client.force_login(resident)
    mine = client.get(at(issue)).json()["photos"]
    assert {one["id"] for one in mine} == {str(waiting.key), str(shown.key)}


def test_why_it_was_hidden_is_between_the_city_and_its_author(
    client, resident, coordinator
):
    issue = world.issue(resident)
    hide_issue(issue, Issue.Hidden.PRIVATE, words="이름이 보여요.", by=coordinator)
    assert client.get(at(issue)).status_code == 404
    client.force_login(resident)
    body = client.get(at(issue)).json()
    assert body["hidden"] == "private"
    assert body["timeline"][-1]["words"] == "이름이 보여요."


def test_a_withdrawn_report_keeps_its_words_to_itself(client, resident):
    issue = world.issue(resident)
    row = with_photo(issue, is_public=True)
    client.force_login(resident)
    assert send(client, at(issue, "withdrawal/"), words="됐어요.").status_code == 200
    client.logout()
    body = client.get(at(issue)).json()
    assert (body["state"], body["words"], body["photo"]) == ("withdrawn", "", "")
    assert body["photos"] == []
    assert "됐어요." not in json.dumps(body, ensure_ascii=False)
    assert client.get(f"/issues/photos/{row.key}/card.webp").status_code == 404


def test_one_report_costs_few_questions(
    client, resident, coordinator, django_assert_max_num_queries
):
    issue = world.issue(resident)
    for state in (State.PLANNED, State.IN_PROGRESS):
        answer_issue(issue, state, words="알려 드려요.", by=coordinator)
    with_photo(issue, is_public=True)
    with django_assert_max_num_queries(6):
        client.get(at(issue))


def test_a_citys_kinds_come_with_their_questions(client, django_assert_max_num_queries):
    of = world.category("odour", name_ko="냄새")
    lists = [{"key": "S", "ko": "약함", "en": "Weak"}]
    world.question(of, "STRENGTH", "singlevaluelist", choices=lists)
    world.category("fire", notice_ko="119에 전화하세요", notice_phone="119")
    world.category("old", is_offered=False)
    world.category("pothole", city="daegu")

    with django_assert_max_num_queries(4):
        found = client.get(f"{HERE}kinds/", {"city": "siheung"}).json()
    kinds = {one["code"]: one for one in found}
    assert set(kinds) == {"odour", "fire"}
    assert kinds["fire"]["notice"] == "119에 전화하세요"
    asked = kinds["odour"]["questions"][0]
    assert asked["choices"] == [{"key": "S", "name": "약함"}]
    assert client.get(f"{HERE}kinds/").status_code == 400


def test_what_is_known_can_be_asked_before_sending(client, resident):
    there = world.issue(resident)
    world.issue(resident, is_public=False)
    lon, lat = world.JEONGWANG
    asked = {"category": "pothole", "lon": lon + 0.0005, "lat": lat}
    found = client.get(f"{HERE}known/", asked).json()
    assert [one["id"] for one in found] == [there.pk]
    assert 40 <= found[0]["metres"] <= 48
    assert Category.objects.count() == 1


def test_the_map_is_geojson_with_rounded_places(client, resident):
    there = world.issue(resident, point=(126.738649, 37.346351))
    world.issue(resident, is_public=False)
    world.issue(resident, point=(126.9, 37.3))
    answer = client.get("/api/v1/issues.geojson", {"box": "126.7,37.3,126.8,37.4"})
    assert answer["Content-Type"] == "application/geo+json"
    body = answer.json()
    assert body["type"] == "FeatureCollection"
    assert [one["id"] for one in body["features"]] == [there.pk]
    point = body["features"][0]["geometry"]
    assert point == {"type": "Point", "coordinates": [126.7386, 37.3464]}
    assert body["features"][0]["properties"]["title"] == "도로 파임"


@pytest.mark.parametrize("box", ["", "1,2,3", "a,b,c,d", "10,0,5,1", "0,0,nan,1"])
def test_a_box_that_is_none_is_refused(client, box):
    assert client.get("/api/v1/issues.geojson", {"box": box}).status_code == 400


def test_ones_own_reports_are_all_there(client, resident, neighbour):
    mine = world.issue(resident, is_public=False)
    world.issue(neighbour)
    client.force_login(resident)
    body = client.get(f"{HERE}mine/").json()
    assert [one["id"] for one in body["issues"]] == [mine.pk]


def test_places_are_followed_and_let_go(client, resident, stranger):
    place = make.neighbourhood()
    client.force_login(resident)
    dong = send(client, f"{HERE}places/", name="정왕1동", neighbourhood=place.code)
    street = send(client, f"{HERE}places/", name="우리 골목", lon=126.7, lat=37.3)
    assert (dong.status_code, street.status_code) == (201, 201)
    listed = client.get(f"{HERE}places/").json()
    assert [one["neighbourhood"] for one in listed] == [place.code, None]

    for wrong in ({}, {"lon": 1}, {"neighbourhood": place.code, "lon": 1, "lat": 1}):
        assert send(client, f"{HERE}places/", name="x", **wrong).status_code == 400

    one = f"{HERE}places/{street.json()['id']}/"
    client.force_login(stranger)
    assert client.delete(one).status_code == 404
    client.force_login(resident)
    assert client.delete(one).status_code == 204
    assert FollowedPlace.objects.count() == 1

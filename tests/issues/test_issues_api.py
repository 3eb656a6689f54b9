"""Reports at the JSON door: read, stood behind, answered, taken back."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from livinglab.issues.models import (
    Category,
    Change,
    Follow,
    FollowedPlace,
    Issue,
    Photo,
    Verdict,
)
from livinglab.issues.services.answering import answer_issue, hide_issue
from livinglab.issues.services.photos import add_photo
from livinglab.issues.services.verdicts import plan_verdicts
from livinglab.issues.states import State
from livinglab.people.models import Guest
from livinglab.people.services.guests import join_guest
from tests import make
from tests.issues import world
from tests.kernel.test_clean_photo import photo

pytestmark = pytest.mark.django_db
HERE = "/api/v1/issues/"


def at(issue: Issue, verb: str = "") -> str:
    return f"{HERE}{issue.pk}/{verb}"


def send(client: Any, address: str, **sent: Any) -> Any:
    return client.post(address, json.dumps(sent), content_type="application/json")


def jpeg(width: int = 640) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", photo(width, 480).getvalue(), "image/jpeg")


def with_photo(issue: Issue, **facts: Any) -> Photo:
    taken = jpeg()
    row, _clean = add_photo(issue, taken, size=taken.size or 0)
    Photo.objects.filter(pk=row.pk).update(**facts)
    return row


# --- the list -----------------------------------------------------------------


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


# --- one report ---------------------------------------------------------------


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


# --- standing behind it ---------------------------------------------------------


def test_meeting_it_too_counts_once_and_follows(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    for _again in range(2):
        answer = client.post(at(issue, "support/"))
        assert answer.status_code == 200
    assert answer.json()["id"] == issue.pk
    assert (answer.json()["supporters"], answer.json()["why_followed"]) == (1, "met_it")


def test_a_supporters_photo_waits_for_a_look(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    headers = {"Idempotency-Key": "8d2f5a1e-6a0b-4a4e-9f0f-3f1f0a4b8d21"}
    for _again in range(2):
        sent = {"photos": [jpeg()], "alts": ["오늘도 파여 있어요"]}
        assert (
            client.post(at(issue, "support/"), sent, headers=headers).status_code == 200
        )
    row = Photo.objects.get()
    assert (row.is_public, row.alt) == (False, "오늘도 파여 있어요")
    assert Change.objects.filter(what=Change.What.UPDATE).count() == 1


def test_a_bad_photo_of_a_supporter_stores_nothing(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    bad = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    answer = client.post(at(issue, "support/"), {"photos": [bad]})
    assert answer.status_code == 422
    assert not Follow.objects.filter(person=neighbour).exists()


def test_following_and_letting_go(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    assert client.post(at(issue, "follow/")).json()["why_followed"] == "curious"
    assert client.delete(at(issue, "follow/")).status_code == 204
    assert client.get(at(issue)).json()["why_followed"] == ""


def test_followers_add_what_is_new_and_others_do_not(
    client, resident, neighbour, stranger
):
    issue = world.issue(resident)
    client.force_login(neighbour)
    client.post(at(issue, "support/"))
    answer = client.post(at(issue, "updates/"), {"words": "더 깊어졌어요."})
    assert answer.status_code == 200
    assert answer.json()["timeline"][-1]["words"] == "더 깊어졌어요."
    client.force_login(stranger)
    refused = client.post(at(issue, "updates/"), {"words": "저도요"})
    assert refused.status_code == 403


# --- the reporter ---------------------------------------------------------------


def test_the_reporter_answers_what_the_city_asked(client, resident, coordinator):
    issue = world.issue(resident)
    answer_issue(issue, State.WAITING, words="어느 쪽인가요?", by=coordinator)
    client.force_login(resident)
    body = send(client, at(issue, "reply/"), words="놀이터 쪽이에요.").json()
    assert body["state"] == "routed"
    again = send(client, at(issue, "reply/"), words="놀이터요.")
    assert again.status_code == 409


def test_a_no_opens_it_again(client, resident, coordinator):
    issue = world.issue(resident)
    closing = answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    client.force_login(resident)
    assert send(client, at(issue, "verdict/"), answer="no").status_code == 404
    plan_verdicts(closing)
    assert client.get(at(issue)).json()["asks_whether_fixed"]

    assert send(client, at(issue, "verdict/"), answer="no").status_code == 422
    body = send(
        client, at(issue, "verdict/"), answer="no", words="아직 파였어요.", stars=2
    ).json()
    assert (body["state"], body["asks_whether_fixed"]) == ("reopened", False)
    given = Verdict.objects.get(round=1)
    assert (given.answer, given.stars) == ("no", 2)


def test_an_objection_to_hiding_is_made_once(client, resident, coordinator):
    issue = world.issue(resident)
    hide_issue(issue, Issue.Hidden.SPAM, words="광고 같아요.", by=coordinator)
    client.force_login(resident)
    assert send(client, at(issue, "objection/"), words="아니에요.").status_code == 200
    assert send(client, at(issue, "objection/"), words="아니에요.").status_code == 409
    assert issue.appeals.get().words == "아니에요."


def test_photos_can_be_added_covered_and_removed_by_the_reporter(client, resident):
    issue = world.issue(resident)
    client.force_login(resident)
    body = client.post(at(issue, "photos/"), {"photos": [jpeg()]}).json()
    one = at(issue, f"photos/{body['photos'][0]['id']}/")

    covered = send(client, f"{one}covering/", boxes=[[0.1, 0.1, 0.4, 0.4]])
    assert covered.status_code == 200
    assert Photo.objects.get().covered == 1
    assert send(client, f"{one}covering/", boxes=[[0, 0, 2, 1]]).status_code == 400
    assert client.delete(one).status_code == 204
    assert not Photo.objects.exists()


VERBS = (
    "support/",
    "follow/",
    "updates/",
    "withdrawal/",
    "reply/",
    "objection/",
    "verdict/",
)


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_finds_nothing_to_do_with_what_is_not_public(
    client, resident, stranger, verb
):
    issue = world.issue(resident, is_public=False)
    client.force_login(stranger)
    sent = {"words": "x", "answer": "yes"}
    assert send(client, at(issue, verb), **sent).status_code == 404


@pytest.mark.parametrize("verb", ["withdrawal/", "reply/", "objection/", "photos/"])
def test_what_only_the_reporter_may_do_nobody_else_does(
    client, resident, stranger, verb
):
    issue = world.issue(resident)
    client.force_login(stranger)
    answer = client.post(at(issue, verb), {"words": "x", "photos": [jpeg()]})
    assert answer.status_code in (403, 415)
    if answer.status_code == 415:
        assert send(client, at(issue, verb), words="x").status_code == 403


@pytest.mark.parametrize("ending", ["", "covering/"])
def test_somebody_elses_photo_is_out_of_reach(client, resident, stranger, ending):
    issue = world.issue(resident)
    row = with_photo(issue, is_public=True)
    address = at(issue, f"photos/{row.key}/{ending}")
    client.force_login(stranger)
    if ending:
        answer = send(client, address, boxes=[[0.1, 0.1, 0.2, 0.2]])
    else:
        answer = client.delete(address)
    assert answer.status_code == 403
    assert Photo.objects.get().covered == 0


def test_verbs_of_residents_need_somebody(client, resident):
    issue = world.issue(resident)
    verbs = [verb for verb in VERBS if verb != "support/"]
    assert {client.post(at(issue, verb)).status_code for verb in verbs} == {401}


def test_what_a_guest_met_counts_after_the_sign_in(client, resident, neighbour):
    issue = world.issue(resident)
    answer = client.post(at(issue, "support/"))
    assert (answer.status_code, answer.json()["supporters"]) == (200, 0)
    join_guest(Guest.objects.get(), neighbour)
    assert client.get(at(issue)).json()["supporters"] == 1


def test_a_guests_photos_wait_unseen_and_come_along_once(client, resident, neighbour):
    issue = world.issue(resident)
    for _again in range(2):
        sent = {"photos": [jpeg()], "alts": ["오늘도 파여 있어요"]}
        answer = client.post(at(issue, "support/"), sent)
        assert (answer.status_code, answer.json()["photos"]) == (200, [])
    row = Photo.objects.get()
    assert row.issue is None
    address = f"/issues/photos/{row.key}/full.webp"
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404

    join_guest(Guest.objects.get(), neighbour)
    row.refresh_from_db()
    assert (row.issue, row.draft, row.alt) == (issue, None, "오늘도 파여 있어요")
    assert row.change.by == neighbour
    assert not row.is_public
    assert client.get(at(issue)).json()["supporters"] == 1


def test_more_photos_than_a_word_carries_are_refused_for_guests_too(client, resident):
    issue = world.issue(resident)
    three = {"photos": [jpeg(300 + n) for n in range(3)]}
    assert client.post(at(issue, "support/"), three).status_code == 422
    assert not Photo.objects.exists()


def test_a_guest_meets_nothing_that_is_not_public(client, resident):
    issue = world.issue(resident, is_public=False)
    assert client.post(at(issue, "support/")).status_code == 404


def test_a_guest_without_the_token_of_our_pages_is_refused(resident):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(at(world.issue(resident), "support/")).status_code == 403


# --- around ---------------------------------------------------------------------


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

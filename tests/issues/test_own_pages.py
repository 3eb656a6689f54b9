"""내 제보, the places one follows, and what stands on other pages."""

import pytest
from django.utils import timezone

from livinglab.issues.models import FollowedPlace, Issue, Verdict
from livinglab.issues.services import answering
from livinglab.issues.services.following import (
    MOST_PLACES,
    follow_issue,
    follow_place,
    support_issue,
)
from livinglab.issues.services.reporting import report_issue
from livinglab.issues.services.verdicts import plan_verdicts
from tests import make
from tests.issues import world
from tests.issues.test_list_pages import numbers

pytestmark = pytest.mark.django_db
LON, LAT = world.JEONGWANG
M = 1 / 111_195  # degrees of latitude in a metre


def test_my_reports_hold_hidden_and_private_ones_too(client, resident, neighbour):
    mine = world.issue(resident, is_public=False, hidden="rude")
    world.issue(neighbour)
    client.force_login(resident)
    text = client.get("/issues/mine/").text
    assert numbers(text) == [mine.pk]


def test_what_i_stand_behind_leaves_out_what_was_hidden_since(
    client, resident, neighbour
):
    met, hidden, mine = (
        world.issue(neighbour),
        world.issue(neighbour),
        world.issue(resident),
    )
    support_issue(met, by=resident)
    follow_issue(hidden, by=resident)
    type(hidden).objects.filter(pk=hidden.pk).update(is_public=False)
    client.force_login(resident)
    assert numbers(client.get("/issues/mine/?which=followed").text) == [met.pk]
    assert numbers(client.get("/issues/mine/").text) == [mine.pk]


def test_my_reports_go_on_page_by_page(client, resident):
    made = [world.issue(resident).pk for _each in range(25)]
    client.force_login(resident)
    first = client.get("/issues/mine/").text
    assert numbers(first) == made[:4:-1]
    assert f"before={made[5]}" in first
    assert numbers(client.get(f"/issues/mine/?before={made[5]}").text) == made[4::-1]


def test_open_questions_stand_above(client, resident, coordinator):
    issue = report_issue(world.said(), by=resident).issue
    closing = answering.answer_issue(issue, "resolved", words="됐어요", by=coordinator)
    plan_verdicts(closing)
    client.force_login(resident)
    assert "고쳐졌나요?" in client.get("/issues/mine/").text
    start = client.get("/").text
    assert f"/issues/{issue.pk}/#fixed" in start


@pytest.mark.parametrize("address", ["/issues/mine/", "/issues/places/"])
def test_own_pages_are_nobody_elses(address, client):
    assert client.get(address).url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    "address", ["/issues/mine/", "/issues/mine/?which=followed", "/issues/places/"]
)
def test_own_pages_ask_little(address, client, resident, django_assert_max_num_queries):
    for _each in range(8):
        support_issue(world.issue(world_person(_each)), by=resident)
        world.issue(resident)
    follow_place("정왕1동", neighbourhood=make.neighbourhood(), by=resident)
    client.force_login(resident)
    client.get("/about/")
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def world_person(n):
    return make.person(f"somebody{n}@example.org")


def test_a_neighbourhood_is_followed_from_its_list_once(client, resident):
    world.issue()
    client.force_login(resident)
    assert (
        "/issues/places/follow/4139059100/"
        in client.get("/issues/?dong=4139059100").text
    )
    for _twice in range(2):
        client.post("/issues/places/follow/4139059100/")
    place = FollowedPlace.objects.get()
    assert (place.person, place.name) == (resident, "정왕1동")
    assert "/issues/places/follow/" not in client.get("/issues/?dong=4139059100").text
    assert client.post("/issues/places/follow/0000000000/").status_code == 404


def test_a_street_is_a_point_with_a_name(client, resident):
    client.force_login(resident)
    said = {"which": "street", "name": "우리 집 앞", "lon": LON, "lat": LAT}
    assert client.post("/issues/places/", said | {"radius_m": 300}).status_code == 302
    place = FollowedPlace.objects.get()
    assert (place.name, place.radius_m) == ("우리 집 앞", 300)
    assert "우리 집 앞" in client.get("/issues/places/").text


@pytest.mark.parametrize(
    "said",
    [
        {"which": "street", "name": "집", "radius_m": 300},
        {"which": "street", "name": "집", "lon": "x", "lat": 37, "radius_m": 300},
        {"which": "street", "name": "집", "lon": 126, "lat": 37, "radius_m": 99999},
        {"which": "dong", "dong": ""},
        {"which": "dong", "dong": "999999"},
    ],
)
def test_a_place_that_is_none_is_said_so(said, client, resident):
    client.force_login(resident)
    assert client.post("/issues/places/", said).status_code == 422
    assert not FollowedPlace.objects.exists()


def test_a_followed_street_shows_what_is_near_it_with_the_distance(client, resident):
    follow_place("집 앞", point=(LON, LAT), radius_m=100, by=resident)
    near = world.issue(point=(LON, LAT + 40 * M))
    world.issue(point=(LON, LAT + 140 * M))
    world.issue(point=(LON, LAT), is_public=False)
    client.force_login(resident)
    text = client.get(f"/issues/places/{FollowedPlace.objects.get().pk}/").text
    assert numbers(text) == [near.pk]
    assert "40 m" in text


def test_a_followed_neighbourhood_shows_its_reports(client, resident):
    place = follow_place("정왕", neighbourhood=make.neighbourhood(), by=resident)
    here = world.issue()
    world.issue(neighbourhood=make.neighbourhood("4139051000"))
    client.force_login(resident)
    assert numbers(client.get(f"/issues/places/{place.pk}/").text) == [here.pk]


def test_a_place_is_let_go_by_its_owner_alone(client, resident, neighbour):
    place = follow_place("정왕", neighbourhood=make.neighbourhood(), by=resident)
    client.force_login(neighbour)
    assert client.get(f"/issues/places/{place.pk}/").status_code == 404
    assert client.post(f"/issues/places/{place.pk}/unfollow/").status_code == 404
    client.force_login(resident)
    assert client.post(f"/issues/places/{place.pk}/unfollow/").status_code == 302
    assert not FollowedPlace.objects.exists()


def test_more_places_than_one_can_follow_are_refused_in_words(client, resident):
    for n in range(MOST_PLACES):
        follow_place(f"곳 {n}", point=(LON, LAT), by=resident)
    client.force_login(resident)
    said = {"which": "street", "name": "하나 더", "lon": LON, "lat": LAT}
    page = "http://testserver/issues/places/"
    answer = client.post(
        "/issues/places/",
        said | {"radius_m": 300},
        follow=True,
        headers={"Referer": page},
    )
    assert FollowedPlace.objects.count() == MOST_PLACES
    assert str(MOST_PLACES) in answer.text


def test_the_start_page_shows_my_reports_and_what_they_wait_for(
    client, resident, coordinator
):
    issue = report_issue(world.said(), by=resident).issue
    client.force_login(resident)
    text = client.get("/").text
    assert "내 제보" in text
    assert "#reply" not in text
    answering.answer_issue(issue, "waiting", words="어디인가요?", by=coordinator)
    assert f"/issues/{issue.pk}/#reply" in client.get("/").text


def test_the_start_page_asks_whoever_stands_behind_a_report_too(
    client, resident, neighbour, coordinator
):
    issue = report_issue(world.said(), by=resident).issue
    support_issue(issue, by=neighbour)
    client.force_login(neighbour)
    assert "고쳐졌나요?" not in client.get("/").text
    closing = answering.answer_issue(issue, "resolved", words="됐어요", by=coordinator)
    plan_verdicts(closing)
    page = client.get("/").text
    assert f"/issues/{issue.pk}/#fixed" in page
    assert "내 제보</h2>" not in page
    Issue.objects.update(is_public=False)
    assert f"/issues/{issue.pk}/" not in client.get("/").text


def test_a_visitor_sees_reports_and_the_way_to_report(client):
    issue = world.issue()
    text = client.get("/").text
    assert numbers(text) == [issue.pk]
    assert 'href="/report/"' in text


def test_places_show_their_newest_reports(client):
    issue = world.issue()
    for address in ("/places/4139059100/", "/places/city/siheung/"):
        assert numbers(client.get(address).text) == [issue.pk]
    make.neighbourhood("4139051000")
    assert numbers(client.get("/places/4139051000/").text) == []


def test_kept_pages_of_places_follow_their_reports(client):
    issue = world.issue()
    client.get("/places/4139059100/")
    issue.state, issue.closed_at = "resolved", timezone.now()
    issue.version += 1
    issue.save()
    assert "ll-tag--success" in client.get("/places/4139059100/").text


def test_the_start_page_asks_at_most_eight_questions(
    client, resident, django_assert_max_num_queries
):
    for _each in range(6):
        world.issue(resident)
    client.force_login(resident)
    client.get("/")
    with django_assert_max_num_queries(8):
        client.get("/")


def test_my_page_follows_what_becomes_of_my_reports(client, resident, coordinator):
    issue = report_issue(world.said(), by=resident).issue
    client.force_login(resident)
    assert "접수됨" in client.get("/issues/mine/").text
    answering.answer_issue(issue, "in_progress", words="봐요", by=coordinator)
    assert "처리하고 있음" in client.get("/issues/mine/").text
    Issue.objects.filter(pk=issue.pk).update(supporters=7)
    assert "7명" in client.get("/issues/mine/").text


def test_one_report_is_asked_about_once_and_only_while_it_may_be_read(
    client, resident, neighbour, coordinator
):
    issue = report_issue(world.said(), by=neighbour).issue
    support_issue(issue, by=resident)
    plan_verdicts(
        answering.answer_issue(issue, "resolved", words="됐어요", by=coordinator)
    )
    Verdict.objects.update(ask_at=timezone.now())  # both rounds are due
    client.force_login(resident)
    for address in ("/issues/mine/", "/issues/mine/?which=followed"):
        text = client.get(address).text
        assert text.count("고쳐졌나요?") == 1
        assert text.count(f'href="/issues/{issue.pk}/"') == 1 + ("which" in address)
    Issue.objects.filter(pk=issue.pk).update(is_public=False)
    assert "고쳐졌나요?" not in client.get("/issues/mine/").text


def test_a_place_let_go_is_gone_from_the_list_at_once(client, resident, neighbour):
    client.force_login(resident)
    mine = follow_place("학교 골목", point=(LON, LAT), by=resident)
    follow_place("이웃의 골목", point=(LON, LAT), by=neighbour)
    for _twice in range(2):
        text = client.get("/issues/places/").text
        assert "학교 골목" in text
        assert "이웃의 골목" not in text
    client.post(f"/issues/places/{mine.pk}/unfollow/")
    assert "학교 골목" not in client.get("/issues/places/").text


def test_a_form_that_is_wrong_is_not_kept(client, resident):
    client.force_login(resident)
    said = {"which": "street", "name": "틀린 이름", "radius_m": 300}
    assert "틀린 이름" in client.post("/issues/places/", said).text
    assert "틀린 이름" not in client.get("/issues/places/").text


def test_who_works_for_one_department_follows_no_private_report_of_another(
    client, coordinator, neighbour
):
    issue = world.issue(neighbour)
    support_issue(issue, by=coordinator)
    Issue.objects.update(is_public=False)
    client.force_login(coordinator)
    assert numbers(client.get("/issues/mine/?which=followed").text) == [issue.pk]
    parks = world.department("parks", name_ko="공원과", name_en="Parks")
    parks.members.add(coordinator)
    assert numbers(client.get("/issues/mine/?which=followed").text) == []

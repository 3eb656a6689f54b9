"""Helpers and reports: in the name of the helped one, in the area, written down."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from livinglab.issues.models import Follow, FollowedPlace, Issue, Verdict
from livinglab.issues.services.answering import answer_issue
from livinglab.issues.services.drafts import keep_half
from livinglab.issues.services.following import follow_place, support_issue
from livinglab.issues.services.verdicts import plan_verdicts
from livinglab.kernel.errors import NotAllowed
from livinglab.people.models import Act, Consent, DataRead, Helping, Person
from livinglab.people.services.helping import acting_through, end_help
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def helping(resident: Person, neighbour: Person) -> Helping:
    return Helping.objects.create(
        person=resident,
        helper=neighbour,
        state=Helping.State.ACTIVE,
        areas=["issues"],
        until=timezone.localdate() + timedelta(days=9),
        confirmed_at=timezone.now(),
    )


@pytest.fixture
def acting(client: Client, neighbour: Person, helping: Helping) -> Client:
    """The helper's browser, switched."""
    client.force_login(neighbour)
    assert client.post(f"/me/helping/{helping.pk}/act/").url == "/issues/mine/"
    return client


def written() -> dict[str, str]:
    """A whole report as the form sends it."""
    world.said()
    lon, lat = world.JEONGWANG
    return {
        "key": str(uuid.uuid4()),
        "category": "pothole",
        "lon": str(lon),
        "lat": str(lat),
        "place_from": "device",
        "words": "횡단보도 앞이 깊게 파였어요",
        "step": "send",
    }


def only_act(rule: str, helping: Helping) -> Act:
    act = Act.objects.get(rule=rule)
    pair = (act.helping, act.person, act.helper)
    assert pair == (helping, helping.person, helping.helper)
    assert act.area == "issues"
    return act


def test_a_helper_reports_for_the_person_they_help(
    acting: Client, helping: Helping
) -> None:
    sent = acting.post("/report/", written())
    issue = Issue.objects.get()
    assert sent.url == f"/report/done/{issue.key}/"
    assert issue.reporter == helping.person
    assert only_act("issues.report_issue", helping).thing == str(issue)
    assert Follow.objects.get().person == helping.person
    assert acting.get(sent.url).status_code == 200


def test_both_read_it_with_both_names(acting: Client, helping: Helping) -> None:
    acting.post("/report/", written())
    for whose in (helping.person, helping.helper):
        acting.force_login(whose)
        page = acting.get(f"/me/helping/{helping.pk}/").text
        assert "이웃집님이 보라네님을 대신해" in page
        assert "제보를 보냈어요" in page


def test_a_phone_of_a_helper_reports_through_the_json_door(
    acting: Client, helping: Helping
) -> None:
    facts = {name: said for name, said in written().items() if name != "step"}
    answer = acting.post("/api/v1/issues/", facts)
    assert answer.status_code == 201
    assert Issue.objects.get().reporter == helping.person
    only_act("issues.report_issue", helping)


def test_sent_twice_it_is_one_report_and_one_act(
    acting: Client, helping: Helping
) -> None:
    facts = written()
    for _time in range(2):
        acting.post("/report/", facts)
    assert Issue.objects.count() == 1
    only_act("issues.report_issue", helping)


def test_a_report_that_is_refused_leaves_no_act(acting: Client) -> None:
    assert acting.post("/report/", written() | {"lon": "127.9"}).status_code == 422
    assert not Act.objects.exists()


def test_a_helper_supports_follows_and_lets_go(
    acting: Client, helping: Helping, stranger: Person
) -> None:
    issue = world.issue(stranger)
    for verb, rule in (
        ("follow", "issues.follow_issue"),
        ("support", "issues.support_issue"),
        ("unfollow", "issues.unfollow_issue"),
    ):
        assert acting.post(f"/issues/{issue.pk}/{verb}/").status_code == 302
        only_act(rule, helping)
        theirs = issue.follows.filter(person=helping.person)
        assert theirs.exists() == (verb != "unfollow")
    assert not issue.follows.filter(person=helping.helper).exists()


def test_a_helper_says_what_is_new_and_answers_the_city(
    acting: Client, helping: Helping, coordinator: Person
) -> None:
    issue = world.issue(helping.person)
    answer_issue(issue, "waiting", words="어느 쪽이에요?", by=coordinator)
    acting.post(f"/issues/{issue.pk}/word/", {"words": "더 깊어졌어요."})
    only_act("issues.add_word", helping)
    acting.post(f"/issues/{issue.pk}/reply/", {"words": "학교 쪽이에요."})
    only_act("issues.reply_to_question", helping)
    issue.refresh_from_db()
    assert issue.state == "routed"


def test_a_helper_says_whether_it_is_fixed(
    acting: Client, helping: Helping, coordinator: Person
) -> None:
    issue = world.issue(helping.person)
    answer_issue(issue, "in_progress", words="보고 있어요.", by=coordinator)
    closing = answer_issue(issue, "resolved", words="메웠어요.", by=coordinator)
    plan_verdicts(closing)
    asked = Verdict.objects.get(round=1)
    Verdict.objects.filter(pk=asked.pk).update(asked_at=timezone.now())
    said = {"question": asked.pk, "answer": "yes"}
    assert acting.post(f"/issues/{issue.pk}/fixed/", said).status_code == 302
    only_act("issues.give_verdict", helping)
    asked.refresh_from_db()
    assert (asked.answer, asked.person) == ("yes", helping.person)


def test_an_addition_that_is_refused_leaves_no_act(
    acting: Client, helping: Helping
) -> None:
    issue = world.issue(helping.person)
    refused = acting.post(f"/issues/{issue.pk}/word/", {"words": ""})
    assert refused.status_code == 422
    assert not Act.objects.exists()


def test_the_start_page_shows_the_reports_of_the_helped_one(
    acting: Client, helping: Helping
) -> None:
    theirs = world.issue(helping.person)
    own = world.issue(helping.helper)
    page = acting.get("/").text
    assert f"/issues/{theirs.pk}/" in page
    assert f"/issues/{own.pk}/" not in page
    assert "보라네님을 대신해" in page


def test_every_page_of_the_area_names_both(acting: Client, helping: Helping) -> None:
    issue = world.issue(helping.person)
    looked = acting.post("/report/", written() | {"step": "look"}).text
    pages = ("/issues/mine/", f"/issues/{issue.pk}/", f"/report/done/{issue.key}/")
    for page in (looked, *(acting.get(address).text for address in pages)):
        assert "보라네님을 대신해" in page
        assert "이웃집님이 하고 있어요" in page


def test_looking_is_written_down_once_a_day(acting: Client, helping: Helping) -> None:
    for _time in range(3):
        acting.get("/issues/mine/")
    read = DataRead.objects.get(person=helping.person)
    assert (read.reader, read.reader_as) == (helping.helper, "helper")


def test_a_private_report_of_the_helped_one_is_open_and_no_other(
    acting: Client, helping: Helping, stranger: Person
) -> None:
    theirs = world.issue(helping.person, is_public=False)
    assert acting.get(f"/issues/{theirs.pk}/").status_code == 200
    for whose in (stranger, helping.helper):
        other = world.issue(whose, is_public=False)
        assert acting.get(f"/issues/{other.pk}/").status_code == 404
        assert acting.post(f"/issues/{other.pk}/support/").status_code == 404


BEYOND = [
    "/issues/{0}/withdraw/",
    "/issues/{0}/object/",
    "/issues/places/follow/4139059100/",
    "/api/v1/issues/{0}/withdrawal/",
    "/api/v1/issues/{0}/objection/",
    "/api/v1/issues/claims/",
    "/report/done/{1}/claim/",
]


@pytest.mark.parametrize("address", BEYOND)
def test_nothing_beyond_the_area(
    acting: Client, helping: Helping, address: str
) -> None:
    issue = world.issue(helping.person)
    where = address.format(issue.pk, issue.key)
    answer = acting.post(where, {"words": "그만할게요"})
    assert answer.status_code == 403
    issue.refresh_from_db()
    assert issue.state == "received"
    assert not Act.objects.exists()
    assert not FollowedPlace.objects.exists()


def test_the_page_offers_a_helper_only_what_they_may(
    acting: Client, helping: Helping
) -> None:
    issue = world.issue(helping.person)
    page = acting.get(f"/issues/{issue.pk}/").text
    assert f"/issues/{issue.pk}/word/" in page
    assert f"/issues/{issue.pk}/withdraw/" not in page
    assert "/issues/places/" not in acting.get("/issues/mine/").text


def test_not_even_a_service_lets_a_helper_follow_places(helping: Helping) -> None:
    person = helping.person
    person.acting = acting_through(helping)
    with pytest.raises(NotAllowed):
        follow_place("우리 동네", neighbourhood=make.neighbourhood(), by=person)


@pytest.mark.parametrize("areas", [["energy"], ["notices"]])
def test_another_area_does_not_open_reports(
    client: Client, helping: Helping, areas: list[str]
) -> None:
    Helping.objects.update(areas=areas)
    issue = world.issue(helping.person)
    client.force_login(helping.helper)
    client.post(f"/me/helping/{helping.pk}/act/")
    refused = client.post("/report/", written())
    assert refused.status_code == 403
    assert "보라네님이 부탁한 일" in refused.text
    assert client.get("/issues/mine/").status_code == 403
    assert client.post(f"/issues/{issue.pk}/support/").status_code == 403
    assert Issue.objects.count() == 1
    assert f"/issues/{issue.pk}/" not in client.get("/").text


def test_without_consent_nothing_happens_in_anybodys_name(
    acting: Client, helping: Helping
) -> None:
    Consent.objects.filter(person=helping.person, purpose="helping").update(
        withdrawn_at=timezone.now()
    )
    refused = acting.post("/report/", written())
    assert refused.url == "/me/helping/"
    assert "도움이 끝났어요" in acting.get(refused.url).text
    assert not Issue.objects.exists()


def test_an_ended_help_is_refused_with_a_sentence_at_the_json_door(
    acting: Client, helping: Helping
) -> None:
    end_help(helping, by=helping.person)
    facts = {name: said for name, said in written().items() if name != "step"}
    refused = acting.post("/api/v1/issues/", facts)
    assert refused.status_code == 403
    assert "도움이 끝났어요" in refused.json()["detail"]
    assert not Issue.objects.exists()


def test_a_coordinator_who_is_helped_lends_no_power(
    client: Client, coordinator: Person, helping: Helping, stranger: Person
) -> None:
    Helping.objects.update(person=coordinator)
    hidden = world.issue(stranger, is_public=False)
    client.force_login(helping.helper)
    client.post(f"/me/helping/{helping.pk}/act/")
    assert client.get(f"/issues/{hidden.pk}/").status_code == 404
    answer = {"state": "in_progress", "words": "보고 있어요", "seen": 0}
    shown = world.issue(stranger)
    assert client.post(f"/api/v1/issues/{shown.pk}/answers/", answer).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/issues/mine/",
        "/issues/mine/?which=followed",
        "/issues/",
        "/issues/map/",
        "/issues/{0}/",
        "/report/",
        "/report/done/{1}/",
        "/",
    ],
)
def test_pages_of_a_helper_ask_no_more_than_others(
    acting: Client,
    helping: Helping,
    stranger: Person,
    address: str,
    django_assert_max_num_queries: Any,
) -> None:
    """Also the first of the day, which writes down that the helper looked."""
    issue = world.issue(helping.person)
    support_issue(world.issue(stranger), by=helping.person)
    said = {"category": ["pothole"], "words": ["파였어요"]}
    keep_half(helping.person, said)
    where = address.format(issue.pk, issue.key)
    acting.get("/about/")
    for _look in ("first", "later"):
        with django_assert_max_num_queries(8):
            assert acting.get(where).status_code == 200

"""Report what is wrong."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from livinglab.issues.errors import IssueRefused, OutsideTheCity, TooMany
from livinglab.issues.models import Change, Issue, RoutingRule
from livinglab.issues.services import reporting
from livinglab.issues.services.reporting import claim_issue, report_issue
from livinglab.issues.states import State
from livinglab.issues.trust import Leeway, Trust
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db


def test_a_report_finds_its_place_its_department_and_its_promise(resident):
    issue = report_issue(world.said(), by=resident).issue

    assert issue.neighbourhood.code == "4139059100"
    assert issue.department.code == "roads"
    assert issue.state == State.RECEIVED
    assert issue.is_public
    assert issue.due_on > timezone.localdate()
    assert issue.answer_due_on <= issue.due_on
    assert issue.follows.get().person == resident
    assert Change.objects.get(issue=issue).due_on == issue.due_on


def test_the_same_report_sent_again_is_one_report(resident):
    said = world.said()
    first = report_issue(said, by=resident)
    again = report_issue(said, by=resident)

    assert again.issue == first.issue
    assert (first.is_new, again.is_new) == (True, False)
    assert Issue.objects.count() == 1


def test_a_guest_reports_and_claims_it_after_signing_in(resident):
    said = world.said()
    report_issue(said, by=None)

    issue = claim_issue(said.key, by=resident)

    assert issue.reporter == resident
    assert issue.follows.get().why == "reported"


def test_a_guest_who_signs_in_before_the_answer_came_gets_the_report(resident):
    said = world.said()
    report_issue(said, by=None)

    again = report_issue(said, by=resident)

    assert not again.is_new
    assert again.issue.reporter == resident


def test_another_persons_key_learns_nothing(resident, stranger):
    said = world.said()
    report_issue(said, by=resident)

    with pytest.raises(IssueRefused):
        report_issue(said, by=stranger)
    with pytest.raises(IssueRefused):
        claim_issue(said.key, by=stranger)
    with pytest.raises(IssueRefused):
        claim_issue(uuid.uuid4(), by=stranger)


def test_a_place_outside_the_cities_is_refused(resident):
    with pytest.raises(OutsideTheCity):
        report_issue(world.said(lon=127.5, lat=37.0), by=resident)


def test_a_place_in_the_other_city_names_that_city(resident):
    make.neighbourhood("2714074200")
    lon, lat = world.ANSIM
    with pytest.raises(OutsideTheCity, match="대구"):
        report_issue(world.said(lon=lon, lat=lat), by=resident)
    assert not Issue.objects.exists()


def test_near_a_border_the_person_says_which_neighbourhood(resident):
    daeya = make.neighbourhood("4139051000")
    said = world.said(neighbourhood=daeya)
    assert report_issue(said, by=resident).issue.neighbourhood == daeya


def test_a_neighbourhood_of_another_city_is_never_taken(resident):
    said = world.said(neighbourhood=make.neighbourhood("2714074200"))
    assert report_issue(said, by=resident).issue.neighbourhood.code == "4139059100"


def test_required_questions_must_be_answered(resident):
    of = world.category()
    world.question(of, "depth", "number", is_required=True, text_ko="얼마나 깊나요")

    with pytest.raises(IssueRefused, match="얼마나 깊나요"):
        report_issue(world.said(category=of), by=resident)

    issue = report_issue(world.said(answers={"depth": ["12"]}), by=resident).issue
    assert issue.answers == {"depth": "12"}


def test_a_category_with_a_notice_takes_no_report(resident):
    of = world.category("fire", notice_ko="119에 전화하세요", notice_phone="119")
    with pytest.raises(IssueRefused, match="119에 전화하세요"):
        report_issue(world.said(category=of), by=resident)


def test_a_text_may_have_4000_characters_and_not_one_more(resident):
    assert report_issue(world.said(words="가" * 4000), by=resident).is_new
    with pytest.raises(IssueRefused):
        report_issue(world.said(words="가" * 4001), by=resident)


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=-61)])
def test_a_time_that_cannot_be_is_refused(resident, ahead):
    with pytest.raises(IssueRefused):
        report_issue(world.said(seen_at=timezone.now() + ahead), by=resident)


def test_a_report_written_yesterday_without_network_keeps_its_time(resident):
    seen = timezone.now() - timedelta(days=1)
    issue = report_issue(world.said(seen_at=seen), by=resident).issue
    assert issue.seen_at == seen
    assert issue.received_at > seen


def test_a_category_that_exposes_people_is_never_published(resident):
    of = world.category("elder", is_public=False)
    assert not report_issue(world.said(category=of), by=resident).issue.is_public


def test_advertising_is_held_back_and_not_lost():
    said = world.said(words="카지노 https://a.example https://b.example")
    issue = report_issue(said, by=None).issue
    assert issue.hidden == Issue.Hidden.SUSPECTED
    assert not issue.is_public


def test_a_rule_sends_it_elsewhere(resident):
    lights = world.department("lights", name_ko="가로등팀")
    RoutingRule.objects.create(
        city=make.city(), department=lights, words=["가로등"], position=1
    )
    dark = report_issue(world.said(words="가로등이 꺼졌어요"), by=resident).issue
    hole = report_issue(world.said(), by=resident).issue
    assert dark.department == lights
    assert hole.department.code == "roads"


def test_nobody_needs_more_than_ten_reports_an_hour(resident, monkeypatch):
    monkeypatch.setitem(reporting.LEEWAY, Trust.NEW, Leeway(2, 30, 0))
    monkeypatch.setitem(reporting.LEEWAY, Trust.KNOWN, Leeway(2, 30, 0))
    for _again in range(2):
        report_issue(world.said(), by=resident)
    with pytest.raises(TooMany):
        report_issue(world.said(), by=resident)
    assert Issue.objects.count() == 2


def test_an_address_too_long_is_refused_and_never_cut(resident):
    with pytest.raises(IssueRefused) as refused:
        report_issue(world.said(address="가" * 161), by=resident)
    assert refused.value.facts["field"] == "address"
    kept = report_issue(world.said(address="가" * 160), by=resident).issue
    assert kept.address == "가" * 160

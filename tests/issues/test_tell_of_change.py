"""Who is told what of a report, and that it happens once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from livinglab.issues.models import Change, Follow, Issue, Verdict
from livinglab.issues.services import answering, reporting
from livinglab.issues.services.appeals import appeal_hiding, decide_appeal
from livinglab.issues.services.following import follow_issue, support_issue
from livinglab.issues.services.merging import merge_issue
from livinglab.issues.services.telling import changes_to_tell, tell_of_change
from livinglab.issues.states import State
from livinglab.issues.tasks import sweep_issues
from livinglab.issues.work_days import after_work_days
from livinglab.notifications.kinds import kind_of
from livinglab.notifications.models import Delivery, Notice
from livinglab.people.models import Person
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db


def tell_all() -> None:
    for change in changes_to_tell():
        tell_of_change(change)


def told(person):
    return list(person.notices.order_by("pk").values_list("kind", flat=True))


def text(person):
    notice = person.notices.order_by("pk").last()
    return kind_of(notice.kind).title_for(notice.facts)


def test_the_reporter_hears_that_it_arrived_and_by_when(resident):
    reported = reporting.report_issue(world.said(), by=resident)
    tell_all()
    notice = Notice.objects.get(person=resident, kind="issues.received")
    assert notice.facts["due"] == f"{reported.issue.due_on:%Y-%m-%d}"
    with override("en"):
        body = kind_of(notice.kind).body_for(notice.facts)
    assert body.startswith("Roads deals with it, by ")
    assert notice.url == f"/issues/{reported.issue.pk}/"
    assert not Delivery.objects.exists()  # who just sent it needs no push


def test_a_suspicious_report_is_said_to_be_looked_at(resident):
    said = world.said(words="싸요 https://a.shop/1 https://b.shop/2")
    reporting.report_issue(said, by=resident)
    tell_all()
    assert told(resident) == ["issues.held"]


def test_everybody_who_follows_hears_an_answer_but_not_who_gave_it(
    resident, neighbour, stranger, coordinator
):
    issue = world.issue(resident)
    support_issue(issue, by=neighbour)
    follow_issue(issue, by=coordinator)
    answering.answer_issue(
        issue, State.IN_PROGRESS, words="이번 주에 메워요.", by=coordinator
    )
    tell_all()
    assert told(resident) == told(neighbour) == ["issues.changed"]
    assert told(coordinator) == told(stranger) == []
    with override("ko"):
        assert text(resident) == "도로 파임: 처리하고 있음"


def test_telling_twice_tells_once(resident, coordinator):
    issue = world.issue(resident)
    change = answering.add_update(issue, "현장에 다녀왔어요.", by=coordinator)
    assert [tell_of_change(change.pk) for _worker in range(5)] == [1, 0, 0, 0, 0]


def test_a_death_while_telling_leaves_it_to_the_next_worker(resident, coordinator):
    issue = world.issue(resident)
    change = answering.add_update(issue, "현장에 다녀왔어요.", by=coordinator)
    with transaction.atomic():
        tell_of_change(change.pk)
        transaction.set_rollback(True)
    assert changes_to_tell() == [change.pk]
    sweep_issues()
    assert told(resident) == ["issues.changed"]
    assert not changes_to_tell()


def test_a_question_goes_to_the_reporter_alone(resident, neighbour, coordinator):
    issue = world.issue(resident)
    support_issue(issue, by=neighbour)
    answering.answer_issue(
        issue, State.WAITING, words="몇 번 전봇대 앞인가요?", by=coordinator
    )
    tell_all()
    assert told(resident) == ["issues.question"]
    assert told(neighbour) == ["issues.changed"]
    channels = Delivery.objects.filter(person=resident).values_list("channel")
    assert list(channels) == [("email",)]  # no browser agreed to push


def test_the_desk_hears_the_answer_to_its_question(resident, coordinator):
    issue = world.issue(resident)
    answering.assign_issue(issue, coordinator, by=coordinator)
    answering.answer_issue(issue, State.WAITING, words="어디인가요?", by=coordinator)
    answering.reply_to_question(issue, "편의점 앞이에요.", by=resident)
    tell_all()
    assert told(coordinator) == ["issues.desk"]
    assert told(resident) == ["issues.question"]


def test_a_later_day_comes_with_its_reason(resident, coordinator):
    issue = world.issue(resident)
    later = after_work_days(issue.due_on, 5)
    answering.extend_promise(issue, later, "자재를 기다려요.", by=coordinator)
    tell_all()
    notice = resident.notices.get()
    assert (notice.kind, notice.facts["due"]) == ("issues.extended", str(later))
    assert kind_of(notice.kind).body_for(notice.facts) == "자재를 기다려요."


def test_a_closing_asks_who_stands_behind_and_informs_who_is_curious(
    resident, stranger, coordinator
):
    issue = world.issue(resident)
    follow_issue(issue, by=stranger)
    answering.answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    sweep_issues()
    sweep_issues()
    assert told(resident) == ["issues.closed"]
    assert told(stranger) == ["issues.changed"]
    assert Verdict.objects.filter(person=resident).count() == 2


def test_opened_again_is_told_to_the_others_and_the_desk(
    resident, neighbour, coordinator
):
    issue = world.issue(resident)
    support_issue(issue, by=neighbour)
    answering.assign_issue(issue, coordinator, by=coordinator)
    answering.answer_issue(issue, State.NO_ACTION, words="못 찾았어요.", by=coordinator)
    tell_all()
    answering.reopen_issue(issue, "사진의 자리예요.", by=resident)
    tell_all()
    assert told(neighbour) == ["issues.changed", "issues.reopened"]
    assert told(resident) == ["issues.changed"]
    assert told(coordinator) == ["issues.desk"]
    assert resident.notices.get().facts["words"] == "못 찾았어요."
    # what a resident wrote stays on the page
    assert neighbour.notices.get(kind="issues.reopened").facts["words"] == ""


def test_a_merged_report_leads_to_the_one_that_stays(resident, neighbour, coordinator):
    original, copy = world.issue(neighbour), world.issue(resident)
    merge_issue(copy, original, by=coordinator)
    tell_all()
    notice = resident.notices.get()
    assert (notice.kind, notice.url) == ("issues.merged", f"/issues/{original.pk}/")
    assert told(neighbour) == []


def test_hiding_is_between_the_city_and_the_author(resident, neighbour, coordinator):
    issue = world.issue(resident)
    support_issue(issue, by=neighbour)
    answering.hide_issue(issue, "rude", words="욕설이 있어요.", by=coordinator)
    tell_all()
    assert told(resident) == ["issues.hidden"]
    assert told(neighbour) == []
    appeal = appeal_hiding(issue, "욕이 아니에요.", by=resident)
    decide_appeal(appeal, "kept", words="다시 봐도 그래요.", by=coordinator)
    assert told(resident) == ["issues.hidden", "issues.appeal_kept"]


def test_no_more_is_sent_of_what_one_may_not_see_any_more(
    resident, neighbour, coordinator
):
    issue = world.issue(resident)
    support_issue(issue, by=neighbour)
    change = answering.add_update(issue, "다녀왔어요.", by=coordinator)
    tell_of_change(change.pk)
    facts = neighbour.notices.get().facts
    kind = kind_of("issues.changed")
    assert kind.still_true(neighbour, facts)
    Issue.objects.update(is_public=False)
    assert not kind.still_true(neighbour, facts)
    assert kind.still_true(resident, facts)


def test_telling_many_followers_asks_the_database_the_same(
    resident, coordinator, django_assert_max_num_queries
):
    from_many = world.issue(resident)
    people = [
        resident.__class__(email=f"follower{n}@example.org", name="이웃")
        for n in range(60)
    ]
    resident.__class__.objects.bulk_create(people)
    Follow.objects.bulk_create(
        Follow(issue=from_many, person=one, why="met_it") for one in people
    )
    change = answering.add_update(from_many, "다녀왔어요.", by=coordinator)
    with django_assert_max_num_queries(20):
        assert tell_of_change(change.pk) == 61


def test_what_happened_before_is_not_looked_for(resident):
    issue = world.issue(resident)
    Change.objects.create(
        issue=issue,
        what="update",
        state=issue.state,
        at=timezone.now() - timedelta(days=9),
        told_at=timezone.now(),
    )
    assert changes_to_tell() == []


def test_whose_duty_ended_hears_no_more_of_a_report_in_their_hands(
    resident, coordinator, siheung
):
    colleague = make.staff("desk@example.org", kind="coordinator", city=siheung)
    issue = world.issue(resident, is_public=False)
    answering.assign_issue(issue, colleague, by=coordinator)
    answering.answer_issue(issue, State.WAITING, words="어디예요?", by=coordinator)
    colleague.roles.all().delete()
    answering.reply_to_question(Issue.objects.get(), "정문이요.", by=resident)
    tell_all()
    assert not Person.objects.get(pk=colleague.pk).notices.exists()


def test_who_reports_what_is_never_published_is_told_who_can_read_it(
    resident, coordinator
):
    kind = world.category("welfare", is_public=False)
    said = world.said(category=kind, words="싸요 https://a.shop/1 https://b.shop/2")
    issue = reporting.report_issue(said, by=resident).issue
    tell_all()
    with override("en"):
        held = resident.notices.get(kind="issues.held")
        body = kind_of(held.kind).body_for(held.facts)
        assert body.endswith("Only you and the city can read it.")
        answering.show_issue(issue, by=coordinator)
        tell_all()
        assert text(resident) == "Somebody looked at your report: Pothole"
        shown = resident.notices.get(kind="issues.shown")
        body = kind_of(shown.kind).body_for(shown.facts)
    assert body.endswith("Only you and the city can read it.")

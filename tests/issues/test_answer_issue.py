"""What the city says and does with a report."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from livinglab.issues.errors import ChangedMeanwhile, IssueRefused, StepRefused
from livinglab.issues.models import Change, Issue
from livinglab.issues.selectors.work import offers
from livinglab.issues.services import answering, reporting
from livinglab.issues.services.telling import changes_to_tell, tell_of_change
from livinglab.issues.states import State
from livinglab.issues.work_days import after_work_days, work_days_between
from livinglab.kernel.errors import NotAllowed
from livinglab.notifications.kinds import kind_of
from tests.issues import world

pytestmark = pytest.mark.django_db


def test_an_answer_becomes_a_row_and_the_first_one_is_timed(resident, coordinator):
    issue = world.issue(resident)
    answering.answer_issue(
        issue, State.IN_PROGRESS, words="이번 주에 메워요.", by=coordinator
    )

    assert issue.state == State.IN_PROGRESS
    assert issue.answered_at is not None
    change = Change.objects.get(issue=issue)
    assert (change.words, change.by, change.by_city) == (
        "이번 주에 메워요.",
        coordinator,
        True,
    )


def test_closing_without_a_word_is_refused(resident, coordinator):
    issue = world.issue(resident)
    with pytest.raises(StepRefused):
        answering.answer_issue(issue, State.RESOLVED, by=coordinator)
    issue.refresh_from_db()
    assert issue.is_open


def test_of_two_coordinators_one_wins_and_the_other_is_told(resident, coordinator):
    world.issue(resident)
    mine, theirs = Issue.objects.get(), Issue.objects.get()
    answering.answer_issue(
        mine, State.RESOLVED, words="메웠어요.", seen=0, by=coordinator
    )
    with pytest.raises(ChangedMeanwhile):
        answering.answer_issue(
            theirs, State.NO_ACTION, words="못 찾았어요.", seen=0, by=coordinator
        )
    assert Issue.objects.get().state == State.RESOLVED
    assert Change.objects.count() == 1


def test_an_older_look_does_not_overwrite_a_newer_word(resident, coordinator):
    issue = world.issue(resident)
    answering.add_update(issue, "현장에 다녀왔어요.", seen=0, by=coordinator)
    with pytest.raises(ChangedMeanwhile):
        answering.add_update(issue, "곧 갈게요.", seen=0, by=coordinator)


@pytest.mark.parametrize("who", ["resident", "daegu_coordinator", "evaluator"])
def test_only_the_citys_own_coordinators_answer(who, resident, request):
    issue = world.issue(resident)
    with pytest.raises(NotAllowed):
        answering.answer_issue(issue, State.PLANNED, by=request.getfixturevalue(who))


def test_a_coordinator_of_a_department_deals_only_with_its_reports(
    resident, coordinator
):
    issue = world.issue(resident)
    lights = world.department("lights")
    lights.members.add(coordinator)
    with pytest.raises(NotAllowed):
        answering.answer_issue(issue, State.PLANNED, by=coordinator)
    issue.department.members.add(coordinator)
    answering.answer_issue(issue, State.PLANNED, by=coordinator)


def test_while_the_reporter_is_asked_the_clock_stands_still(resident, coordinator):
    issue = world.issue(resident)
    promised = issue.due_on
    answering.answer_issue(
        issue, State.WAITING, words="어느 차로인가요?", by=coordinator
    )
    later = timezone.now() + timedelta(days=10)
    with time_machine.travel(later, tick=False):
        lost = work_days_between(issue.paused_on, timezone.localdate())
        answering.reply_to_question(issue, "2차로예요.", by=resident)

    assert issue.paused_on is None
    assert issue.due_on == after_work_days(promised, lost)
    assert issue.state == State.ROUTED


def test_a_waiting_report_is_never_overdue(resident, coordinator):
    issue = world.issue(resident)
    long_after = issue.due_on + timedelta(days=30)
    assert list(Issue.objects.overdue(long_after)) == [issue]
    answering.answer_issue(issue, State.WAITING, words="어디쯤인가요?", by=coordinator)
    assert not Issue.objects.overdue(long_after)


def test_a_later_promise_needs_a_reason_and_a_later_day(resident, coordinator):
    issue = world.issue(resident)
    later = issue.due_on + timedelta(days=7)
    with pytest.raises(IssueRefused):
        answering.extend_promise(issue, later, " ", by=coordinator)
    with pytest.raises(IssueRefused):
        answering.extend_promise(issue, issue.due_on, "자재가 늦어요.", by=coordinator)
    answering.extend_promise(issue, later, "자재가 늦어요.", by=coordinator)
    assert issue.due_on == later


def test_a_promise_is_made_for_the_next_two_years_alone(resident, coordinator):
    issue = world.issue(resident)
    today = timezone.localdate()
    for far in (date.max, today + timedelta(days=732)):
        with pytest.raises(IssueRefused) as refused:
            answering.extend_promise(issue, far, "자재가 늦어요.", by=coordinator)
        assert refused.value.facts["field"] == "due_on"
    last = today + timedelta(days=731)
    answering.extend_promise(issue, last, "자재가 늦어요.", by=coordinator)
    assert issue.due_on == last


def test_sent_to_another_department_its_thread_goes_along(resident, coordinator):
    issue = world.issue(resident)
    answering.add_update(issue, "현장에 다녀왔어요.", by=coordinator)
    parks = world.department("parks")
    answering.route_issue(issue, parks, words="공원 구역이에요.", by=coordinator)
    assert issue.department == parks
    assert issue.changes.count() == 2


def test_a_department_of_the_other_city_gets_nothing(resident, coordinator):
    issue = world.issue(resident)
    with pytest.raises(IssueRefused):
        answering.route_issue(issue, world.department(city="daegu"), by=coordinator)


def test_sorted_into_a_private_category_it_leaves_the_public_list(
    resident, coordinator
):
    issue = world.issue(resident)
    elder = world.category("elder", is_public=False, close_days=3)
    promised = issue.due_on
    answering.sort_anew(issue, elder, by=coordinator)
    assert not issue.is_public
    assert issue.due_on == promised


def test_sorted_into_a_private_kind_by_mistake_and_back_it_is_published_again(
    resident, coordinator
):
    roads, elder = world.category(), world.category("elder", is_public=False)
    issue = reporting.report_issue(world.said(category=roads), by=resident).issue
    answering.sort_anew(issue, elder, by=coordinator)
    assert [one.verb for one in offers(issue)["show"]] == ["hide"]
    answering.sort_anew(issue, roads, by=coordinator)
    assert not issue.is_public
    assert [one.verb for one in offers(issue)["show"]] == ["show", "hide"]
    answering.show_issue(issue, by=coordinator)
    assert issue.is_public
    for number in changes_to_tell():
        tell_of_change(number)
    shown = resident.notices.get(kind="issues.shown")
    with override("en"):
        assert (
            kind_of(shown.kind)
            .title_for(shown.facts)
            .startswith("Your report is published")
        )


@pytest.mark.parametrize(
    ("is_public", "state"), [(True, "received"), (False, "withdrawn")]
)
def test_what_everybody_reads_or_was_taken_back_is_not_published_again(
    resident, coordinator, is_public, state
):
    closed = timezone.now() if state == "withdrawn" else None
    issue = world.issue(resident, is_public=is_public, state=state, closed_at=closed)
    assert [one.verb for one in offers(issue)["show"]] == ["hide"]
    with pytest.raises(StepRefused):
        answering.show_issue(issue, by=coordinator)
    assert not issue.changes.filter(what="shown").exists()


def test_nor_is_what_is_of_a_private_kind(resident, coordinator):
    elder = world.category("elder", is_public=False)
    issue = world.issue(resident, category=elder, is_public=False)
    with pytest.raises(StepRefused):
        answering.show_issue(issue, by=coordinator)


def test_of_two_who_publish_the_second_learns_of_the_first(resident, coordinator):
    issue = world.issue(resident, is_public=False, hidden="suspected")
    seen = issue.version
    answering.show_issue(issue, seen=seen, by=coordinator)
    with pytest.raises(ChangedMeanwhile):
        answering.show_issue(issue, seen=seen, by=coordinator)


def test_hidden_text_keeps_its_reason_and_can_be_shown_again(resident, coordinator):
    issue = world.issue(resident)
    answering.hide_issue(
        issue, Issue.Hidden.PRIVATE, words="이웃의 이름이 있어요.", by=coordinator
    )
    assert (issue.is_public, issue.hidden) == (False, "private")
    answering.show_issue(issue, by=coordinator)
    assert (issue.is_public, issue.hidden) == (True, "")


def test_the_reporter_withdraws_and_nobody_else(resident, stranger, coordinator):
    issue = world.issue(resident)
    for somebody in (stranger, coordinator):
        with pytest.raises(NotAllowed):
            answering.withdraw_issue(issue, by=somebody)
    answering.withdraw_issue(issue, by=resident)
    assert not issue.is_open


def test_not_fixed_opens_it_again_with_a_new_promise(resident, stranger, coordinator):
    issue = world.issue(resident)
    answering.answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    with pytest.raises(NotAllowed):
        answering.reopen_issue(issue, "아직이에요.", by=stranger)
    answering.reopen_issue(issue, "아직 파여 있어요.", by=resident)
    assert issue.state == State.REOPENED
    assert issue.closed_at is None
    assert issue.due_on > timezone.localdate()


def test_an_internal_note_is_for_colleagues(resident, coordinator):
    issue = world.issue(resident)
    with pytest.raises(NotAllowed):
        answering.note_internally(issue, "확인", by=resident)
    answering.note_internally(issue, "업체에 연락함", by=coordinator)
    assert issue.notes.get().by == coordinator


def test_an_assignee_must_be_able_to_deal_with_it(resident, coordinator):
    issue = world.issue(resident)
    with pytest.raises(NotAllowed):
        answering.assign_issue(issue, resident, by=coordinator)
    answering.assign_issue(issue, coordinator, by=coordinator)
    issue.refresh_from_db()
    assert issue.assignee == coordinator

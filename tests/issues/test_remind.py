"""Late and forgotten reports: somebody is told, once for each cause."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from livinglab.issues.models import Issue, Reminder
from livinglab.issues.services.answering import answer_issue, extend_promise
from livinglab.issues.services.reminding import remind_of_late_work
from livinglab.issues.states import State
from livinglab.kernel.permissions import may
from livinglab.notifications.kinds import kind_of
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db
# Monday and Tuesday are work days; Thursday 24 September to Saturday 26 are Chuseok.


@pytest.fixture
def second(siheung):
    """Whom the road department named for broken promises."""
    person = make.staff("second@example.org", kind="coordinator", city=siheung)
    roads = world.department()
    roads.escalates_to = person
    roads.save()
    return person


def at(day: str):
    return time_machine.travel(f"{day} 09:05+09:00", tick=False)


def promised(answer: str, due: str, **fields):
    return world.issue(
        answer_due_on=date.fromisoformat(answer),
        due_on=date.fromisoformat(due),
        **fields,
    )


def test_a_broken_promise_reaches_the_second_person_once(second, coordinator):
    with at("2026-09-14"):
        issue = promised("2026-09-15", "2026-09-17", answered_at=timezone.now())
    with at("2026-09-17"):
        assert remind_of_late_work() == 0
    with at("2026-09-18"):
        assert [remind_of_late_work() for _worker in range(5)] == [1, 0, 0, 0, 0]
    notice = second.notices.get()
    assert notice.facts["why"] == "promise"
    assert notice.url == f"/admin/issues/issue/{issue.pk}/change/"
    assert not coordinator.notices.exists()


def test_on_a_holiday_nobody_is_reminded_and_after_it_once(second):
    with at("2026-09-21"):
        promised("2026-09-22", "2026-09-23", answered_at=timezone.now())
    for day_off in ("2026-09-24", "2026-09-25", "2026-09-26", "2026-09-27"):
        with at(day_off):
            assert remind_of_late_work() == 0
    for day in ("2026-09-28", "2026-09-29", "2026-10-12"):
        with at(day):
            remind_of_late_work()
    assert Reminder.objects.filter(why="promise").count() == 1
    assert second.notices.count() == 1


def test_a_missing_first_answer_is_a_cause_of_its_own(second):
    with at("2026-09-14"):
        promised("2026-09-15", "2026-09-17")
    with at("2026-09-16"):
        remind_of_late_work()
    with at("2026-09-18"):
        remind_of_late_work()
    assert set(Reminder.objects.values_list("why", flat=True)) == {"answer", "promise"}


def test_a_new_promise_that_breaks_too_is_told_again(second, coordinator):
    with at("2026-09-14"):
        issue = promised("2026-09-15", "2026-09-16", answered_at=timezone.now())
    with at("2026-09-17"):
        remind_of_late_work()
        extend_promise(issue, date(2026, 9, 21), "자재를 기다려요.", by=coordinator)
        assert remind_of_late_work() == 0
    with at("2026-09-22"):
        assert remind_of_late_work() == 1
    assert second.notices.count() == 2


def test_a_bad_day_is_one_notice_a_department(second):
    with at("2026-09-14"):
        for _n in range(7):
            promised("2026-09-15", "2026-09-16", answered_at=timezone.now())
    with at("2026-09-18"):
        assert remind_of_late_work() == 7
    notice = second.notices.get()
    assert notice.facts["count"] == 7
    assert notice.url == "/admin/"
    assert "7" in kind_of(notice.kind).title_for(notice.facts)


def test_without_a_second_person_the_citys_coordinators_hear_it(
    coordinator, daegu_coordinator, evaluator
):
    with at("2026-09-14"):
        promised("2026-09-15", "2026-09-16", answered_at=timezone.now())
    with at("2026-09-18"):
        remind_of_late_work()
    assert coordinator.notices.count() == 1
    assert not daegu_coordinator.notices.exists()
    assert not evaluator.notices.exists()


def test_somebody_who_no_longer_works_there_is_not_told(second, coordinator):
    second.roles.all().delete()
    with at("2026-09-14"):
        promised("2026-09-15", "2026-09-16", answered_at=timezone.now())
    with at("2026-09-18"):
        remind_of_late_work()
    assert not second.notices.exists()
    assert coordinator.notices.count() == 1


def test_a_question_is_asked_again_and_then_a_person_decides(
    second, resident, coordinator
):
    with at("2026-09-01"):
        issue = world.issue(resident)
        answer_issue(issue, State.WAITING, words="어디인가요?", by=coordinator)
    with at("2026-09-07"):
        assert remind_of_late_work() == 0
    with at("2026-09-08"):
        assert remind_of_late_work() == 1
        assert resident.notices.get().kind == "issues.question_again"
    with at("2026-09-22"):
        assert remind_of_late_work() == 1
        assert remind_of_late_work() == 0
    assert second.notices.get().facts["why"] == "silent"
    assert resident.notices.count() == 1


def test_what_nobody_touched_for_weeks_is_called_back_to_mind(second):
    with at("2026-08-03"):
        promised("2026-12-01", "2026-12-31", answered_at=timezone.now())
    with at("2026-08-31"):
        assert remind_of_late_work() == 0  # four weeks to the minute
    with at("2026-09-01"):
        assert [remind_of_late_work(), remind_of_late_work()] == [1, 0]
    assert second.notices.get().facts["why"] == "forgotten"


def test_a_closed_report_is_late_no_more(second, coordinator):
    with at("2026-09-14"):
        issue = promised("2026-09-15", "2026-09-16", answered_at=timezone.now())
    with at("2026-09-18"):
        remind_of_late_work()
        facts = second.notices.get().facts
        kind = kind_of("issues.escalated")
        assert kind.still_true(second, facts)
        answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
        assert not kind.still_true(second, facts)
    with at("2026-09-30"):
        assert remind_of_late_work() == 0


@pytest.mark.parametrize("hidden", ["spam", "suspected"])
def test_nobody_is_reminded_of_spam(second, resident, hidden):
    with at("2026-09-14"):
        held = {"hidden": hidden, "is_public": False}
        promised("2026-09-15", "2026-09-17", reporter=resident, **held)
        promised("2026-09-15", "2026-11-27", answered_at=timezone.now(), **held)
        paused = {"state": "waiting", "paused_on": date(2026, 9, 14)}
        promised("2026-09-15", "2026-09-17", reporter=resident, **paused, **held)
    with at("2026-11-02"):
        assert remind_of_late_work() == 0
    assert not Reminder.objects.exists()
    assert not second.notices.exists()


def test_many_late_reports_are_told_in_portions(second, monkeypatch):
    monkeypatch.setattr("livinglab.issues.services.reminding.AT_ONCE", 3)
    with at("2026-09-14"):
        for _n in range(8):
            promised("2026-09-15", "2026-09-16", answered_at=timezone.now())
    with at("2026-09-18"):
        assert remind_of_late_work() == 8
        assert Issue.objects.overdue(timezone.localdate()).count() == 8
    assert second.notices.count() == 3
    assert may(second, "issues.answer_issue", Issue.objects.first())


def test_what_turned_out_to_be_spam_is_told_to_nobody_any_more(second):
    with at("2026-09-14"):
        issue = promised("2026-09-15", "2026-09-17", answered_at=timezone.now())
    with at("2026-09-18"):
        remind_of_late_work()
    notice = second.notices.get()
    kind = kind_of(notice.kind)
    assert kind.still_true(second, notice.facts)
    Issue.objects.filter(pk=issue.pk).update(hidden="spam", is_public=False)
    assert not kind.still_true(second, notice.facts)

"""The city's promise over real Korean holidays, by the verbs people use."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from livinglab.issues.models import Issue
from livinglab.issues.selectors.figures import Span, figures_between
from livinglab.issues.services.answering import (
    answer_issue,
    extend_promise,
    reopen_issue,
    reply_to_question,
)
from livinglab.issues.services.promising import promise_for
from livinglab.issues.services.reminding import remind_of_late_work
from livinglab.issues.services.reporting import report_issue
from livinglab.people.models import Person
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db


def at(moment: str) -> time_machine.travel:
    return time_machine.travel(f"{moment}+09:00", tick=False)


def fresh(issue: Issue) -> Issue:
    return Issue.objects.get(pk=issue.pk)


@pytest.mark.parametrize(
    ("sent", "answer", "due"),
    [
        # Chuseok 2025: Friday 3, Monday 6 to Wednesday 8 (a substitute), Thursday 9.
        ("2025-10-02 14:00", "2025-10-14", "2025-10-20"),
        # Seollal 2027 is a Sunday: Tuesday 9 February stands in for it.
        ("2027-02-05 23:59", "2027-02-12", "2027-02-18"),
        # Temporary holiday, Seollal 2025 and a weekend before them.
        ("2025-01-24 09:00", "2025-02-04", "2025-02-10"),
        # Local elections, Wednesday 3 June 2026.
        ("2026-06-02 10:00", "2026-06-08", "2026-06-12"),
        # A Sunday at night in Korea is still Saturday in UTC's eyes: the day is ours.
        ("2026-11-22 00:30", "2026-11-25", "2026-12-01"),
    ],
)
def test_what_is_promised_is_what_is_kept(
    resident: Person, sent: str, answer: str, due: str
) -> None:
    said = world.said()
    with at(sent):
        promise = promise_for(said, make.neighbourhood())
        issue = report_issue(said, by=resident).issue
    days = (date.fromisoformat(answer), date.fromisoformat(due))
    assert (promise.answer_on, promise.due_on) == days
    assert (issue.answer_due_on, issue.due_on) == days


def asked_before_chuseok(resident: Person, coordinator: Person) -> Issue:
    """Promised for Wednesday 23 September 2026; asked on Tuesday, the day before."""
    with at("2026-09-14 10:00"):
        issue = report_issue(world.said(), by=resident).issue
    assert issue.due_on == date(2026, 9, 23)
    with at("2026-09-22 10:00"):
        answer_issue(issue, "waiting", words="기둥 번호가 있나요?", by=coordinator)
    return fresh(issue)


def test_a_pause_over_a_holiday_costs_its_work_days_alone(
    resident: Person, coordinator: Person
) -> None:
    issue = asked_before_chuseok(resident, coordinator)
    with at("2026-09-29 10:00"):  # 23, 28 and 29: three work days
        reply_to_question(issue, "7번이에요.", by=resident)
    assert fresh(issue).due_on == date(2026, 9, 30)


def test_a_pause_within_a_holiday_costs_nothing(
    resident: Person, coordinator: Person
) -> None:
    with at("2026-09-14 10:00"):
        issue = report_issue(world.said(), by=resident).issue
    with at("2026-09-24 10:00"):
        answer_issue(issue, "waiting", words="기둥 번호가 있나요?", by=coordinator)
    with at("2026-09-27 22:00"):
        reply_to_question(fresh(issue), "7번이에요.", by=resident)
    assert fresh(issue).due_on == date(2026, 9, 23)


def test_a_day_named_while_waiting_is_moved_by_what_comes_after_alone(
    resident: Person, coordinator: Person
) -> None:
    issue = asked_before_chuseok(resident, coordinator)
    with at("2026-09-28 10:00"):
        extend_promise(issue, date(2026, 10, 2), "부품을 기다려요.", by=coordinator)
    with at("2026-09-30 10:00"):  # 29 and 30 were lost since; 5 October is a substitute
        reply_to_question(fresh(issue), "7번이에요.", by=resident)
    assert fresh(issue).due_on == date(2026, 10, 7)


def test_waiting_over_a_holiday_nobody_is_late(
    resident: Person, coordinator: Person
) -> None:
    issue = asked_before_chuseok(resident, coordinator)
    with at("2026-09-28 09:05"):
        remind_of_late_work()
    assert not coordinator.notices.filter(kind="issues.escalated").exists()
    with at("2026-09-28 10:00"):
        reply_to_question(issue, "7번이에요.", by=resident)
    assert fresh(issue).due_on == date(2026, 9, 29)
    with at("2026-09-30 09:05"):
        assert [remind_of_late_work() for _worker in range(5)] == [1, 0, 0, 0, 0]
    assert coordinator.notices.filter(kind="issues.escalated").count() == 1


def test_opened_again_before_a_holiday_it_is_promised_anew(
    resident: Person, coordinator: Person
) -> None:
    with at("2026-09-14 10:00"):
        issue = report_issue(world.said(), by=resident).issue
    with at("2026-09-21 10:00"):
        answer_issue(issue, "resolved", words="메웠어요.", by=coordinator)
    with at("2026-09-23 10:00"):  # 28 to 30 September, 1, 2, 6 and 7 October
        reopen_issue(fresh(issue), "아직 파여 있어요.", by=resident)
    assert fresh(issue).due_on == date(2026, 10, 7)


# --- to whom it escalates -----------------------------------------------------
def late(**fields: object) -> Issue:
    with at("2026-09-14 10:00"):
        return world.issue(
            answer_due_on=date(2026, 9, 15), due_on=date(2026, 9, 16), **fields
        )


@pytest.mark.parametrize("gone", ["asleep", "leaving"])
def test_a_second_person_who_is_gone_is_followed_by_the_others(
    coordinator: Person, gone: str
) -> None:
    second = make.staff(
        "second@example.org", kind="coordinator", city=make.city("siheung")
    )
    roads = world.department()
    roads.escalates_to = second
    roads.save(update_fields=["escalates_to"])
    if gone == "asleep":
        second.is_active = False
    else:
        second.leaving_since = timezone.now()
    second.save(update_fields=["is_active", "leaving_since"])
    late()
    with at("2026-09-17 09:05"):
        remind_of_late_work()
    assert coordinator.notices.filter(kind="issues.escalated").exists()
    assert not second.notices.exists()


def test_without_one_only_those_hear_it_who_may_deal_with_it(
    coordinator: Person,
) -> None:
    gardener = make.staff(
        "parks@example.org", kind="coordinator", city=make.city("siheung")
    )
    world.department("parks", name_ko="공원과").members.add(gardener)
    late()
    with at("2026-09-17 09:05"):
        remind_of_late_work()
    assert coordinator.notices.filter(kind="issues.escalated").exists()
    assert not gardener.notices.exists()


def test_what_was_lost_in_waiting_breaks_no_promise_at_a_closing(
    resident: Person, coordinator: Person
) -> None:
    issue = asked_before_chuseok(resident, coordinator)
    with at("2026-10-20 10:00"):
        words = "답이 없어 닫아요."
        answer_issue(issue, "no_action", words=words, by=coordinator)
    closed = fresh(issue)
    assert closed.due_on == date(2026, 10, 21)  # one work day was left
    assert closed.paused_on is None
    span = Span(date(2026, 9, 1), date(2026, 10, 31))
    in_time = figures_between(issue.city_id, span).closed_in_time
    assert (in_time.good, in_time.of) == (1, 1)

"""A morning with eighty new reports: order, callers, duplicates, one's own share."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from livinglab.issues.models import Follow, Issue, Note
from livinglab.issues.selectors.callers import ways_to_write
from livinglab.people.models import Person
from tests import make
from tests.admin.test_reports_list import listed, set_to, several
from tests.admin.test_reports_work import answered, page
from tests.issues import world

LIST = "/admin/issues/issue/"
TAKE = 'aria-keyshortcuts="t"'


def in_order(client: Client, query: str) -> list[int]:
    changes = client.get(f"{LIST}?{query}").context["cl"]
    return [issue.pk for issue in changes.result_list]


# --- order --------------------------------------------------------------------
def test_in_a_queue_the_most_urgent_stands_first(as_coordinator: Client) -> None:
    today = timezone.localdate()
    made = [
        set_to(world.issue(state="routed"), due_on=today - timedelta(days=days))
        for days in (3, 9, 6)
    ]
    late = [made[1].pk, made[2].pk, made[0].pk]
    assert in_order(as_coordinator, "queue=overdue") == late
    assert in_order(as_coordinator, "") == sorted(late, reverse=True)
    assert in_order(as_coordinator, "queue=overdue&o=1") == sorted(late)


def test_the_next_one_follows_the_order_of_the_queue(as_coordinator: Client) -> None:
    first, second = world.issue(), world.issue()
    back = "?_changelist_filters=queue%3Dnew"
    shown = as_coordinator.get(page(first, back))
    assert (shown.context["before"], shown.context["after"]) == (None, second.pk)


# --- whose --------------------------------------------------------------------
def test_reports_are_filtered_by_who_deals_with_them(
    as_coordinator: Client, coordinator: Person, siheung: Any
) -> None:
    other = make.staff("second@example.org", kind="coordinator", city=siheung)
    mine, theirs = world.issue(assignee=coordinator), world.issue(assignee=other)
    free = world.issue()
    assert listed(as_coordinator, "assignee=me") == [mine.pk]
    assert listed(as_coordinator, "assignee=none") == [free.pk]
    assert listed(as_coordinator, f"assignee={other.pk}") == [theirs.pk]


def test_colleagues_of_another_city_are_no_choice(
    as_coordinator: Client, daegu_coordinator: Person
) -> None:
    world.issue(assignee=daegu_coordinator)
    asked = f"assignee={daegu_coordinator.pk}"
    assert asked not in as_coordinator.get(LIST).text
    assert len(listed(as_coordinator, asked)) == 1  # as if nothing was asked


def test_reports_are_filtered_by_when_they_came(as_coordinator: Client) -> None:
    now = timezone.now()
    today, week = world.issue(), world.issue()
    month, old = world.issue(), world.issue()
    for issue, days in ((week, 6), (month, 29), (old, 40)):
        set_to(issue, received_at=now - timedelta(days=days))
    assert listed(as_coordinator, "since=1") == [today.pk]
    assert listed(as_coordinator, "since=7") == [today.pk, week.pk]
    assert listed(as_coordinator, "since=30") == [today.pk, week.pk, month.pk]


def test_one_press_takes_a_report_on(
    as_coordinator: Client, coordinator: Person, resident: Person
) -> None:
    issue = world.issue(resident)
    assert TAKE in as_coordinator.get(page(issue)).text
    answered(as_coordinator, issue, "assign", assignee=coordinator.pk)
    issue.refresh_from_db()
    assert issue.assignee == coordinator
    assert Note.objects.filter(issue=issue).exists()
    assert TAKE not in as_coordinator.get(page(issue)).text


def test_an_evaluator_is_not_asked_to_take_it_on(as_evaluator: Client) -> None:
    assert TAKE not in as_evaluator.get(page(world.issue())).text


# --- who called ---------------------------------------------------------------
@pytest.mark.parametrize(
    "asked", ["010-1234-5678", "01012345678", "010 1234 5678", "Caller@example.org"]
)
def test_whoever_calls_again_is_found(as_coordinator: Client, asked: str) -> None:
    issue = world.issue(
        contact_phone="010-1234-5678", contact_email="caller@example.org"
    )
    world.issue(contact_phone="010-9999-5678")
    assert listed(as_coordinator, f"q={asked}") == [issue.pk]


def test_a_number_left_without_signs_is_found_as_well(as_coordinator: Client) -> None:
    issue = world.issue(contact_phone="0313102114")
    assert listed(as_coordinator, "q=031-310-2114") == [issue.pk]


@pytest.mark.parametrize("asked", ["010-1234-5678", "caller@example.org"])
def test_evaluators_learn_of_no_caller(as_evaluator: Client, asked: str) -> None:
    world.issue(contact_phone="010-1234-5678", contact_email="caller@example.org")
    assert listed(as_evaluator, f"q={asked}") == []


def test_a_number_is_written_in_every_usual_way() -> None:
    assert set(ways_to_write("0212345678")) >= {"02-1234-5678", "021-234-5678"}
    assert "1588-1234" in ways_to_write("15881234")


def test_other_reports_of_the_same_person_stand_beside_it(
    as_coordinator: Client, resident: Person, neighbour: Person
) -> None:
    issue = world.issue(resident, contact_phone="010-1234-5678")
    own = world.issue(resident, hidden="spam", is_public=False)
    called = world.issue(contact_phone="01012345678")
    other = world.issue(neighbour, point=(126.80, 37.40))
    there = make.neighbourhood("2714074200")
    elsewhere = world.issue(
        resident, category=world.category(city="daegu"), neighbourhood=there
    )
    earlier = as_coordinator.get(page(issue)).context["work"].earlier
    found = {one.pk for one in earlier}
    assert found == {own.pk, called.pk}
    assert not found & {other.pk, elsewhere.pk}


def test_reports_of_nobody_known_have_no_others(as_coordinator: Client) -> None:
    issue = world.issue()
    world.issue()
    assert as_coordinator.get(page(issue)).context["work"].earlier == []


# --- duplicates, and what a storm does ----------------------------------------
def test_several_reports_of_one_thing_are_joined_at_once(
    as_coordinator: Client, resident: Person, neighbour: Person
) -> None:
    first, second, third = world.issue(), world.issue(resident), world.issue(neighbour)
    said = {
        "action": "merge_several",
        "_selected_action": [issue.pk for issue in (first, second, third)],
    }
    begun = as_coordinator.post(LIST, said)
    assert begun.context["form"].initial == {"original": first.pk}
    answer = several(as_coordinator, "merge", [first, second, third], original=first.pk)
    assert answer.status_code == 302
    states = Issue.objects.values_list("state", "duplicate_of").order_by("pk")
    assert list(states) == [
        ("received", None),
        ("duplicate", first.pk),
        ("duplicate", first.pk),
    ]
    behind = Follow.objects.filter(issue=first).values_list("person", flat=True)
    assert set(behind) == {resident.pk, neighbour.pk}


def test_a_report_of_elsewhere_takes_nothing_in(as_coordinator: Client) -> None:
    there = make.neighbourhood("2714074200")
    foreign = world.issue(
        category=world.category(city="daegu"), neighbourhood=there, point=world.ANSIM
    )
    issue = world.issue()
    answer = several(as_coordinator, "merge", [issue], original=foreign.pk)
    assert answer.status_code == 409
    issue.refresh_from_db()
    assert issue.state == "received"


def test_several_are_promised_for_a_later_day_with_the_reason(
    as_coordinator: Client,
) -> None:
    issues = [world.issue(), world.issue()]
    day = issues[0].due_on + timedelta(days=30)
    said = {"due_on": day.isoformat(), "words": "태풍 뒤라 늦어요."}
    assert several(as_coordinator, "extend", issues, **said).status_code == 302
    assert set(Issue.objects.values_list("due_on", flat=True)) == {day}


def test_neither_one_nor_several_are_promised_for_a_day_nobody_will_see(
    as_coordinator: Client,
) -> None:
    issues = [world.issue(), world.issue()]
    said = {"due_on": "9999-12-31", "words": "태풍 뒤라 늦어요."}
    told = several(as_coordinator, "extend", issues, **said)
    alone = f"/admin/issues/issue/{issues[0].pk}/do/extend/"
    for answer in (told, as_coordinator.post(alone, said | {"seen": 0})):
        assert "앞으로 2년 안의 날" in answer.text
    assert Issue.objects.filter(due_on__year__gt=2100).count() == 0
    page = as_coordinator.get(f"/admin/issues/issue/{issues[0].pk}/change/?do=extend")
    furthest = (timezone.localdate() + timedelta(days=731)).isoformat()
    assert f'max="{furthest}"' in page.text


def test_several_are_put_where_they_belong(as_coordinator: Client) -> None:
    issues = [world.issue(), world.issue()]
    light = world.category("light", name_ko="가로등 고장")
    answer = several(as_coordinator, "sort", issues, category=light.pk)
    assert answer.status_code == 302
    assert set(Issue.objects.values_list("category", flat=True)) == {light.pk}

"""The list of reports: queues, saved filters, one step for several at once."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from livinglab.issues.admin.reports import IssueTable
from livinglab.issues.models import AnswerTemplate, Issue, KeptList
from livinglab.issues.services.answering import answer_issue, show_issue
from livinglab.issues.services.indexing import index_words
from livinglab.kernel import paging
from livinglab.people.models import Person
from tests import make
from tests.issues import world

LIST = "/admin/issues/issue/"
SORTED = ("met", "assignee")


def listed(client: Client, query: str = "") -> list[int]:
    changes = client.get(f"{LIST}?{query}").context["cl"]
    return sorted(changes.queryset.values_list("pk", flat=True))


def in_order(client: Client, query: str) -> list[int]:
    return [one.pk for one in client.get(f"{LIST}?{query}").context["cl"].result_list]


def waits(client: Client) -> dict[str, int]:
    cards = client.get("/admin/").context["today"]
    return {
        card.url.partition("queue=")[2]: card.count
        for card in cards
        if "queue=" in card.url
    }


def set_to(issue: Issue, **facts: Any) -> Issue:
    Issue.objects.filter(pk=issue.pk).update(**facts)
    return issue


@pytest.fixture
def queues(resident: Person, coordinator: Person) -> dict[str, Issue]:
    """One report that waits for each reason."""
    late = timezone.localdate() - timedelta(days=9)
    made = {
        "overdue": set_to(
            world.issue(state="planned", answered_at=timezone.now()), due_on=late
        ),
        "unanswered": set_to(world.issue(state="routed"), answer_due_on=late),
        "reopened": world.issue(state="reopened", answered_at=timezone.now()),
        "asked": world.issue(
            state="waiting", paused_on=late, answered_at=timezone.now()
        ),
        "suspected": world.issue(hidden="suspected", is_public=False),
        "mine": world.issue(
            state="planned", answered_at=timezone.now(), assignee=coordinator
        ),
        "appealed": world.issue(
            resident, state="planned", hidden="spam", is_public=False
        ),
    }
    made["appealed"].appeals.create(words="x", by=resident)
    return made


@pytest.mark.parametrize(
    "queue",
    ["overdue", "unanswered", "reopened", "asked", "suspected", "mine", "appealed"],
)
def test_each_queue_holds_what_waits_for_its_reason(
    queue: str, queues: dict[str, Issue], as_coordinator: Client
) -> None:
    assert listed(as_coordinator, f"queue={queue}") == [queues[queue].pk]
    assert waits(as_coordinator)[queue] == 1


def test_new_reports_wait_until_somebody_did_something(
    as_coordinator: Client, coordinator: Person, resident: Person
) -> None:
    issue = world.issue(resident)
    assert waits(as_coordinator)["new"] == 1
    answer_issue(issue, "in_progress", words="네", by=coordinator)
    assert waits(as_coordinator)["new"] == 0


def test_what_was_hidden_as_spam_is_nobodys_work_and_stays_findable(
    as_coordinator: Client, queues: dict[str, Issue], resident: Person
) -> None:
    for issue in queues.values():
        set_to(issue, hidden="spam", is_public=False)
    spam = world.issue(resident, hidden="spam", is_public=False)
    left = {name: count for name, count in waits(as_coordinator).items() if count}
    assert left == {"appealed": 1}
    for queue in (*queues, "new"):
        found = [queues["appealed"].pk] if queue == "appealed" else []
        assert listed(as_coordinator, f"queue={queue}") == found
    assert spam.pk in listed(as_coordinator, "hidden__exact=spam")
    assert listed(as_coordinator, f"q={spam.pk}") == [spam.pk]


def test_shown_again_it_is_work_as_before(
    as_coordinator: Client, coordinator: Person, resident: Person
) -> None:
    spam = world.issue(resident, hidden="spam", is_public=False)
    show_issue(spam, by=coordinator)
    assert listed(as_coordinator, "queue=new") == [spam.pk]


def test_work_of_another_city_is_not_counted(
    queues: dict[str, Issue], client: Client, daegu_coordinator: Person
) -> None:
    client.force_login(daegu_coordinator)
    assert set(waits(client).values()) == {0}


def test_the_list_asks_the_same_however_many_reports(
    as_coordinator: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        world.issue()
    with django_assert_max_num_queries(17):
        as_coordinator.get(LIST)


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ("#{pk}", True),
        ("{pk}", True),
        ("파였어요", True),
        ("정왕 파임", True),  # of its place and of its kind
        ("파", True),
        ("가로등", False),
        ("등", False),
        ("!!", False),
    ],
)
def test_reports_are_found_by_number_and_by_words(
    asked: str, is_found: bool, as_coordinator: Client
) -> None:
    issue = world.issue()
    index_words(issue)
    words = asked.format(pk=issue.pk).replace("#", "%23")
    assert (listed(as_coordinator, f"q={words}") == [issue.pk]) is is_found


def test_filters_name_only_what_is_of_ones_own_city(as_coordinator: Client) -> None:
    world.category("odour", city="daegu", name_ko="대구냄새")
    world.category()
    shown = as_coordinator.get(LIST).text
    assert "도로 파임" in shown
    assert "대구냄새" not in shown


def test_filters_are_kept_under_a_name_and_let_go(
    as_coordinator: Client, coordinator: Person, client: Client
) -> None:
    where = f"{LIST}lists/"
    said = {"name": "정왕 급한 것", "query": "queue=overdue&p=3", "keep": "1"}
    as_coordinator.post(where, said)
    kept = KeptList.objects.get()
    assert (kept.person, kept.query) == (coordinator, "queue=overdue")
    assert "정왕 급한 것" in as_coordinator.get(LIST).text
    as_coordinator.post(where, {"drop": kept.pk})
    assert not KeptList.objects.exists()


def test_somebody_elses_list_stays(
    as_coordinator: Client, daegu_coordinator: Person
) -> None:
    kept = KeptList.objects.create(person=daegu_coordinator, name="x", query="")
    as_coordinator.post(f"{LIST}lists/", {"drop": kept.pk})
    assert KeptList.objects.filter(pk=kept.pk).exists()
    assert f'value="{kept.pk}"' not in as_coordinator.get(LIST).text


# --- several at once ----------------------------------------------------------
def several(client: Client, verb: str, issues: list[Issue], **facts: Any) -> Any:
    chosen = [f"{issue.pk}:{issue.version}" for issue in issues]
    return client.post(f"{LIST}several/{verb}/", {"chosen": chosen} | facts)


def test_an_action_shows_the_chosen_ones_first(as_coordinator: Client) -> None:
    issues = [world.issue(), world.issue()]
    said = {
        "action": "answer_several",
        "_selected_action": [issue.pk for issue in issues],
    }
    shown = as_coordinator.post(f"{LIST}?queue=new", said).text
    for issue in issues:
        assert f'value="{issue.pk}:0"' in shown
    assert {issue.state for issue in Issue.objects.all()} == {"received"}


def test_each_gets_the_ready_words_in_its_own_language(
    as_coordinator: Client,
) -> None:
    korean, english = world.issue(), world.issue(language="en")
    ready = AnswerTemplate.objects.create(
        city=korean.city,
        name="조치",
        state="resolved",
        words_ko="고쳤어요.",
        words_en="It is fixed.",
    )
    several(
        as_coordinator, "answer", [korean, english], state="resolved", template=ready.pk
    )
    assert korean.changes.last().words == "고쳤어요."  # type: ignore[union-attr]
    assert english.changes.last().words == "It is fixed."  # type: ignore[union-attr]


def test_who_was_refused_stays_chosen_with_the_words(
    as_coordinator: Client, siheung: Any
) -> None:
    fine, changed = world.issue(), world.issue()
    other = make.staff("second@example.org", kind="coordinator", city=siheung)
    stale = Issue.objects.get(pk=changed.pk)
    answer_issue(changed, "in_progress", words="제가 볼게요.", by=other)
    answer = several(
        as_coordinator, "answer", [fine, stale], state="planned", words="다음 주에요."
    )
    assert answer.status_code == 409
    assert "다음 주에요." in answer.text
    assert f'value="{changed.pk}:1"' in answer.text
    assert f'value="{fine.pk}:' not in answer.text
    fine.refresh_from_db()
    changed.refresh_from_db()
    assert (fine.state, changed.state) == ("planned", "in_progress")


def test_reports_of_others_are_left_out_of_several(
    as_coordinator: Client,
) -> None:
    there = make.neighbourhood("2714074200")
    foreign = world.issue(
        category=world.category(city="daegu"), neighbourhood=there, point=world.ANSIM
    )
    assert several(as_coordinator, "note", [foreign], words="x").status_code == 404


def test_an_evaluator_takes_no_step_for_several(as_evaluator: Client) -> None:
    issue = world.issue()
    answer = several(as_evaluator, "hide", [issue], hidden="spam", words="x")
    assert answer.status_code == 403
    issue.refresh_from_db()
    assert issue.is_public


HUGE = "9" * 40


@pytest.mark.parametrize(
    "query",
    [
        "state__exact=%00",
        "p=abc",
        "o=x.y",
        f"category={HUGE}",
        "queue=nonsense",
        "hidden__in=x&channel__exact=",
        "q=%23" + HUGE,
        "reporter__email__startswith=a",
    ],
)
def test_odd_addresses_are_no_fault(query: str, as_coordinator: Client) -> None:
    issue = world.issue()
    back = quote(query)
    for address in (
        f"{LIST}?{query}",
        f"{LIST}sheet.csv?{query}",
        f"{LIST}{issue.pk}/change/?_changelist_filters={back}",
    ):
        assert as_coordinator.get(address).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("number", [HUGE, "²", "-1", "abc", "1e3"])
def test_odd_numbers_find_nothing(number: str, as_coordinator: Client) -> None:
    issue = world.issue()
    assert as_coordinator.get(f"{LIST}{number}/change/").status_code == 404
    said = {"chosen": f"{number}:0", "words": "x"}
    assert as_coordinator.post(f"{LIST}several/note/", said).status_code == 404
    photos = f"{LIST}{issue.pk}/photos/release/"
    assert as_coordinator.post(photos, {"photo": number}).status_code == 302
    assert as_coordinator.post(f"{LIST}lists/", {"drop": number}).status_code == 302


def test_next_follows_the_order_and_search_of_the_list(as_coordinator: Client) -> None:
    first, other, last = world.issue(), world.issue(words="맨홀"), world.issue()
    for issue in (first, other, last):
        index_words(issue)
    back = quote("q=파였어요&o=1")
    shown = as_coordinator.get(f"{LIST}{first.pk}/change/?_changelist_filters={back}")
    assert (shown.context["before"], shown.context["after"]) == (None, last.pk)


def test_a_long_list_is_counted_only_as_far_as_it_is_paged(
    as_coordinator: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(paging, "MOST", 3)
    for _number in range(3):
        world.issue()
    shown = as_coordinator.get(LIST)
    assert shown.context["cl"].result_count == 3
    assert "3+" not in shown.text
    world.issue()
    shown = as_coordinator.get(LIST)
    assert shown.context["cl"].result_count == 3
    assert "3+" in shown.text


def test_the_list_sorts_by_what_has_an_order_in_the_database(
    as_coordinator: Client, coordinator: Person
) -> None:
    few = world.issue(supporters=1, assignee=coordinator)
    most, none = world.issue(supporters=7), world.issue()
    by = {name: f"o=-{IssueTable.list_display.index(name) + 1}" for name in SORTED}
    assert in_order(as_coordinator, by["met"]) == [most.pk, few.pk, none.pk]
    newest_first = [none.pk, most.pk, few.pk]
    assert in_order(as_coordinator, by["assignee"]) == newest_first

"""The button in the timeline of a report that takes a resident's text out of sight."""

from typing import Any

import pytest
from django.test import Client

from livinglab.issues.models import Change, Issue
from livinglab.issues.services.answering import add_update
from livinglab.issues.services.appeals import appeal_blanking
from livinglab.issues.services.voices import add_word
from livinglab.people.models import Person
from tests.admin.test_reports_work import answered, page
from tests.issues import world

LIST = "/admin/issues/issue/"
TEXT, REASON = "앞집 김씨가 던졌대요", "이웃의 이름이 나와요"


@pytest.fixture
def issue(resident: Person) -> Issue:
    return world.issue(resident)


@pytest.fixture
def word(issue: Issue, resident: Person) -> Change:
    return add_word(issue, TEXT, by=resident)


def blank(client: Client, word: Change, **facts: Any) -> Any:
    issue = Issue.objects.get(pk=word.issue_id)
    return answered(client, issue, "blank", word=word.pk, **facts)


def test_every_text_of_residents_has_its_button_those_of_the_city_none(
    as_coordinator: Client, issue: Issue, word: Change, coordinator: Person
) -> None:
    add_update(issue, "살펴봤어요.", by=coordinator)
    shown = as_coordinator.get(page(issue)).text
    assert shown.count("do=blank") == 1
    assert "주민이 덧붙였어요" in shown
    assert f"do=blank&amp;word={word.pk}" in shown


def test_the_panel_quotes_the_text_and_asks_why(
    as_coordinator: Client, issue: Issue, word: Change
) -> None:
    shown = as_coordinator.get(page(issue, f"?do=blank&word={word.pk}")).text
    assert shown.count(TEXT) == 2
    assert f'<input type="hidden" name="word" value="{word.pk}"' in shown
    refused = blank(as_coordinator, word, words="")
    assert refused.status_code == 422
    assert "사람들이 읽을 말을 적어 주세요" in refused.text


def test_taken_away_the_desk_still_reads_it_with_the_reason(
    as_coordinator: Client, issue: Issue, word: Change
) -> None:
    assert blank(as_coordinator, word, words=REASON).status_code == 302
    word.refresh_from_db()
    assert (word.words, word.blanked_why) == ("", REASON)
    shown = as_coordinator.get(page(issue)).text
    assert TEXT in shown
    assert REASON in shown
    assert "do=blank" not in shown


def test_a_second_time_is_refused_in_words(
    as_coordinator: Client, word: Change
) -> None:
    blank(as_coordinator, word, words=REASON)
    again = blank(as_coordinator, word, words=REASON)
    assert again.status_code == 409
    assert "이미 가린 글이에요" in again.text


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "0", "987654"])
def test_a_text_that_is_none_is_refused(
    as_coordinator: Client, issue: Issue, word: Change, number: str
) -> None:
    answer = answered(as_coordinator, issue, "blank", word=number, words=REASON)
    assert answer.status_code in (404, 409, 422)
    assert as_coordinator.get(page(issue, f"?do=blank&word={number}")).text


def test_a_text_of_another_report_is_out_of_reach(
    as_coordinator: Client, word: Change
) -> None:
    other = world.issue()
    answer = answered(as_coordinator, other, "blank", word=word.pk, words=REASON)
    assert answer.status_code == 409
    word.refresh_from_db()
    assert word.words == TEXT


def test_evaluators_read_and_take_nothing_away(
    as_evaluator: Client, issue: Issue, word: Change
) -> None:
    assert "do=blank" not in as_evaluator.get(page(issue)).text
    assert blank(as_evaluator, word, words=REASON).status_code == 403


def test_a_text_out_of_sight_is_shown_again_from_the_timeline(
    as_coordinator: Client, issue: Issue, word: Change
) -> None:
    blank(as_coordinator, word, words=REASON)
    shown = as_coordinator.get(page(issue)).text
    assert f"do=unblank&amp;word={word.pk}" in shown
    assert TEXT in as_coordinator.get(page(issue, f"?do=unblank&word={word.pk}")).text
    again = Issue.objects.get(pk=issue.pk)
    assert answered(as_coordinator, again, "unblank", word=word.pk).status_code == 302
    word.refresh_from_db()
    assert word.words == TEXT
    shown = as_coordinator.get(page(issue)).text
    assert REASON in shown  # in the row of the taking
    assert f"do=blank&amp;word={word.pk}" in shown


def test_an_objection_to_it_is_decided_at_the_desk(
    as_coordinator: Client, issue: Issue, word: Change, resident: Person
) -> None:
    blank(as_coordinator, word, words=REASON)
    word.refresh_from_db()
    objection = appeal_blanking(word, "제 이름이에요.", by=resident)
    shown = as_coordinator.get(page(issue)).text
    assert "제 이름이에요." in shown
    assert f"appeal={objection.pk}" in shown
    assert f"#{issue.pk}" in as_coordinator.get(f"{LIST}?queue=appealed").text
    said = {"appeal": objection.pk, "decision": "shown"}
    seen = Issue.objects.get(pk=issue.pk)
    assert answered(as_coordinator, seen, "appeal", **said).status_code == 302
    word.refresh_from_db()
    assert word.words == TEXT


def test_an_objection_of_another_report_is_out_of_reach(
    as_coordinator: Client, word: Change, resident: Person
) -> None:
    blank(as_coordinator, word, words=REASON)
    word.refresh_from_db()
    objection = appeal_blanking(word, "제 이름이에요.", by=resident)
    said = {"appeal": objection.pk, "decision": "shown"}
    answer = answered(as_coordinator, world.issue(), "appeal", **said)
    assert answer.status_code == 409
    word.refresh_from_db()
    assert word.words == ""

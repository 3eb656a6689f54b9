"""Coordinators keep their city's kinds of reports, rules and answers."""

from typing import Any

import pytest
from django.test import Client

from livinglab.issues.models import (
    AnswerTemplate,
    Category,
    Department,
    Question,
    RoutingRule,
)
from livinglab.people.models import Person
from tests import make
from tests.issues import world

AT = "/admin/issues"


def rule_facts(rule_for: Department, **facts: Any) -> dict[str, Any]:
    return {
        "city": rule_for.city_id,
        "position": 1,
        "is_active": "on",
        "department": rule_for.pk,
        "words": "",
    } | facts


@pytest.fixture
def parks(siheung: Any) -> Department:
    return world.department("parks", name_ko="공원녹지과")


def test_a_rule_is_tried_before_it_counts(
    as_coordinator: Client, parks: Department
) -> None:
    moved = world.issue(words="그네가 부서졌어요", department=parks)
    world.issue(words="구멍이 있어요")
    answer = as_coordinator.post(
        f"{AT}/routingrule/add/", rule_facts(parks, words="그네\n미끄럼틀", _try="1")
    )
    trial = answer.context["trial"]
    assert (trial.looked_at, trial.moved, trial.ended_there) == (2, 1, 1)
    assert trial.examples[0].issue == moved
    assert "그네\n미끄럼틀" in answer.text  # as it was typed
    assert not RoutingRule.objects.exists()


def test_an_earlier_rule_still_wins_in_the_trial(
    as_coordinator: Client, parks: Department
) -> None:
    world.issue(words="그네가 부서졌어요")
    safety = world.department("safety", name_ko="안전과")
    RoutingRule.objects.create(
        city=parks.city, position=1, department=safety, words=["그네"]
    )
    facts = rule_facts(parks, words="그네", position=5, _try="1")
    answer = as_coordinator.post(f"{AT}/routingrule/add/", facts)
    assert answer.context["trial"].moved == 0


def test_a_rule_is_kept_changed_and_taken_away(
    as_coordinator: Client, parks: Department
) -> None:
    add = as_coordinator.post(
        f"{AT}/routingrule/add/", rule_facts(parks, words="그네\n 그네 \n시소")
    )
    assert add.status_code == 302
    rule = RoutingRule.objects.get()
    assert rule.words == ["그네", "시소"]
    where = f"{AT}/routingrule/{rule.pk}/change/"
    changed = rule_facts(parks, words="그네", from_hour=22, to_hour=6)
    assert as_coordinator.post(where, changed).status_code == 302
    rule.refresh_from_db()
    assert (rule.words, rule.from_hour) == (["그네"], 22)
    gone = f"{AT}/routingrule/{rule.pk}/delete/"
    assert as_coordinator.post(gone, {"post": "yes"}).status_code == 302
    assert not RoutingRule.objects.exists()


def test_a_rule_to_another_citys_department_is_not_offered(
    as_coordinator: Client, parks: Department
) -> None:
    foreign = world.department("parks", city="daegu")
    facts = rule_facts(parks) | {"department": foreign.pk}
    assert as_coordinator.post(f"{AT}/routingrule/add/", facts).status_code == 200
    assert not RoutingRule.objects.exists()


def category_facts(row: Category, **facts: Any) -> dict[str, Any]:
    return {
        "group": row.group,
        "name_ko": row.name_ko,
        "name_en": row.name_en,
        "synonyms": "구멍\n포트홀",
        "department": row.department_id,
        "position": 0,
        "answer_days": 3,
        "close_days": 7,
        "radius_m": 50,
        "is_public": "on",
        "is_offered": "on",
        "questions-TOTAL_FORMS": 0,
        "questions-INITIAL_FORMS": 0,
    } | facts


def test_a_kind_is_edited_and_its_code_stays(as_coordinator: Client) -> None:
    row = world.category()
    where = f"{AT}/category/{row.pk}/change/"
    facts = category_facts(row, name_ko="포트홀", code="other")
    assert as_coordinator.post(where, facts).status_code == 302
    row.refresh_from_db()
    assert (row.name_ko, row.synonyms, row.code) == (
        "포트홀",
        ["구멍", "포트홀"],
        "pothole",
    )


def test_a_promise_in_the_wrong_order_comes_back_in_the_form(
    as_coordinator: Client,
) -> None:
    row = world.category()
    where = f"{AT}/category/{row.pk}/change/"
    answer = as_coordinator.post(where, category_facts(row, answer_days=9))
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.answer_days == 3


def test_a_kind_promises_no_more_than_two_years(as_coordinator: Client) -> None:
    row = world.category()
    where = f"{AT}/category/{row.pk}/change/"
    answer = as_coordinator.post(where, category_facts(row, close_days=501))
    assert "근무일 500일 안" in answer.text
    row.refresh_from_db()
    assert row.close_days == 7
    assert (
        as_coordinator.post(where, category_facts(row, close_days=500)).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("car | 차도 | Road\nfoot | 보도 |", True),
        ("car 차도", False),
        ("car | 차도 | Road\ncar | 보도 | Path", False),
        ("", False),
    ],
)
def test_what_a_question_offers_is_typed_a_line_each(
    typed: str, stored: bool, as_coordinator: Client
) -> None:
    row = world.category()
    facts = {
        "category": row.pk,
        "code": "where",
        "position": 1,
        "datatype": "singlevaluelist",
        "text_ko": "어디에 있나요?",
        "text_en": "Where is it?",
        "choices": typed,
    }
    as_coordinator.post(f"{AT}/question/add/", facts)
    assert Question.objects.exists() is stored
    if stored:
        found = Question.objects.get().choices
        assert found[0] == {"key": "car", "ko": "차도", "en": "Road"}


def test_ready_answers_are_kept_and_go(as_coordinator: Client, siheung: Any) -> None:
    facts = {
        "city": siheung.pk,
        "name": "조치 완료",
        "position": 0,
        "state": "resolved",
        "words_ko": "{number}번을 고쳤어요.",
        "words_en": "",
    }
    where = f"{AT}/answertemplate/add/"
    assert as_coordinator.post(where, facts).status_code == 302
    row = AnswerTemplate.objects.get()
    gone = f"{AT}/answertemplate/{row.pk}/delete/"
    as_coordinator.post(gone, {"post": "yes"})
    assert not AnswerTemplate.objects.exists()


def test_people_of_a_department_are_chosen_among_the_citys_coordinators(
    as_coordinator: Client, coordinator: Person, daegu_coordinator: Person
) -> None:
    row = world.department()
    where = f"{AT}/department/{row.pk}/change/"
    facts = {"name_ko": "도로과", "name_en": "Roads", "phone": "031-1"}
    wrong = as_coordinator.post(where, facts | {"members": daegu_coordinator.pk})
    assert wrong.status_code == 200
    right = facts | {"members": coordinator.pk, "escalates_to": coordinator.pk}
    assert as_coordinator.post(where, right).status_code == 302
    row.refresh_from_db()
    assert list(row.members.all()) == [coordinator]
    assert row.escalates_to == coordinator


def test_another_citys_catalogue_is_not_found(as_coordinator: Client) -> None:
    make.neighbourhood("2714074200")
    foreign = world.category(city="daegu")
    for address in (
        f"{AT}/category/{foreign.pk}/change/",
        f"{AT}/department/{foreign.department_id}/change/",
    ):
        assert as_coordinator.get(address).status_code == 404
        assert as_coordinator.post(address, {}).status_code == 404


def test_an_evaluator_reads_the_catalogue_and_changes_nothing(
    as_evaluator: Client,
) -> None:
    row = world.category()
    where = f"{AT}/category/{row.pk}/change/"
    assert as_evaluator.get(where).status_code == 200
    assert as_evaluator.post(where, category_facts(row)).status_code == 403
    assert as_evaluator.get(f"{AT}/routingrule/add/").status_code == 403

"""Words where numbers belong: an answer that says so, and no fault of ours."""

from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.test import Client, RequestFactory

from livinglab.issues.models import AnswerTemplate, Issue
from livinglab.kernel.city_admin import CityAdmin
from livinglab.people.models import Person
from tests.issues import world

LIST = "/admin/issues/issue/"
TABLES = list(admin.site._registry.values())
HUGE = "9" * 40
FEW = ("²", "abc", HUGE)
ODD = ("²", "٣", "abc", "-1", "1e3", HUGE, "nan", "１")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.opts.label)
def test_no_table_falls_over_odd_numbers(table: CityAdmin, operator: Person) -> None:
    for name, odd in product("qpo", ODD):
        request: Any = RequestFactory().get("/", {name: odd})
        request.user = operator
        try:
            list(table.get_changelist_instance(request).queryset)
        except IncorrectLookupParameters:  # of a page that is not there
            assert name == "p"
    for odd in FEW:
        assert table.get_object(request, odd) is None


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_in_the_search_find_no_report(
    as_coordinator: Client, odd: str
) -> None:
    world.issue()
    answer = as_coordinator.get(LIST, {"q": odd})
    assert answer.status_code == 200
    assert list(answer.context["cl"].queryset) == []


@pytest.fixture
def issue() -> Issue:
    return world.issue()


@pytest.fixture
def ready(issue: Issue) -> AnswerTemplate:
    words = {"name": "계획", "state": "planned", "words_ko": "다음 주에 고쳐요."}
    return AnswerTemplate.objects.create(city=issue.city, **words)


def answered(client: Client, issue: Issue, **said: Any) -> Any:
    facts = {"seen": issue.version, "state": "planned", "words": "제가 쓴 말"}
    return client.post(f"{LIST}{issue.pk}/do/answer/", facts | said)


@pytest.mark.parametrize("odd", [*FEW, "0", "99", ""])
def test_ready_words_nobody_knows_are_refused_and_what_was_typed_stays(
    as_coordinator: Client, issue: Issue, ready: AnswerTemplate, odd: str
) -> None:
    answer = answered(as_coordinator, issue, template=odd)
    assert answer.status_code == 422
    assert "제가 쓴 말" in answer.text
    assert "이 준비된 말은 이제 없어요." in answer.text
    assert ready.words_ko not in answer.text
    issue.refresh_from_db()
    assert issue.state == "received"


def test_ready_words_of_another_city_are_as_unknown(
    as_coordinator: Client, issue: Issue, daegu: Any
) -> None:
    words = {"name": "계획", "state": "planned", "words_ko": "대구의 말"}
    there = AnswerTemplate.objects.create(city=daegu, **words)
    answer = answered(as_coordinator, issue, template=there.pk)
    assert answer.status_code == 422
    assert "대구의 말" not in answer.text


VERBS = {
    "answer": {"template": "", "begin": "1"},
    "route": {"department": ""},
    "assign": {"assignee": ""},
    "sort": {"category": ""},
    "merge": {"original": ""},
    "extend": {"due_on": ""},
    "blank": {"word": ""},
    "unblank": {"word": ""},
    "appeal": {"appeal": "", "decision": ""},
    "hide": {"hidden": ""},
    "show": {},
}


@pytest.mark.parametrize("verb", VERBS)
def test_no_step_falls_over_odd_numbers(
    as_coordinator: Client, issue: Issue, verb: str
) -> None:
    do = f"{LIST}{issue.pk}/do/{verb}/"
    several = f"{LIST}several/{verb}/"
    for odd in FEW:
        facts = dict.fromkeys(VERBS[verb], odd)
        said = facts | {"state": odd, "words": "x", "seen": odd, "next": odd}
        chosen = {"chosen": [f"{issue.pk}:{odd}", f"{odd}:0", f"{issue.pk}:0"]}
        for answer in (
            as_coordinator.post(do, said),
            as_coordinator.post(do, said | {"begin": "1"}),
            as_coordinator.post(several, said | chosen),
            as_coordinator.get(f"{LIST}{issue.pk}/change/", said | {"do": verb}),
        ):
            assert answer.status_code < 500, (verb, odd)


def test_nor_do_other_forms_of_the_desk(as_coordinator: Client, issue: Issue) -> None:
    for odd in FEW:
        forms = {
            f"{LIST}{issue.pk}/photos/release/": {"photo": odd},
            f"{LIST}lists/": {"drop": odd},
            LIST: {"action": "hide_several", "_selected_action": odd, "index": odd},
            f"{LIST}enter/": {"category": odd, "lon": odd, "lat": odd, "dong": odd},
        }
        for address, said in forms.items():
            answer = as_coordinator.post(address, said)
            assert answer.status_code < 500, (address, odd)

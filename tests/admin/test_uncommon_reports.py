"""Filters by what is uncommon find the few without reading the many."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.issues import world

pytestmark = pytest.mark.django_db
LIST = "/admin/issues/issue/"


@pytest.fixture
def reports(siheung: Any) -> dict[str, int]:
    return {
        "usual": world.issue().pk,
        "other software": world.issue(channel="open311").pk,
        "spam": world.issue(is_public=False, hidden="spam").pk,
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("channel__exact=open311", {"other software"}),
        ("channel__exact=web", {"usual", "spam"}),
        ("channel__exact=staff", set()),
        ("hidden__exact=spam", {"spam"}),
        ("hidden__exact=", {"usual", "other software"}),
        ("hidden__exact=spam&channel__exact=web", {"spam"}),
    ],
)
def test_each_choice_finds_its_own(
    as_coordinator: Client, reports: dict[str, int], asked: str, found: set[str]
) -> None:
    answer = as_coordinator.get(f"{LIST}?{asked}")
    listed = {one.pk for one in answer.context["cl"].result_list}
    assert listed == {reports[name] for name in found}


@pytest.mark.parametrize(
    ("asked", "usual"),
    [
        ("channel__exact=open311", """NOT ("issues_issue"."channel" = 'web')"""),
        ("hidden__exact=spam", """NOT ("issues_issue"."hidden" = '')"""),
    ],
)
def test_the_question_names_what_its_index_leaves_out(
    as_coordinator: Client, reports: dict[str, int], asked: str, usual: str
) -> None:
    with CaptureQueriesContext(connection) as caught:
        as_coordinator.get(f"{LIST}?{asked}")
    pages = [one["sql"] for one in caught if "LIMIT" in one["sql"]]
    assert any(usual in sql for sql in pages)

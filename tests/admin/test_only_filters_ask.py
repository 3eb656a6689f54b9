"""Questions by address: what a table's filters ask, and nothing behind it."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.test import Client, RequestFactory

from livinglab.issues.models import Issue
from livinglab.kernel.city_admin import CityAdmin
from livinglab.people.models import Person
from tests.issues import world

LIST = "/admin/issues/issue/"
TABLES = list(admin.site._registry.values())
REFUSED = (DisallowedModelAdminLookup, IncorrectLookupParameters)


@pytest.fixture
def issue(resident: Person, coordinator: Person) -> Issue:
    return world.issue(
        resident,
        assignee=coordinator,
        is_public=False,
        contact_phone="010-1234-5678",
        contact_email="caller@example.org",
    )


@pytest.mark.parametrize(
    "probe",
    [
        "category__issues__contact_phone__startswith=010",
        "category__exact__issues=1",
        "assignee__password__startswith=p",
        "assignee__email__startswith=c",
        "department__issues__reporter__email__startswith=r",
        "neighbourhood__issues__words__startswith=b",
        "neighbourhood__issues__id=1",
        "state__startswith=r",
        "hidden__gt=a",
        "queue__x=new",
    ],
)
@pytest.mark.parametrize("page", ["", "sheet.csv", "1/change/"])
def test_nobody_asks_through_a_filters_name_what_lies_behind_it(
    as_evaluator: Client, issue: Issue, probe: str, page: str
) -> None:
    address = f"{LIST}{page}".replace("/1/", f"/{issue.pk}/")
    asked = (
        {"_changelist_filters": probe} if "change" in page else dict([probe.split("=")])
    )
    answer = as_evaluator.get(address, asked)
    if answer.status_code == 200:  # a report's page: of no list, with no next one
        assert (answer.context["before"], answer.context["after"]) == (None, None)
    else:
        assert answer.status_code in (302, 400, 404)


def test_what_a_filter_asks_is_answered(as_evaluator: Client, issue: Issue) -> None:
    asked = {
        "queue": "new",
        "assignee": str(issue.assignee_id),
        "since": "7",
        "is": "open",
        "state__exact": "received",
        "category": str(issue.category_id),
        "neighbourhood": str(issue.neighbourhood_id),
        "department": str(issue.department_id),
        "channel__exact": "web",
    }
    answer = as_evaluator.get(LIST, asked)
    assert list(answer.context["cl"].queryset) == [issue]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.opts.label)
def test_no_table_answers_what_no_filter_of_it_asks(
    table: CityAdmin, operator: Person
) -> None:
    """Every field and every way to other rows, of every table there is."""
    for probe in probes(table):
        request: Any = RequestFactory().get("/", {probe: "1"})
        request.user = operator
        with pytest.raises(REFUSED):
            table.get_changelist_instance(request)


def probes(table: CityAdmin) -> list[str]:
    ways = ("__gte", "__pk__gte", "__startswith", "__isnull__x")
    names = [field.name for field in table.model._meta.get_fields()]
    days = [f"{table.date_hierarchy}__lt"] if table.date_hierarchy else []
    return [*days, *(f"{name}{way}" for name in names for way in ways)]


@pytest.mark.parametrize(
    ("address", "days"),
    [
        ("/admin/energy/upload/", "created_at__year=2026&created_at__month=11"),
        ("/admin/energy/upload/", "state__in=received,reading"),
        ("/admin/energy/saving/", "month__year=2026"),
    ],
)
def test_days_of_a_table_and_links_of_the_day_are_answered(
    as_coordinator: Client, address: str, days: str
) -> None:
    assert as_coordinator.get(f"{address}?{days}").status_code == 200

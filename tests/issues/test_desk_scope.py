"""Whose desk a report lies on, said in two ways that must never differ."""

from collections.abc import Callable
from typing import Any

import pytest

from livinglab.issues.models import Issue, Reminder
from livinglab.issues.models.scope import read_at_the_desk, seen_by_staff
from livinglab.people.models import Person, Role
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports() -> dict[str, Issue]:
    """Of two departments of Siheung and two of Daegu, one each."""
    found = {}
    for city in ("siheung", "daegu"):
        for code in ("roads", "parks"):
            office = world.department(code, city=city)
            kind = world.category(f"of-{code}", city=city, department=office)
            made = world.issue(category=kind, department=office, is_public=False)
            found[f"{city} {code}"] = made
    return found


def coordinator() -> Person:
    return make.staff("c@example.org", kind="coordinator", city=make.city())


def gardener() -> Person:
    person = coordinator()
    world.department("parks").members.add(person)
    return person


def second_of_the_roads() -> Person:
    """Of the parks, and named by the road department for its broken promises."""
    person = gardener()
    roads = world.department("roads")
    roads.escalates_to = person
    roads.save(update_fields=["escalates_to"])
    return person


def named_without_a_department() -> Person:
    person = coordinator()
    roads = world.department("roads")
    roads.escalates_to = person
    roads.save(update_fields=["escalates_to"])
    return person


def of_two_cities() -> Person:
    """A department's in Siheung, all of Daegu."""
    person = gardener()
    daegu = make.city("daegu")
    Role.objects.create(person=person, kind=Role.Kind.COORDINATOR, city=daegu)
    return Person.objects.get(pk=person.pk)


def evaluator_of_the_other_city() -> Person:
    person = gardener()
    daegu = make.city("daegu")
    Role.objects.create(person=person, kind=Role.Kind.EVALUATOR, city=daegu)
    return Person.objects.get(pk=person.pk)


def member_who_coordinates_no_longer() -> Person:
    person = make.resident()
    world.department("parks").members.add(person)
    return person


SIHEUNG = {"siheung roads", "siheung parks"}
DAEGU = {"daegu roads", "daegu parks"}


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        (make.resident, set()),
        (member_who_coordinates_no_longer, set()),
        (coordinator, SIHEUNG),
        (named_without_a_department, SIHEUNG),
        (gardener, {"siheung parks"}),
        (second_of_the_roads, SIHEUNG),
        (of_two_cities, {"siheung parks"} | DAEGU),
        (evaluator_of_the_other_city, {"siheung parks"} | DAEGU),
    ],
)
def test_both_say_the_same(
    reports: dict[str, Issue], who: Callable[[], Person], reads: set[str]
) -> None:
    person = who()
    expected = {reports[name].pk for name in reads}
    for scope in (seen_by_staff, read_at_the_desk):
        found = Issue.objects.filter(scope(person))
        assert set(found.values_list("pk", flat=True)) == expected, scope


def test_what_hangs_on_a_report_is_read_with_it(reports: dict[str, Issue]) -> None:
    for report in reports.values():
        Reminder.objects.create(issue=report, why="promise", since=report.due_on)
    rows = Reminder.objects.filter(read_at_the_desk(gardener(), "issue__"))
    assert [row.issue for row in rows] == [reports["siheung parks"]]


def test_a_long_table_is_asked_by_departments_that_are_known(
    django_assert_num_queries: Any,
) -> None:
    person = second_of_the_roads()
    assert person.coordinated_city_ids
    with django_assert_num_queries(1):
        rows = Reminder.objects.filter(read_at_the_desk(person, "issue__"))
    assert '"issues_department"' not in str(rows.query)


def test_whoever_coordinates_nothing_asks_nothing(
    resident: Person, django_assert_num_queries: Any
) -> None:
    assert not resident.coordinated_city_ids
    with django_assert_num_queries(0):
        read_at_the_desk(resident)

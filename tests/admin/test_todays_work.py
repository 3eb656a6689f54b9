"""The first page: what waits, for whom."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from livinglab.energy.models import EVERY_MONTH, Premises, SavingsDue
from livinglab.people.models import Person
from tests import make


def cards(client: Client) -> dict[str, int]:
    context = client.get("/admin/").context
    return {card.url: card.count for card in context["today"]}


def test_a_coordinator_sees_the_own_citys_work(
    as_coordinator: Client, siheung_home: Premises, daegu_home: Premises
) -> None:
    make.station(112)
    make.station(143)
    waits = cards(as_coordinator)  # 112 stands for Siheung, 143 does not
    assert waits["/admin/energy/upload/?state__exact=refused"] == 1
    assert waits["/admin/observations/station/?fresh=no"] == 1


def test_figures_that_hang_for_a_day_are_shown(
    as_coordinator: Client, siheung_home: Premises
) -> None:
    due = SavingsDue.objects.create(premises=siheung_home, month=EVERY_MONTH, token=1)
    assert cards(as_coordinator)["/admin/energy/savingsdue/"] == 0
    due.due_at = timezone.now() - timedelta(days=2)
    due.save()
    assert cards(as_coordinator)["/admin/energy/savingsdue/"] == 1


def test_the_evaluator_has_no_work(
    as_evaluator: Client, siheung_home: Premises
) -> None:
    answer = as_evaluator.get("/admin/")
    assert answer.status_code == 200
    assert answer.context["today"] == []


def test_the_first_page_asks_the_database_little(
    as_coordinator: Client,
    siheung_home: Premises,
    django_assert_max_num_queries: object,
) -> None:
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        as_coordinator.get("/admin/")


def test_the_menu_names_only_what_one_may_open(
    as_coordinator: Client, coordinator: Person
) -> None:
    shown = as_coordinator.get("/admin/").text
    assert "/admin/energy/premises/" in shown
    assert "/admin/people/person/" not in shown


def test_the_menu_leads_an_operator_to_no_table_that_is_empty_for_them(
    as_operator: Client,
) -> None:
    shown = as_operator.get("/admin/").text
    assert "/admin/people/person/" in shown
    assert "/admin/interop/apikey/" in shown
    assert "/admin/issues/issue/" not in shown
    assert "/admin/energy/premises/" not in shown


def test_what_nothing_waits_for_stands_below_with_its_way(
    as_coordinator: Client, siheung_home: Premises
) -> None:
    shown = as_coordinator.get("/admin/").text
    waits, rest = shown.split('id="nothing-waits"')
    assert "/admin/energy/upload/?state__exact=refused" in waits
    assert "/admin/energy/savingsdue/" in rest


def test_somebody_is_called_by_their_name(
    as_coordinator: Client, coordinator: Person
) -> None:
    Person.objects.filter(pk=coordinator.pk).update(name="김담당")
    assert "김담당" in as_coordinator.get("/admin/").text

"""What somebody reports by phone: typed in by a coordinator, then like any other."""

import uuid
from typing import Any

import pytest
from django.test import Client

from livinglab.issues.models import Category, Follow, Issue
from livinglab.people.models import Person
from tests import make
from tests.issues import world

ENTER = "/admin/issues/issue/enter/"


@pytest.fixture
def kind(siheung: Any) -> Category:
    make.neighbourhood()
    return world.category()


def typed(kind: Category, **fields: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "category": kind.pk,
        "neighbourhood": make.neighbourhood().pk,
        "address": "정왕초 정문 앞",
        "words": "횡단보도 앞이 깊게 파였대요",
        "phone": "031-310-2114",
        "email": "caller@example.org",
    } | fields


def test_a_call_becomes_a_report(
    as_coordinator: Client, kind: Category, coordinator: Person
) -> None:
    sent = as_coordinator.post(ENTER, typed(kind))
    issue = Issue.objects.get()
    assert sent.url == f"/admin/issues/issue/{issue.pk}/change/"
    assert (issue.channel, issue.reporter, issue.guest) == ("staff", None, None)
    assert issue.words == "횡단보도 앞이 깊게 파였대요"
    assert (issue.address, issue.place_from) == ("정왕초 정문 앞", "list")
    assert issue.contact_phone == "031-310-2114"
    assert issue.contact_email == "caller@example.org"
    assert issue.department == kind.department
    assert issue.is_public
    assert not Follow.objects.exists()
    note = issue.notes.get()
    assert note.by == coordinator
    shown = as_coordinator.get(sent.url).text
    assert "전화나 방문으로 받아 입력했어요." in shown
    assert "031-310-2114" in shown


def test_it_is_on_the_public_list_without_the_contact(
    as_coordinator: Client, kind: Category
) -> None:
    as_coordinator.post(ENTER, typed(kind))
    issue = Issue.objects.get()
    as_coordinator.logout()
    page = as_coordinator.get(f"/issues/{issue.pk}/").text
    assert issue.words in page
    assert "031-310-2114" not in page
    assert "caller@example.org" not in page


def test_a_point_makes_it_exact(as_coordinator: Client, kind: Category) -> None:
    lon, lat = world.JEONGWANG
    as_coordinator.post(ENTER, typed(kind, point=f"{lat}, {lon}", address=""))
    issue = Issue.objects.get()
    assert (issue.lon, issue.lat) == world.JEONGWANG
    assert issue.place_from == "map"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": ""}, "words"),
        ({"category": ""}, "category"),
        ({"neighbourhood": ""}, "neighbourhood"),
        ({"address": ""}, "address"),
        ({"point": "정문 앞"}, "point"),
        ({"point": "10.0, 10.0"}, "neighbourhood"),
        ({"phone": "모름"}, "phone"),
        ({"email": "x"}, "email"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    as_coordinator: Client, kind: Category, wrong: dict[str, str], field: str
) -> None:
    answer = as_coordinator.post(ENTER, typed(kind) | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    if field != "words":
        assert "횡단보도 앞이 깊게 파였대요" in answer.text
    assert not Issue.objects.exists()


def test_what_its_kind_must_know_is_asked(
    as_coordinator: Client, kind: Category
) -> None:
    choices = [{"key": "L", "ko": "큼", "en": "large"}]
    facts = {"is_required": True, "choices": choices, "text_ko": "얼마나 커요?"}
    world.question(kind, "SIZE", "singlevaluelist", **facts)
    said = typed(kind)
    asked = as_coordinator.post(ENTER, said)
    assert asked.status_code == 422
    assert "얼마나 커요?" in asked.text
    assert as_coordinator.post(ENTER, said | {"answer-SIZE": "L"}).status_code == 302
    assert Issue.objects.get().answers == {"SIZE": "L"}


def test_pressed_twice_it_is_one_report(as_coordinator: Client, kind: Category) -> None:
    said = typed(kind)
    pages = {as_coordinator.post(ENTER, said).url for _time in range(2)}
    assert len(pages) == 1
    assert Issue.objects.get().notes.count() == 1


def test_a_link_in_it_is_no_spam(as_coordinator: Client, kind: Category) -> None:
    words = "지도는 https://example.org/a 와 https://example.org/b 예요"
    as_coordinator.post(ENTER, typed(kind, words=words))
    assert Issue.objects.get().hidden == ""


def test_only_coordinators_enter_and_only_in_their_own_city(
    client: Client,
    kind: Category,
    evaluator: Person,
    resident: Person,
    daegu_coordinator: Person,
) -> None:
    for somebody, status in ((evaluator, 403), (daegu_coordinator, 422)):
        client.force_login(somebody)
        assert client.post(ENTER, typed(kind)).status_code == status
    client.force_login(evaluator)
    assert client.get(ENTER).status_code == 403
    client.force_login(resident)
    assert client.get(ENTER).status_code in (302, 403, 404)
    assert not Issue.objects.exists()


def test_the_form_offers_ones_own_city_alone(
    client: Client, kind: Category, daegu_coordinator: Person
) -> None:
    world.category("lamp", city="daegu", name_ko="가로등 고장")
    client.force_login(daegu_coordinator)
    page = client.get(ENTER).text
    assert "가로등 고장" in page
    assert kind.name not in page
    assert "정왕1동" not in page


@pytest.mark.parametrize("page", ["/admin/", "/admin/issues/issue/"])
def test_the_way_there_and_to_the_figures_stands_on_the_desk(
    as_coordinator: Client, kind: Category, page: str
) -> None:
    shown = as_coordinator.get(page).text
    assert f'href="{ENTER}"' in shown
    assert 'href="/issues/figures/?city=siheung"' in shown
    assert "시흥시 제보 처리 현황" in shown
    assert "city=daegu" not in shown


@pytest.mark.parametrize("page", ["/admin/", "/admin/issues/issue/"])
def test_who_evaluates_finds_the_figures_alone(
    as_evaluator: Client, kind: Category, page: str
) -> None:
    shown = as_evaluator.get(page).text
    assert 'href="/issues/figures/?city=siheung"' in shown
    assert ENTER not in shown


def test_the_figures_of_that_address_are_the_citys(
    as_coordinator: Client, kind: Category
) -> None:
    assert "시흥시" in as_coordinator.get("/issues/figures/?city=siheung").text

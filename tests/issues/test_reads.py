"""Reports that are not public: their author reads who of the city opened them."""

from typing import Any

import pytest
from django.test import Client

from livinglab.issues.models import Issue
from livinglab.issues.services.answering import hide_issue
from livinglab.people.models import DataRead, Person
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db

DOORS = [
    ("/api/v1/issues/{}/", "시 프로그램"),
    ("/issues/{}/", "제보 화면"),
    ("/admin/issues/issue/{}/change/", "관리 화면"),
    ("/admin/issues/issue/{}/print/", "관리 화면"),
]


@pytest.fixture
def private(resident: Person) -> Issue:
    return world.issue(resident, is_public=False)


def looks_at(person: Person) -> list[tuple[Any, ...]]:
    rows = DataRead.objects.filter(person=person)
    return list(rows.values_list("reader", "reader_as", "what", "why"))


@pytest.mark.parametrize(("address", "where"), DOORS)
def test_a_look_of_the_city_is_written_down_for_the_author(
    client: Client, private: Issue, coordinator: Person, address: str, where: str
) -> None:
    client.force_login(coordinator)
    assert client.get(address.format(private.pk)).status_code == 200
    what = f"공개하지 않은 제보 #{private.pk}"
    assert private.reporter is not None
    assert looks_at(private.reporter) == [(coordinator.pk, "coordinator", what, where)]


@pytest.mark.parametrize(("address", "_where"), DOORS)
def test_one_look_is_one_line(
    client: Client, private: Issue, evaluator: Person, address: str, _where: str
) -> None:
    client.force_login(evaluator)
    for _time in range(3):
        client.get(address.format(private.pk))
    assert DataRead.objects.count() == 1
    assert DataRead.objects.get().reader_as == "evaluator"


def test_a_hidden_report_counts_as_well(
    client: Client, resident: Person, coordinator: Person
) -> None:
    issue = world.issue(resident)
    hide_issue(issue, "private", words="이름이 보여요.", by=coordinator)
    client.force_login(coordinator)
    client.get(f"/api/v1/issues/{issue.pk}/")
    assert len(looks_at(resident)) == 1


def test_a_step_taken_through_the_api_shows_it_too(
    client: Client, private: Issue, coordinator: Person
) -> None:
    client.force_login(coordinator)
    said = {"state": "in_progress", "words": "보고 있어요.", "seen": 0}
    answer = client.post(f"/api/v1/issues/{private.pk}/answers/", said)
    assert answer.status_code == 200
    assert DataRead.objects.count() == 1


def test_a_row_of_its_history_shows_it_too(
    client: Client, private: Issue, coordinator: Person
) -> None:
    note = private.notes.create(words="집 앞", by=coordinator)
    client.force_login(coordinator)
    client.get(f"/admin/issues/note/{note.pk}/change/")
    assert DataRead.objects.count() == 1


@pytest.mark.parametrize(("address", "_where"), DOORS)
def test_public_ones_and_those_of_guests_are_not(
    client: Client, resident: Person, coordinator: Person, address: str, _where: str
) -> None:
    client.force_login(coordinator)
    for issue in (world.issue(resident), world.issue(None, is_public=False)):
        assert client.get(address.format(issue.pk)).status_code == 200
    assert not DataRead.objects.exists()


@pytest.mark.parametrize("address", ["/api/v1/issues/{}/", "/issues/{}/"])
def test_nor_is_what_one_reads_oneself_or_is_refused(
    client: Client, private: Issue, stranger: Person, address: str
) -> None:
    for reader, status in ((private.reporter, 200), (stranger, 404)):
        client.force_login(reader)
        assert client.get(address.format(private.pk)).status_code == status
    assert not DataRead.objects.exists()


def test_the_author_reads_it_among_the_looks(
    client: Client, private: Issue, coordinator: Person
) -> None:
    client.force_login(coordinator)
    client.get(f"/api/v1/issues/{private.pk}/")
    client.force_login(private.reporter)
    page = client.get("/me/reads/").text
    assert f"공개하지 않은 제보 #{private.pk}" in page
    assert "시흥시" in page


# --- files --------------------------------------------------------------------
FILES = ["/admin/issues/issue/sheet.csv", "/admin/issues/issue/sheet.xlsx"]


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_written_down_for_each_author_of_private_reports(
    client: Client,
    private: Issue,
    resident: Person,
    neighbour: Person,
    evaluator: Person,
    address: str,
) -> None:
    for _number in range(2):
        world.issue(neighbour, is_public=False)
    world.issue(resident)
    world.issue(None, is_public=False)
    client.force_login(evaluator)
    assert client.get(address).getvalue()
    where = "제보 목록 파일"
    one = f"공개하지 않은 제보 #{private.pk}"
    assert looks_at(resident) == [(evaluator.pk, "evaluator", one, where)]
    two = "공개하지 않은 제보 2건"
    assert looks_at(neighbour) == [(evaluator.pk, "evaluator", two, where)]


def test_each_file_is_a_line_of_its_own(
    client: Client, private: Issue, coordinator: Person
) -> None:
    client.force_login(coordinator)
    for _time in range(2):
        client.get(FILES[0])
    assert DataRead.objects.count() == 2


def test_only_what_is_in_the_file_is_written_down(
    client: Client, private: Issue, coordinator: Person, daegu_coordinator: Person
) -> None:
    client.force_login(coordinator)
    client.get(f"{FILES[0]}?q=없는낱말")
    client.force_login(daegu_coordinator)
    client.get(FILES[0])
    assert not DataRead.objects.exists()


def test_the_log_of_a_file_asks_no_question_a_row(
    client: Client, coordinator: Person, django_assert_max_num_queries: Any
) -> None:
    def asked(people: int) -> int:
        for number in range(people):
            author = make.person(f"{people}-{number}@example.org")
            world.issue(author, is_public=False)
        with django_assert_max_num_queries(40) as found:
            client.get(FILES[0])
        return len(found)

    client.force_login(coordinator)
    few = asked(1)
    assert asked(30) == few
    assert DataRead.objects.count() == 1 + 31


def test_the_author_reads_of_the_file(
    client: Client, private: Issue, coordinator: Person
) -> None:
    client.force_login(coordinator)
    client.get(FILES[0])
    client.force_login(private.reporter)
    page = client.get("/me/reads/").text
    assert f"공개하지 않은 제보 #{private.pk}" in page
    assert "제보 목록 파일" in page

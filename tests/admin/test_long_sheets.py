"""Tables out, however long: all rows, in pieces, and nothing left out in silence."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from livinglab.issues.models import Issue
from livinglab.people.models import DataRead, Person
from tests import make
from tests.issues import world

LIST = "/admin/issues/issue/"
PORTIONS = "livinglab.kernel.long_lists.AT_ONCE"


@pytest.fixture
def three_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PORTIONS, 3)


@pytest.fixture
def eight(resident: Person) -> list[Issue]:
    return [world.issue(resident, words=f"제보 {number}") for number in range(8)]


def numbers_in(answer: Any) -> list[int]:
    text = answer.getvalue().decode("utf-8-sig")
    return [int(row["번호"]) for row in csv.DictReader(StringIO(text))]


def cells_in(answer: Any) -> list[tuple[Any, ...]]:
    page = load_workbook(BytesIO(answer.getvalue())).active
    return list(page.values)


@pytest.mark.usefixtures("three_at_once")
@pytest.mark.parametrize("order", ["", "o=1", "o=-1", "queue=new"])
def test_a_csv_holds_every_row_once_in_the_order_of_the_list(
    as_coordinator: Client, eight: list[Issue], order: str
) -> None:
    listed = as_coordinator.get(f"{LIST}?{order}").context["cl"].queryset
    wanted = [issue.pk for issue in listed]
    assert sorted(wanted) == [issue.pk for issue in eight]
    assert numbers_in(as_coordinator.get(f"{LIST}sheet.csv?{order}")) == wanted


@pytest.mark.usefixtures("three_at_once")
def test_it_is_read_while_it_is_sent_with_one_question_a_piece(
    as_coordinator: Client, eight: list[Issue]
) -> None:
    answer = as_coordinator.get(f"{LIST}sheet.csv")
    assert isinstance(answer, StreamingHttpResponse)
    pieces: Iterator[bytes] = iter(answer)
    counts = []
    while True:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            piece = next(pieces, None)
        if piece is None:
            break
        counts.append(len(asked))
    assert counts == [0, 0, 1, 1, 1]


@pytest.mark.usefixtures("three_at_once")
def test_what_went_while_it_was_sent_is_missing_and_nothing_is_met_twice(
    as_coordinator: Client, eight: list[Issue]
) -> None:
    answer = as_coordinator.get(f"{LIST}sheet.csv")
    pieces = iter(answer)
    sent = b"".join(next(pieces) for _number in range(3))
    kept = [issue.pk for issue in reversed(eight[1:])]
    eight[0].delete()
    world.issue()
    text = (sent + b"".join(pieces)).decode("utf-8-sig")
    found = [int(row["번호"]) for row in csv.DictReader(StringIO(text))]
    assert found == kept


@pytest.mark.usefixtures("three_at_once")
def test_every_piece_speaks_the_language_of_who_asked(
    as_coordinator: Client, eight: list[Issue]
) -> None:
    answer = as_coordinator.get(f"{LIST}sheet.csv")
    with translation.override("en"):
        text = answer.getvalue().decode("utf-8-sig")
    assert text.startswith("번호,")
    assert text.count("접수됨") == len(eight)
    assert "Received" not in text


@pytest.mark.usefixtures("three_at_once")
def test_no_piece_carries_a_formula_or_rows_of_elsewhere(
    as_coordinator: Client, eight: list[Issue]
) -> None:
    Issue.objects.update(words="=1+1")
    there = make.neighbourhood("2714074200")
    kind = world.category(city="daegu")
    world.issue(category=kind, neighbourhood=there, point=world.ANSIM, words="남의 것")
    for kind_of_file in ("csv", "xlsx"):
        answer = as_coordinator.get(f"{LIST}sheet.{kind_of_file}")
        if kind_of_file == "csv":
            rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))
        else:
            rows = [[str(cell) for cell in row] for row in cells_in(answer)]
        assert len(rows) == 1 + len(eight)
        assert sum("'=1+1" in row for row in rows) == len(eight)


@pytest.mark.usefixtures("three_at_once")
def test_a_workbook_holds_every_row_up_to_its_bound(
    as_coordinator: Client, eight: list[Issue]
) -> None:
    rows = cells_in(as_coordinator.get(f"{LIST}sheet.xlsx"))
    assert rows[0][0] == "번호"
    assert [int(row[0]) for row in rows[1:]] == [one.pk for one in reversed(eight)]


@pytest.mark.usefixtures("three_at_once")
def test_beyond_the_bound_its_last_row_says_what_is_missing(
    as_coordinator: Client, eight: list[Issue], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livinglab.issues.admin.sheets.MOST_IN_A_BOOK", 5)
    rows = cells_in(as_coordinator.get(f"{LIST}sheet.xlsx"))
    assert len(rows) == 1 + 5 + 1
    assert "5줄까지 담았고, 3줄은 담지 못했어요" in rows[-1][0]
    assert len(numbers_in(as_coordinator.get(f"{LIST}sheet.csv"))) == len(eight)


def test_the_page_says_how_much_a_workbook_holds(as_coordinator: Client) -> None:
    shown = as_coordinator.get(LIST).text
    assert "XLSX에는 앞의 50,000줄까지, CSV에는 모두 담겨요." in shown


@pytest.mark.usefixtures("three_at_once")
def test_an_author_of_many_private_reports_has_one_line_in_the_log(
    as_coordinator: Client, eight: list[Issue], neighbour: Person
) -> None:
    Issue.objects.exclude(pk=eight[0].pk).update(is_public=False)
    Issue.objects.filter(pk=eight[-1].pk).update(reporter=neighbour)
    as_coordinator.get(f"{LIST}sheet.csv")
    lines = dict(DataRead.objects.values_list("person__email", "what"))
    assert DataRead.objects.count() == 2
    assert "6" in lines["resident@example.org"]
    assert f"{eight[-1].pk}" in lines["neighbour@example.org"]


@pytest.mark.usefixtures("three_at_once")
def test_only_what_is_in_the_workbook_is_told_of(
    as_coordinator: Client, eight: list[Issue], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livinglab.issues.admin.sheets.MOST_IN_A_BOOK", 5)
    Issue.objects.filter(pk__in=[one.pk for one in eight[:3]]).update(is_public=False)
    assert len(cells_in(as_coordinator.get(f"{LIST}sheet.xlsx"))) == 7
    assert not DataRead.objects.exists()

"""Tables out and in: nothing a spreadsheet would run, nothing lost on the way."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from livinglab.issues.models import Category, Issue
from livinglab.issues.services.indexing import index_words
from livinglab.kernel.errors import Invalid
from livinglab.kernel.sheets import guarded, read_table, unguarded
from tests import make
from tests.issues import world

LIST = "/admin/issues/issue/"
KINDS = "/admin/issues/category/"


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "==1+1",
        "+82 10",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "'=1",
        "'가",
        "가로등",
        "",
        "a=b",
    ],
)
def test_out_and_in_is_the_same_and_no_formula_on_the_way(words: str) -> None:
    out = guarded(words)
    assert not out.lstrip(" \t\r\n").startswith(("=", "+", "-", "@", "＝"))
    assert unguarded(out) == words


def test_numbers_stay_numbers() -> None:
    assert guarded(-5) == -5
    assert guarded(None) is None


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_reports_go_out_as_csv_without_formula_and_without_people(
    as_coordinator: Client, resident: Any
) -> None:
    issue = world.issue(
        resident, words='=HYPERLINK("http://x")', contact_phone="010-1234-5678"
    )
    answer = as_coordinator.get(f"{LIST}sheet.csv")
    file = answer.getvalue().decode("utf-8-sig")
    row = next(csv.DictReader(StringIO(file)))
    assert f"'{issue.words}" in row.values()
    assert "010-1234-5678" not in file
    assert resident.email not in file


def test_reports_go_out_as_a_workbook_of_words(as_coordinator: Client) -> None:
    world.issue(words="=1+1")
    answer = as_coordinator.get(f"{LIST}sheet.xlsx")
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert "'=1+1" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_the_file_holds_what_the_list_shows(as_coordinator: Client) -> None:
    wanted = world.issue(words="가로등")
    other = world.issue(words="맨홀")
    there = make.neighbourhood("2714074200")
    world.issue(
        category=world.category(city="daegu"), neighbourhood=there, point=world.ANSIM
    )
    for issue in (wanted, other):
        index_words(issue)
    rows = rows_of(as_coordinator.get(f"{LIST}sheet.csv?q=가로등"))
    assert [str(wanted.pk)] == [row["번호"] for row in rows]
    assert len(rows_of(as_coordinator.get(f"{LIST}sheet.csv"))) == 2


def test_other_kinds_of_files_are_not_there(as_coordinator: Client) -> None:
    assert as_coordinator.get(f"{LIST}sheet.html").status_code == 404


# --- in -----------------------------------------------------------------------
def load(client: Client, body: bytes | str, *, store: bool = True) -> Any:
    data = body.encode() if isinstance(body, str) else body
    said = {"file": SimpleUploadedFile("kinds.csv", data)}
    return client.post(f"{KINDS}load/", said | ({"store": "1"} if store else {}))


def table(client: Client) -> str:
    return str(client.get(f"{KINDS}sheet.csv").getvalue().decode("utf-8-sig"))


def test_what_went_out_comes_in_unchanged(as_coordinator: Client) -> None:
    world.category(synonyms=["구멍", "=파임"], description_ko="@여기")
    answer = load(as_coordinator, table(as_coordinator), store=False)
    assert answer.context["totals"]["skip"] == 1
    assert answer.context["totals"]["update"] == 0


def test_a_look_stores_nothing_and_storing_stores(as_coordinator: Client) -> None:
    world.category()
    changed = table(as_coordinator).replace("도로 파임", "포트홀")
    shown = load(as_coordinator, changed, store=False)
    assert shown.context["totals"]["update"] == 1
    assert Category.objects.get().name_ko == "도로 파임"
    assert load(as_coordinator, changed).status_code == 302
    assert Category.objects.get().name_ko == "포트홀"


def test_files_of_korean_spreadsheets_are_read(as_coordinator: Client) -> None:
    world.category()
    changed = table(as_coordinator).replace("도로 파임", "포트홀")
    assert load(as_coordinator, changed.encode("cp949")).status_code == 302
    assert Category.objects.get().name_ko == "포트홀"


def test_a_workbook_comes_in_too(as_coordinator: Client) -> None:
    world.category()
    book = Workbook()
    for row in csv.reader(StringIO(table(as_coordinator).replace("Pothole", "Hole"))):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    assert load(as_coordinator, file.getvalue()).status_code == 302
    assert Category.objects.get().name_en == "Hole"


def test_one_wrong_row_and_nothing_is_stored(as_coordinator: Client) -> None:
    world.category()
    first = table(as_coordinator).replace("도로 파임", "포트홀").strip()
    wrong = first.splitlines()[1].replace("pothole", "other").replace(",3,7,", ",9,2,")
    answer = load(as_coordinator, f"{first}\n{wrong}\n")
    assert answer.context["faults"]
    assert [row.name_ko for row in Category.objects.all()] == ["도로 파임"]


def test_rows_of_another_city_are_refused(as_coordinator: Client) -> None:
    foreign = world.category(city="daegu")
    world.category()
    there = table(as_coordinator).replace("siheung", "daegu")
    answer = load(as_coordinator, there.replace("도로 파임", "바뀜"))
    assert answer.context["faults"]
    foreign.refresh_from_db()
    assert foreign.name_ko == "도로 파임"


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff\xfe\x81", b"PK\x03\x04broken", b"a" * 3_000_000, b"a,b\n"]
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid):
        read_table(data)


def test_evaluators_take_out_and_bring_nothing_in(as_evaluator: Client) -> None:
    world.category()
    assert as_evaluator.get(f"{KINDS}sheet.csv").status_code == 200
    assert load(as_evaluator, "a,b\n1,2\n").status_code == 403
    assert Issue.objects.count() == 0

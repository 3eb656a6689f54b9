"""Somebody with everything leaves: every table and every file is searched for them."""

import csv
import json
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from livinglab.interop.models import ApiKey, Submission
from livinglab.issues.models import Change, Issue, Photo, Verdict
from livinglab.issues.services.answering import answer_issue, reply_to_question
from livinglab.issues.services.drafts import keep_half
from livinglab.issues.services.following import follow_place, support_issue
from livinglab.issues.services.meeting import meet_as_guest
from livinglab.issues.services.photos import release_photo
from livinglab.issues.services.reporting import report_issue
from livinglab.issues.services.sending import report_with_photos
from livinglab.issues.services.telling import tell_of_change
from livinglab.issues.services.unsent import keep_unsent
from livinglab.issues.services.voices import add_word, say_whether_fixed
from livinglab.issues.states import State
from livinglab.notifications.models import MobileNumber, Notice
from livinglab.people.models import Leaving, LetterDue, Person
from livinglab.people.services.downloads import ask_download, make_download
from livinglab.people.services.files import erase_due_files
from livinglab.people.services.guests import join_guest, make_guest
from livinglab.people.services.helping import accept_help, confirm_help, invite_helper
from livinglab.people.services.leaving import ask_to_leave, erase_leaver
from livinglab.people.services.letters import send_due_letters
from tests import make
from tests.issues import world as reports
from tests.issues.test_half_written import sent_photo
from tests.people import world

pytestmark = pytest.mark.django_db

HOME = (126.738641, 37.346377)  # where the person stood, to a hand's breadth
PHONE = "01098765432"
SAID = "그사람이"  # begins every text of the person, whatever it was written to
KEPT = "가로등이 꺼져 있어요"  # the one text that was published


@pytest.fixture(scope="module")
def lived(
    kept_rows: None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Person, Path]:
    """Rows of every model, then what people do: reports, words, photos, help.

    Lived once; each test leaves from a copy of the files and undoes its own rows.
    """
    folder = tmp_path_factory.mktemp("lived")
    with override_settings(**on(folder)):
        somebody = world.somebody()
        other = make.resident("other@example.org", name="이웃")
        city = make.staff("desk@example.org", kind="coordinator", city=make.city())
        world.full_life(somebody, other)
        MobileNumber.objects.filter(person=somebody).update(
            number=PHONE, confirmed_at=timezone.now()
        )
        _own_reports(somebody, city)
        _at_reports_of_others(somebody, other, city)
        _as_guest(somebody)
        _helped(somebody, other)
        _named_by_staff(somebody, city)
        for change in Change.objects.filter(told_at=None):
            tell_of_change(change.pk)
        make_download(ask_download(somebody).pk)
    return somebody, folder


def on(folder: Path) -> dict[str, Any]:
    """Files lie where a backup would find them."""
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "MEDIA_ROOT": folder,
        "STORAGES": settings.STORAGES | {"default": disk},
    }


@pytest.fixture
def disk(lived: tuple[Person, Path], tmp_path: Path) -> Iterator[Path]:
    copytree(lived[1], tmp_path, dirs_exist_ok=True)
    with override_settings(**on(tmp_path)):
        yield tmp_path


@pytest.fixture
def person(lived: tuple[Person, Path], disk: Path, db: None) -> Person:
    return Person.objects.get(pk=lived[0].pk)


def said(**more: Any) -> Any:
    point = {"lon": HOME[0], "lat": HOME[1]}
    contact = {"email": "that-very-one@example.org", "phone": PHONE}
    return reports.said(**point, **contact, **more)


def _own_reports(person: Person, city: Person) -> None:
    """A published one with a released photo and a private one, both with answers."""
    photos = [sent_photo(640), sent_photo(648)]
    shown = report_with_photos(said(words=KEPT), photos, by=person).issue
    release_photo(shown.photos.first(), by=city)
    hidden = reports.category("welfare", is_public=False)
    address = f"{SAID} 사는 집 101호"
    report_with_photos(
        said(words=f"{SAID} 힘들어요", category=hidden, address=address),
        [sent_photo(656)],
        by=person,
    )
    answer_issue(shown, State.WAITING, words="어디인가요?", by=city)
    reply_to_question(shown, f"{SAID} 집 앞이에요", by=person)
    follow_place(f"{SAID} 집", point=HOME, by=person)
    keep_half(person, {"words": [f"{SAID} 쓰다 말았어요"]}, [sent_photo(664)])
    unsent = {"words": f"{SAID} 로그인이 풀려서 못 보낸 말"}
    keep_unsent(shown, "word", unsent, [sent_photo(632)], by=person)


def _at_reports_of_others(person: Person, other: Person, city: Person) -> None:
    hole = reports.issue(other, words="이웃의 제보")
    support_issue(hole, by=person)
    add_word(hole, f"{SAID} 겪은 일", photos=[sent_photo(672)], by=person)
    answer_issue(hole, State.RESOLVED, words="고쳤어요", by=city)
    closing = hole.changes.last()
    verdict = Verdict.objects.create(
        issue=hole, person=person, closing=closing, round=1, ask_at=timezone.now()
    )
    say_whether_fixed(
        verdict, "no", words=f"{SAID} 아니래요", photos=[sent_photo(680)], by=person
    )
    hole.refresh_from_db()
    blanked = add_word(hole, f"{SAID} 심한 말", by=person)
    Change.objects.filter(pk=blanked.pk).update(
        words="", blanked_words=f"{SAID} 심한 말"
    )


def _as_guest(person: Person) -> None:
    """In a browser of nobody: what joins the account, and what never did."""
    guest, _secret = make_guest()
    report_issue(said(words="손님으로 쓴 글"), by=None, guest=guest)
    hole = reports.issue(words="또 다른 제보")
    meet_as_guest(hole, words=f"{SAID} 손님 말", photos=[sent_photo(688)], guest=guest)
    join_guest(guest, person)
    alone = report_issue(said(words="남의 브라우저에서"), by=None).issue
    key = ApiKey.objects.create(
        name="app", owner=make.person(), digest=uuid.uuid4().hex
    )
    Submission.objects.create(key=key, issue=alone, account=f"{SAID} 계정")


def _helped(person: Person, other: Person) -> None:
    until = timezone.localdate() + timedelta(days=30)
    helping, code = invite_helper(
        person, areas=["energy"], until=until, address="friend@example.org"
    )
    third = make.resident("third@example.org", name="셋째")
    confirm_help(accept_help(code, by=third), by=person)
    theirs, code = invite_helper(other, areas=["energy"], until=until)
    accept_help(code, by=person)


def _named_by_staff(person: Person, city: Person) -> None:
    LogEntry.objects.create(
        user=city,
        action_flag=2,
        content_type=ContentType.objects.get_for_model(Person),
        object_repr="–",
        change_message=json.dumps([{"added": {"object": person.name}}]),
    )


# Looking ------------------------------------------------------------------------------


def every_cell() -> list[tuple[str, str]]:
    """Table and text of every row of every table, also of those without a model."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                found.append((table, " ".join(map(_as_text, row))))
    return found


def _as_text(cell: Any) -> str:
    """Bytes as far as they are text, JSON without its escapes."""
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("utf-8", "ignore")
    text = str(cell)
    return re.sub(r"\\u([0-9a-f]{4})", lambda one: chr(int(one[1], 16)), text)


def tables_with(*needles: str) -> set[str]:
    return {
        f"{table}: {needle}"
        for table, text in every_cell()
        for needle in needles
        if needle.casefold() in text.casefold()
    }


def files(disk: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(disk)): path.read_bytes()
        for path in disk.rglob("*")
        if path.is_file()
    }


def unpacked(download: Any) -> dict[str, bytes]:
    with default_storage.open(download.file.name) as file, ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def gone(person: Person, **answers: str) -> Any:
    """The week is over; what waited is sent and swept."""
    leaving = ask_to_leave(person, answers=answers)
    Leaving.objects.filter(pk=leaving.pk).update(erase_at=timezone.now())
    proof = erase_leaver(leaving.pk)
    LetterDue.objects.filter(kind="report_news").delete()
    send_due_letters()
    erase_due_files()
    return proof


ABOUT = (
    "that-very-one",
    world.SECRET,
    PHONE,
    SAID,
    str(HOME[0]),
    str(HOME[1]),
    "guardian-of-that-one",
)


def test_before_leaving_all_of_it_is_there_to_be_found(person, disk):
    found = {one.partition(": ")[2] for one in tables_with(*ABOUT)}
    assert found == set(ABOUT)
    assert len(files(disk)) > 20


@pytest.mark.parametrize("choice", ["keep", "erase"])
def test_no_table_knows_the_person_any_more(person, choice):
    gone(person, reports=choice)
    assert not tables_with(*ABOUT)
    assert bool(tables_with(KEPT)) == (choice == "keep")


def test_no_file_of_the_person_lies_on_the_disk(person, disk):
    before = files(disk)
    gone(person, reports="erase")
    assert not files(disk), "nobody else gave a file"
    assert before


def test_only_the_photo_everybody_saw_stays_when_they_wish_so(person, disk):
    before = files(disk)
    gone(person, reports="keep")
    left = files(disk)
    kept = Photo.objects.get()
    assert kept.is_public
    assert kept.issue.words == KEPT
    assert set(left) == {kept.thumb.name, kept.card.name, kept.full.name}
    assert all(before[name] == bytes_ for name, bytes_ in left.items())


def test_the_proof_tells_of_reports_that_stay_and_of_what_went(client, person):
    count = Issue.objects.filter(reporter=person).count() + 1  # by their address
    proof = gone(person, reports="keep")
    kept = {row["code"]: row for row in proof.kept}
    assert kept["nameless_reports"]["count"] == count
    assert kept["nameless_reports"]["until"] is None
    assert "issues.Issue" not in proof.gone
    assert proof.gone["issues.Issue.reporter"] == count
    assert proof.gone["issues.Change.words"] == 6
    page = client.get(f"/me/left/{proof.number}/")
    assert "이름 없이 남는 제보" in page.text
    told = client.get(f"/me/left/{proof.number}/proof.json").json()
    assert told["state"] == "erased"


def test_nobody_takes_over_a_report_with_its_old_key(client, person):
    key = Issue.objects.get(words=KEPT).key
    gone(person, reports="keep")
    assert client.get(f"/report/done/{key}/").status_code == 404


def test_a_kept_page_says_at_once_what_the_report_says_now(client, person):
    hole = Issue.objects.get(words="이웃의 제보")
    assert SAID in client.get(f"/issues/{hole.pk}/").text
    gone(person)
    assert SAID not in client.get(f"/issues/{hole.pk}/").text


def test_others_keep_what_is_theirs(person):
    other = Person.objects.get(email="other@example.org")
    before = Notice.objects.filter(person=other, about__startswith="issue:").count()
    gone(person, reports="erase")
    hole = Issue.objects.get(words="이웃의 제보")
    assert hole.reporter == other
    assert hole.changes.filter(words="고쳤어요").exists()
    now = Notice.objects.filter(person=other, about__startswith="issue:").count()
    assert now == before


def test_the_download_has_every_word_and_every_photo(person, disk):
    told = unpacked(person.downloads.latest("pk"))
    text = told["issues.json"].decode()
    own = (KEPT, "힘들어요", "집 앞이에요")
    for words in (*own, "겪은 일", "아니래요", "심한 말", "손님"):
        assert words in text, words
    assert "남의 브라우저에서" in text, "left with the address they confirmed"
    assert f"{SAID} 계정" in told["interop.json"].decode()
    photos = [name for name in told if re.match(r"reports/.*\.webp", name)]
    from_disk = {photo.full.name for photo in Photo.objects.exclude(full="none.webp")}
    assert len([name for name in photos if told[name]]) == len(from_disk)


def test_the_reports_come_as_a_table_people_can_read(person):
    first = Issue.objects.get(words=KEPT)
    Issue.objects.filter(pk=first.pk).update(words=f"=1+1 {KEPT}")
    told = unpacked(make_download(ask_download(person).pk))
    rows = list(
        csv.reader(told["reports/reports.csv"].decode("utf-8-sig").splitlines())
    )
    assert rows[0] == ["번호", "날", "종류", "위치", "글", "상태", "약속한 날"]
    mine = {row[0]: row for row in rows[1:]}
    assert len(mine) == Issue.objects.filter(reporter=person).count() + 1
    row = mine[str(first.pk)]
    assert row[2:6] == ["도로 파임", "정왕1동", f"'=1+1 {KEPT}", "담당 부서로 보냄"]


def test_photos_others_added_to_my_report_are_not_mine(person):
    other = Person.objects.get(email="other@example.org")
    mine = Issue.objects.get(words=KEPT)
    support_issue(mine, by=other)
    add_word(mine, "이웃이 본 것", photos=[sent_photo(696)], by=other)
    theirs = Photo.objects.latest("pk")
    told = unpacked(make_download(ask_download(person).pk))
    assert f"reports/{mine.pk}/{theirs.pk}.webp" not in told
    gone(person, reports="erase")
    assert Photo.objects.filter(pk=theirs.pk).exists()
    assert default_storage.exists(theirs.full.name)

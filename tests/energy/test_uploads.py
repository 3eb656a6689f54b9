"""Files residents give: looked at, confirmed, read once, and their fate seen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from livinglab.energy.errors import AlreadyDecided, AnswerNeeded, UnreadableFile
from livinglab.energy.models import DailyUse, Premises, Upload, UsageDay
from livinglab.energy.services.uploads import (
    MOST_ATTEMPTS,
    answer_upload,
    confirm_upload,
    forget_old_previews,
    keep_upload,
    preview_upload,
    read_upload,
    receive_upload,
    withdraw_upload,
)
from livinglab.energy.tasks.uploads import sweep_uploads
from livinglab.energy.words import reader as reader_words
from livinglab.kernel.errors import NotAllowed
from livinglab.people.errors import ConsentMissing
from livinglab.people.models import Person
from livinglab.people.services import withdraw_consent
from tests import make


@pytest.fixture
def home(resident: Person) -> Premises:
    return make.premises(resident)


def csv(
    days: int = 3, *, first: date = date(2025, 9, 1), value: str = "0.25"
) -> ContentFile:  # type: ignore[type-arg]
    rows = ["일시,사용량(kWh)"]
    for day in range(days):
        label = first + timedelta(days=day)
        rows += [f"{label} {hour:02d}:00,{value}" for hour in range(24)]
    return ContentFile(("\n".join(rows) + "\n").encode("cp949"))


def bare(
    text: str = "start,value\n2025-09-01 00:00,0.2\n2025-09-01 01:00,0.3\n",
) -> ContentFile:  # type: ignore[type-arg]
    return ContentFile(text.encode())


def given(home: Premises, file: Any, by: Person, **more: Any) -> Upload:
    """Received and read, as the worker does."""
    upload = receive_upload(home, file, name="usage.csv", by=by, **more)
    read_upload(upload.pk)
    upload.refresh_from_db()
    return upload


def stored(home: Premises) -> Any:
    days = UsageDay.objects.filter(meter__premises=home).order_by("meter", "day")
    years = DailyUse.objects.filter(meter__premises=home).order_by("year")
    return (
        [(row.day, bytes(row.blob)) for row in days],
        [(row.year, bytes(row.wh)) for row in years],
    )


def said(upload: Upload) -> list[str]:
    return [message["code"] for message in upload.messages]


def test_a_preview_tells_everything_and_stores_nothing(
    home: Premises, resident: Person
) -> None:
    found = preview_upload(home, csv(), name="9월.csv", by=resident)
    assert (found.encoding, found.readings, found.kwh) == ("cp949", 72, 18)
    assert not Upload.objects.exists()
    assert not UsageDay.objects.exists()


def test_a_kept_file_waits_for_a_yes_and_is_then_read(
    home: Premises, resident: Person, django_capture_on_commit_callbacks: Any
) -> None:
    upload = keep_upload(home, csv(), name="9월.csv", by=resident)
    assert (upload.state, upload.rows_read) == ("preview", 72)
    assert not UsageDay.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        confirm_upload(upload, by=resident)
    upload.refresh_from_db()
    assert (upload.state, upload.rows_new, upload.rows_same) == ("imported", 72, 0)
    assert upload.first is not None
    assert UsageDay.objects.count() == 3
    assert not upload.file


def test_a_refused_file_stays_visible_with_its_sentence(
    home: Premises, resident: Person
) -> None:
    upload = keep_upload(
        home, ContentFile(b"<html></html>"), name="kepco.csv", by=resident
    )
    assert upload.state == "refused"
    with translation.override("en"):
        assert reader_words.message(upload.messages[0]).startswith("This is a web page")
    assert not upload.file
    assert not UsageDay.objects.exists()


def test_a_file_received_without_a_look_is_refused_when_read(
    home: Premises, resident: Person
) -> None:
    upload = given(home, ContentFile(b"PK\x03\x04 something"), resident)
    assert (upload.state, said(upload)) == ("refused", ["archive"])


def test_an_unreadable_preview_is_refused_in_words(
    home: Premises, resident: Person
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        preview_upload(home, ContentFile(b""), name="empty.csv", by=resident)
    assert refused.value.facts["reason"] == "empty"
    assert str(refused.value)


def test_an_open_question_must_be_answered_before_the_yes(
    home: Premises, resident: Person
) -> None:
    upload = keep_upload(home, bare(), name="a.csv", by=resident)
    assert [q["code"] for q in upload.understood["questions"]] == ["unit"]
    with pytest.raises(AnswerNeeded):
        confirm_upload(upload, by=resident)
    upload = answer_upload(upload, answers={"unit": "kWh"}, by=resident)
    assert not upload.understood["questions"]
    confirm_upload(upload, by=resident)
    read_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "imported"


def test_a_question_found_while_reading_goes_back_to_the_person(
    home: Premises, resident: Person
) -> None:
    upload = given(home, bare(), resident)
    assert (upload.state, said(upload)) == ("preview", ["answer_needed"])
    confirm_upload(upload, answers={"unit": "kWh"}, by=resident)
    read_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "imported"


def test_the_same_file_twice_changes_nothing_and_says_so(
    home: Premises, resident: Person
) -> None:
    given(home, csv(), resident)
    before = stored(home)
    again = given(home, csv(), resident)
    assert (again.rows_new, again.rows_same) == (0, 72)
    assert said(again) == ["same_file", "nothing_new"]
    assert stored(home) == before


def test_parts_that_overlap_in_any_order_give_the_same_rows(
    home: Premises, resident: Person, neighbour: Person
) -> None:
    other = make.premises(neighbour)
    given(home, csv(9), resident)
    for first, days in ((5, 5), (1, 6), (3, 2)):
        given(other, csv(days, first=date(2025, 9, first)), neighbour)
    assert stored(home) == stored(other)


def test_two_units_of_one_commodity_are_not_mixed(
    home: Premises, resident: Person
) -> None:
    make.meter(home, commodity="electricity", unit="therm")
    upload = given(home, csv(), resident)
    assert (upload.state, said(upload)) == ("refused", ["other_unit"])
    assert not UsageDay.objects.exists()


def test_reading_twice_stores_once(home: Premises, resident: Person) -> None:
    upload = given(home, csv(), resident)
    assert read_upload(upload.pk) is None
    assert Upload.objects.get().attempts == 1


def test_a_held_file_is_left_alone_and_a_forgotten_one_is_swept(
    home: Premises, resident: Person
) -> None:
    upload = receive_upload(home, csv(), name="a.csv", by=resident)
    Upload.objects.update(
        state="reading", claimed_until=timezone.now() + timedelta(minutes=1)
    )
    sweep_uploads()
    assert not UsageDay.objects.exists()
    Upload.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    sweep_uploads()
    upload.refresh_from_db()
    assert upload.state == "imported"


def test_a_file_that_kills_its_reader_is_given_up(
    home: Premises, resident: Person
) -> None:
    upload = receive_upload(home, csv(), name="a.csv", by=resident)
    Upload.objects.update(attempts=MOST_ATTEMPTS)
    read_upload(upload.pk)
    upload.refresh_from_db()
    assert said(upload) == ["given_up"]


def test_a_withdrawn_consent_stops_a_waiting_file(
    home: Premises, resident: Person
) -> None:
    upload = receive_upload(home, csv(), name="a.csv", by=resident)
    withdraw_consent(resident, "energy")
    read_upload(upload.pk)
    upload.refresh_from_db()
    assert said(upload) == ["consent_gone"]
    assert not UsageDay.objects.exists()


def test_nothing_is_kept_without_consent(home: Premises, resident: Person) -> None:
    withdraw_consent(resident, "energy")
    with pytest.raises(ConsentMissing):
        keep_upload(home, csv(), name="a.csv", by=resident)
    with pytest.raises(ConsentMissing):
        receive_upload(home, csv(), name="a.csv", by=resident)
    assert not Upload.objects.exists()


def test_a_stranger_gives_nothing_to_somebody_elses_home(
    home: Premises, neighbour: Person
) -> None:
    for verb in (preview_upload, keep_upload, receive_upload):
        with pytest.raises(NotAllowed):
            verb(home, csv(), name="a.csv", by=neighbour)


def test_a_file_can_be_taken_back_before_the_yes(
    home: Premises, resident: Person
) -> None:
    upload = keep_upload(home, csv(), name="a.csv", by=resident)
    withdraw_upload(upload, by=resident)
    assert not Upload.objects.exists()
    read = given(home, csv(), resident)
    with pytest.raises(AlreadyDecided):
        withdraw_upload(read, by=resident)


def test_a_preview_nobody_answers_is_forgotten(
    home: Premises, resident: Person
) -> None:
    keep_upload(home, csv(), name="a.csv", by=resident)
    Upload.objects.update(updated_at=timezone.now() - timedelta(days=3))
    assert forget_old_previews() == 1
    assert not Upload.objects.exists()


def test_a_name_from_elsewhere_is_tidied(home: Premises, resident: Person) -> None:
    upload = keep_upload(home, csv(), name="..\\..\\etc\\내 파일\x00.csv", by=resident)
    assert upload.name == "내 파일.csv"
    assert "내" not in upload.file.name


FACTS = (
    ["line", "megabytes", "readings", "entries", "text", "minutes", "one", "other"]
    + ["first", "last", "until", "count", "when", "kwh", "number"]
    + ["commodity", "kept", "came"]
)


@pytest.mark.parametrize("code", list(reader_words.REFUSALS))
def test_every_refusal_has_a_sentence(code: str) -> None:
    facts = {
        name: "2025-09-01T00:00:00+09:00" if name in {"when", "until"} else 5
        for name in FACTS
    }
    sentence = reader_words.refusal(code, facts)
    assert "%(" not in sentence
    assert len(sentence) > 5


@pytest.mark.parametrize("home_file", ["uci", "sgsc"])
def test_the_published_homes_import_as_given(
    home: Premises, resident: Person, shared_data: Any, home_file: str
) -> None:
    name, answers, days = {
        "uci": ("uci_household_power_consumption_days.csv", {}, 1442),
        "sgsc": ("sgsc_4homes_halfhourly.csv.gz", {"customer": "10006414"}, 753),
    }[home_file]
    with (shared_data / "households" / name).open("rb") as raw:
        upload = keep_upload(home, ContentFile(raw.read()), name=name, by=resident)
    asked = [question["code"] for question in upload.understood["questions"]]
    assert asked == list(answers)
    confirm_upload(upload, answers=answers, by=resident)
    read_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "imported"
    assert UsageDay.objects.filter(meter__premises=home).count() == days

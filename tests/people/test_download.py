"""Everything about me in one file: asked for, made, fetched by me alone, gone."""

import io
import json
import random
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from livinglab.notifications.models import Notice
from livinglab.people.errors import DownloadRefused
from livinglab.people.models import Download, FileToErase, Person
from livinglab.people.services.archive import write_archive
from livinglab.people.services.downloads import (
    ask_download,
    expire_downloads,
    make_download,
    make_due_downloads,
)
from livinglab.people.services.files import erase_due_files
from tests import make
from tests.people import world
from tests.signing_in import forget_proofs


@pytest.fixture(scope="module")
def lived(kept_rows):
    """Lived once; each test asks for its own download and undoes its own rows."""
    somebody = world.somebody()
    world.full_life(somebody, make.resident("other@example.org", name="이웃"))
    Download.objects.all().delete()
    return somebody.pk


@pytest.fixture
def person(lived, db):
    return Person.objects.get(pk=lived)


@pytest.fixture
def made(person):
    return make_download(ask_download(person).pk)


def opened(download):
    with default_storage.open(download.file.name) as stored:
        return zipfile.ZipFile(io.BytesIO(stored.read()))


def test_the_file_holds_every_part_and_its_guides(made):
    names = set(opened(made).namelist())
    assert {"people.json", "energy.json", "notifications.json"} <= names
    assert {"README.ko.txt", "README.en.txt"} <= names
    endings = {name.rpartition("/")[2].partition(".")[2] for name in names}
    assert {"csv", "xml", "jpg"} <= endings
    assert opened(made).testzip() is None


def test_the_parts_hold_the_rows(made, person):
    packed = opened(made)
    people = json.loads(packed.read("people.json"))
    energy = json.loads(packed.read("energy.json"))
    assert people["people.Person"][0]["email"] == person.email
    assert len(people["people.Consent"]) == person.consents.count()
    assert people["people.DataRead"][0]["reader_as"] == "coordinator"
    assert energy["energy.RegisterReading"][0]["kwh"] == "1234.5"
    assert "password" not in packed.read("people.json").decode()


def test_readings_and_files_come_as_they_were(made):
    packed = opened(made)
    table = next(name for name in packed.namelist() if name.endswith("energy.csv"))
    assert "0.25" in packed.read(table).decode()
    given = next(name for name in packed.namelist() if "september.csv" in name)
    assert packed.read(given) == world.FILE


def test_the_guides_explain_every_file_and_every_field(made):
    packed = opened(made)
    for language in ("ko", "en"):
        guide = packed.read(f"README.{language}.txt").decode()
        for part in ("people", "energy", "notifications"):
            rows = json.loads(packed.read(f"{part}.json"))
            for model, found in rows.items():
                assert f"{model}:" in guide
                for field in found[0] if found else ():
                    assert f"  - {field}: " in guide
        for name in packed.namelist():
            assert name.startswith("README") or name in guide
    assert "리빙랩" in packed.read("README.ko.txt").decode()


def test_its_owner_is_told(made, person):
    told = Notice.objects.get(person=person, kind="people.download_ready")
    assert told.url == "/me/download/"


def test_one_at_a_time(person):
    ask_download(person)
    with pytest.raises(DownloadRefused):
        ask_download(person)


def test_three_a_day(person):
    for _time in range(3):
        make_download(ask_download(person).pk)
    with pytest.raises(DownloadRefused):
        ask_download(person)
    Download.objects.update(asked_at=timezone.now() - timedelta(days=1, minutes=1))
    assert ask_download(person).state == "due"


def test_a_task_that_runs_twice_makes_one_file(made, person):
    assert make_download(made.pk) is None
    assert Notice.objects.filter(kind="people.download_ready").count() == 1


def test_what_a_dead_worker_left_the_sweep_finishes(person):
    download = ask_download(person)
    dead = timezone.now() - timedelta(seconds=1)
    Download.objects.update(claimed_until=dead, attempts=1)
    default_storage.save(f"downloads/{download.key}.zip", io.BytesIO(b"half a file"))

    assert make_due_downloads() == 1

    download.refresh_from_db()
    assert download.is_ready
    assert download.file.name == f"downloads/{download.key}.zip"
    assert opened(download).testzip() is None


def test_what_a_worker_holds_nobody_else_makes(person):
    ask_download(person)
    Download.objects.update(claimed_until=timezone.now() + timedelta(minutes=5))
    assert make_due_downloads() == 0


def test_what_breaks_again_and_again_is_given_up_and_said(person):
    download = ask_download(person)
    Download.objects.update(attempts=5)
    make_due_downloads()
    download.refresh_from_db()
    assert download.state == "failed"
    assert Notice.objects.filter(kind="people.download_failed").exists()


def test_after_a_week_the_file_is_gone(made):
    name = made.file.name
    Download.objects.update(expires_at=timezone.now())
    assert expire_downloads() == 1
    assert FileToErase.objects.filter(name=name).exists()
    erase_due_files()
    assert not default_storage.exists(name)
    assert not FileToErase.objects.exists()
    made.refresh_from_db()
    assert (made.state, bool(made.file)) == ("expired", False)


def test_the_owner_fetches_it_and_nobody_keeps_it(client, made, person):
    client.force_login(person)
    answer = client.get(f"/me/download/{made.pk}/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    body = b"".join(answer.streaming_content)
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None
    made.refresh_from_db()
    assert made.fetched_at is not None


def test_who_did_not_just_prove_themselves_is_asked_first(client, made, person):
    client.force_login(person)
    forget_proofs(client)
    answer = client.get(f"/me/download/{made.pk}/")
    assert answer.status_code == 302
    assert "application/zip" not in answer.headers["Content-Type"]


@pytest.mark.parametrize(
    "address", ["/me/download/{}/", "/api/v1/me/downloads/{}/file/"]
)
def test_somebody_elses_file_is_not_there(client, made, neighbour, address):
    client.force_login(neighbour)
    assert client.get(address.format(made.pk)).status_code == 404


def test_an_expired_file_is_not_there(client, made, person):
    Download.objects.update(expires_at=timezone.now())
    client.force_login(person)
    assert client.get(f"/me/download/{made.pk}/").status_code == 404


def test_a_token_cannot_carry_it_away(client, made, person):
    client.force_login(person)
    token = client.post("/api/v1/me/tokens/").json()["token"]
    client.logout()
    answer = client.get(
        f"/api/v1/me/downloads/{made.pk}/file/",
        headers={"Authorization": f"Token {token}"},
    )
    assert answer.status_code == 401


def test_the_page_asks_for_one_and_says_where_it_stands(client, resident):
    client.force_login(resident)
    client.post("/me/download/")
    assert Download.objects.get(person=resident).state == "due"
    assert "만들고 있어요" in client.get("/me/download/").text
    client.post("/me/download/")
    assert Download.objects.count() == 1


def test_the_file_grows_and_memory_does_not(person):
    """Rows and files go through in pieces: none is ever read as a whole."""
    sizes = []

    class Watched(io.BytesIO):
        def write(self, data):
            sizes.append(len(data))
            return super().write(data)

    home = person.memberships.get().premises
    reading = home.meters.get().readings.get()
    reading.photo.save(
        "big.jpg", io.BytesIO(random.Random(1).randbytes(3_000_000)), save=True
    )
    write_archive(person, Watched())
    assert max(sizes) < 300_000

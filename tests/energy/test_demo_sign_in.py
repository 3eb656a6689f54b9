"""The demonstration's sign-in links work on a demonstration and nowhere else."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from livinglab.energy.demo.record import Record
from livinglab.people.models import Person


@pytest.fixture
def key(settings: object, tmp_path: Path, resident: Person) -> str:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.DEMO = True  # type: ignore[attr-defined]
    record = Record.begin(tmp_path / "demo", date(2026, 11, 23), seed=1)
    return record.key_for(resident.email)


def test_the_printed_link_signs_in(client: Client, key: str, resident: Person) -> None:
    answer = client.get(f"/energy/demo/{key}/")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(resident.pk)


def test_a_guessed_key_finds_nothing(client: Client, key: str) -> None:
    assert client.get("/energy/demo/guessed/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_without_a_demonstration_there_is_no_such_page(
    client: Client, key: str, settings: object
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert client.get(f"/energy/demo/{key}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    record = Record.begin(tmp_path, date(2026, 11, 23), seed=1)
    key = record.key_for("somebody@example.org")
    again = Record.begin(tmp_path, date(2027, 1, 1), seed=2)
    assert again.key_for("somebody@example.org") == key
    assert again.today == date(2026, 11, 23)

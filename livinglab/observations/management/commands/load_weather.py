"""`manage.py load_weather FILE`: daily temperatures from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from livinglab.kernel.errors import Refused
from livinglab.observations.models import DailyWeather
from livinglab.observations.readers import WeatherFile
from livinglab.observations.services import Stored, read_file, store_file


class Command(BaseCommand):
    help = "Store daily temperatures: KMA's JSON and CSV layouts, or date,stn,tmean…"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--station", type=int, help="where the file names none")
        parser.add_argument(
            "--source", choices=DailyWeather.Source.values, default="kma"
        )
        parser.add_argument("--dry-run", action="store_true", help="store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = read_file(options["file"].read_bytes())
            self._tell(found)
            if options["dry_run"]:
                self.stdout.write(_("Looked only; nothing was stored."))
                return
            stored = store_file(
                found, source=options["source"], station_number=options["station"]
            )
        except OSError as error:
            raise CommandError(_("The file cannot be read.")) from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for number, result in stored.items():
            self.stdout.write(_line(number, result))

    def _tell(self, found: WeatherFile) -> None:
        days = [reading.day for reading in found.readings]
        self.stdout.write(
            _(
                "%(layout)s (%(encoding)s): %(days)s days from %(first)s to %(last)s, "
                "%(missing)s without a mean, %(refused)s rows refused"
            )
            % {
                "layout": found.layout,
                "encoding": found.encoding,
                "days": len(days),
                "first": min(days),
                "last": max(days),
                "missing": sum(reading.tmean is None for reading in found.readings),
                "refused": len(found.refused),
            }
        )


def _line(number: int, stored: Stored) -> str:
    return _(
        "Station %(number)s: %(new)s new, %(changed)s changed, %(same)s the same, "
        "%(kept)s left as a better source told them"
    ) % {
        "number": number,
        "new": stored.new,
        "changed": stored.changed,
        "same": stored.same,
        "kept": stored.kept,
    }

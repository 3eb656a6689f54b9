"""`manage.py demo`: two neighbourhoods with figures, or a folder of own files."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.module_loading import import_string
from django.utils.translation import override
from rich.console import Console

from livinglab.energy.demo.own_files import OwnFiles
from livinglab.energy.demo.progress import Steps
from livinglab.energy.demo.story import WHEELS, Demonstration, seeds

WIDE = 120  # where there is no terminal whose width counts


class Command(BaseCommand):
    help = "Build the demonstration (or import DATA), print its table, serve."
    # `make check` runs them; a second start should be there in seconds
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, help="a folder with your own files")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--homes", type=int, help="homes a place, for a quick try")
        parser.add_argument(
            "--no-samples", action="store_true", help="without the published meters"
        )
        parser.add_argument(
            "--no-serve", action="store_true", help="leave when the table is printed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Pages are served from the start; the figures arrive while one looks."""
        data: Path | None = options["data"]
        if data is not None and not data.is_dir():
            raise CommandError(f"{data} is not a folder.")
        url = f"http://{options['host']}:{options['port']}/"
        told = Teller(
            data,
            url,
            homes=options["homes"],
            samples=not options["no_samples"],
            leave=options["no_serve"],
        )
        serve = import_string(settings.SERVE)
        serve(host=options["host"], port=options["port"], beside=told.tell)


class Teller:
    """Works beside the server: builds what is missing, then prints the table."""

    def __init__(
        self,
        data: Path | None,
        url: str,
        *,
        homes: int | None,
        samples: bool,
        leave: bool,
    ) -> None:
        self.data = data
        self.url = url
        self.homes = homes
        self.samples = WHEELS if samples else None
        self.leave = leave
        wide = None if sys.stdout.isatty() else WIDE
        self.console = Console(highlight=False, width=wide)

    def tell(self, leaving: threading.Event) -> None:
        try:
            with override("en"):
                self._tell(leaving)
        finally:
            connection.close()
        if self.leave:
            _interrupt()

    def _tell(self, leaving: threading.Event) -> None:
        if self.data is not None:
            OwnFiles(self.data).tell(self.console, leaving, self.url)
            return
        demonstration = Demonstration.here(seeds(self.homes))
        if not demonstration.record.is_complete:
            demonstration.tell(Steps(self.console), leaving, samples=self.samples)
        if not leaving.is_set():
            demonstration.print(self.console, self.url)
            sys.stdout.flush()


def _interrupt() -> None:
    """Leave as by Ctrl-C: the server and the worker stop in good order."""
    os.kill(os.getpid(), signal.SIGINT)

"""`manage.py fit_baseline FILE`: the model of a file, and what was saved against it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from livinglab.energy.baseline.bands import CONFIDENCE
from livinglab.energy.baseline.files import (
    Bills,
    Days,
    NotABaselineFile,
    Reporting,
    gettext_noop,
    is_baseline_file,
    read_file,
)
from livinglab.energy.baseline.grid import GRIDS
from livinglab.energy.baseline.report import fit_of, grid_for, held_against, numbers
from livinglab.energy.baseline.usage_days import days_of_usage
from livinglab.energy.readers.understood import Unreadable
from livinglab.energy.words import reader as reader_words

REPORTING = "-reporting"


class Command(BaseCommand):
    help = (
        "Fit CalTRACK 2.0 to a file (a folder: to each file of it) and print the "
        "model. FILE holds days (start_utc, temp_mean_f or temp_mean_c, usage), bills "
        "(n_days, usage_per_day, hdd_*, cdd_*), or is a usage file; for that one say "
        "where the temperatures are with --weather. A file NAME-reporting.csv beside "
        "NAME.csv is held against the model by itself."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--grid", choices=sorted(GRIDS))
        parser.add_argument("--confidence", type=_share, default=CONFIDENCE)
        parser.add_argument("--reporting", type=Path, help="the period to hold against")
        parser.add_argument("--weather", type=Path, help="daily temperatures in °C")
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = dict(_each(options["file"], options))
        except NotABaselineFile as why:
            self._refuse(_(why.template) % why.facts, options["json"])
        except Unreadable as why:
            self._refuse(reader_words.refusal(why.code, why.facts), options["json"])
        except OSError:
            self._refuse(_("The file cannot be opened."), options["json"])
        single = None if options["file"].is_dir() else next(iter(found.values()))
        if options["json"]:
            self.stdout.write(json.dumps(single or found, ensure_ascii=False, indent=2))
            return
        for name, facts in found.items():
            self.stdout.write(f"{name}" if single is None else "", ending="")
            self._tell(facts, indent="" if single else "  ")

    def _tell(self, facts: dict[str, object], indent: str) -> None:
        lines = [f"{indent}{name}: {_shown(value)}" for name, value in facts.items()]
        self.stdout.write("\n".join(["", *lines] if indent else lines))

    def _refuse(self, sentence: str, to_json: bool) -> NoReturn:
        """One sentence, exit 1."""
        if to_json:
            self.stdout.write(json.dumps({"detail": sentence}, ensure_ascii=False))
        else:
            self.stderr.write(sentence)
        sys.exit(1)


def _shown(value: object) -> object:
    if value is None:
        return "-"
    return f"{value:.8g}" if isinstance(value, float) else value


def _share(text: str) -> float:
    value = float(text)
    if not 0 < value < 1:
        raise ValueError
    return value


def _each(
    path: Path, options: dict[str, Any]
) -> Iterator[tuple[str, dict[str, object]]]:
    if not path.is_dir():
        yield path.stem, _one(path, options)
        return
    files = [file for file in sorted(path.glob("*.csv")) if REPORTING not in file.stem]
    if not files:
        raise NotABaselineFile(
            gettext_noop("There is no CSV file in %(folder)s."), folder=path.name
        )
    for file in files:
        yield file.stem, _one(file, options)


def _one(path: Path, options: dict[str, Any]) -> dict[str, object]:
    sample = _sample(path, options["weather"])
    if isinstance(sample, Reporting):
        raise NotABaselineFile(
            gettext_noop(
                "%(file)s is a reporting period; give the baseline first and this file "
                "with --reporting."
            ),
            file=path.name,
        )
    grid = grid_for(sample, options["grid"])
    fits = fit_of(sample, grid)
    beside = path.with_name(f"{path.stem}{REPORTING}{path.suffix}")
    reporting = options["reporting"] or (beside if beside.is_file() else None)
    held = None
    if reporting is not None:
        held = held_against(fits, grid, _sample(reporting, options["weather"]))
    return numbers(fits, held, options["confidence"])


def _sample(path: Path, weather: Path | None) -> Days | Bills | Reporting:
    return read_file(path) if is_baseline_file(path) else days_of_usage(path, weather)

"""`manage.py read_usage FILE [--json]`: what the reader understands of a file."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from livinglab.energy.readers.limits import FACILITY, HOME
from livinglab.energy.readers.understood import Understood, Unreadable
from livinglab.energy.readers.usage_file import read_usage_file
from livinglab.energy.words import reader as reader_words


class Command(BaseCommand):
    help = "Say what a usage file holds; needs no database and stores nothing."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="for other programs")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="QUESTION=ANSWER",
            help="answer what a file leaves open, such as unit=kWh",
        )
        parser.add_argument(
            "--facility", action="store_true", help="a building that may use more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        answers = dict(each.partition("=")[::2] for each in options["answer"])
        limits = FACILITY if options["facility"] else HOME
        try:
            with options["file"].open("rb") as file:
                found = read_usage_file(file, answers=answers, limits=limits)
        except OSError:
            self._refuse("no_file", _("The file cannot be opened."), options["json"])
        except Unreadable as why:
            sentence = reader_words.refusal(why.code, why.facts)
            self._refuse(why.code, sentence, options["json"])
        if options["json"]:
            self.stdout.write(as_json(found.understood.as_json()))
        else:
            self._tell(found.understood)

    def _refuse(self, code: str, sentence: str, to_json: bool) -> NoReturn:
        """One sentence, exit 1."""
        if to_json:
            self.stdout.write(as_json({"refused": code, "detail": sentence}))
        else:
            self.stderr.write(sentence)
        sys.exit(1)

    def _tell(self, understood: Understood) -> None:
        stored = understood.as_json()
        for name in (
            ["format", "encoding", "commodity", "unit", "resolution_s", "blocks"]
            + ["readings", "kwh", "quantity", "first", "last", "duplicates"]
        ):  # fmt: skip
            self.stdout.write(f"{name}: {stored[name]}")
        rule = reader_words.hour_rule(understood.hour_rule)
        self.stdout.write(f"hour_rule: {rule}")
        for gap in stored["gaps"]:
            self.stdout.write(f"gap: {gap['start']} .. {gap['end']}")
        for row in understood.refused:
            reason = reader_words.row_reason(row.code)
            self.stdout.write(f"refused row {row.line}: {reason}: {row.text}")
        for note in understood.notes:
            self.stdout.write(reader_words.note(note.code, note.facts))
        for asked in understood.questions:
            self.stdout.write("? " + reader_words.question(asked.code, asked.facts))
            for option in asked.options:
                words = reader_words.option(asked.code, option.value, option.facts)
                self.stdout.write(f"  --answer {asked.code}={option.value}  {words}")


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)

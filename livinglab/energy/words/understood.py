"""A preview as kept with an upload, turned into what its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.energy.words import reader as reader_words
from livinglab.kernel import numbers

FORMATS = {
    "green_button": gettext_lazy("Green Button (XML)"),
    "livinglab_csv": gettext_lazy("CSV of the living lab"),
    "csv": gettext_lazy("CSV table"),
    "csv_wide": gettext_lazy("CSV table, a row a day"),
    "csv_register": gettext_lazy("CSV table of register values"),
}
HOUR_S, DAY_S, LONG_S = 3600, 86_400, 27 * 86_400
GAPS_SHOWN = 6
ROWS_SHOWN = 8
MILLI_A_KWH = 1_000_000

Stored = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """A name and what stands beside it."""

    name: str
    value: str


@dataclass(frozen=True)
class Month:
    name: str
    amount: str
    days: int


@dataclass(frozen=True)
class Choice:
    value: str
    words: str


@dataclass(frozen=True)
class Asked:
    """A question with its answers; `code` is the name of the form field."""

    code: str
    words: str
    choices: list[Choice]


@dataclass(frozen=True)
class Row:
    line: int
    reason: str
    text: str


@dataclass(frozen=True)
class Preview:
    """Everything the preview page says about a file."""

    facts: list[Fact]
    notes: list[str]
    gaps: list[str]
    more_gaps: int
    months: list[Month]
    questions: list[Asked]
    refused: list[Row]
    refused_count: int


def preview_of(stored: Stored) -> Preview:
    """Put a stored preview into words in the reader's language."""
    gaps = stored.get("gaps", [])
    return Preview(
        facts=[fact for fact in _facts(stored) if fact.value],
        notes=[reader_words.note(n["code"], n["facts"]) for n in stored["notes"]],
        gaps=[_gap(gap) for gap in gaps[:GAPS_SHOWN]],
        more_gaps=max(len(gaps) - GAPS_SHOWN, 0),
        months=[_month(month, stored["unit"]) for month in stored.get("months", [])],
        questions=[_question(asked) for asked in stored.get("questions", [])],
        refused=[
            Row(row["line"], reader_words.row_reason(row["code"]), row["text"])
            for row in stored.get("refused", [])[:ROWS_SHOWN]
        ],
        refused_count=stored.get("refused_count", 0),
    )


def _facts(stored: Stored) -> list[Fact]:
    first, last = reader_words.first_and_last(stored)
    kwh = stored.get("kwh")
    return [
        Fact(_("Format"), str(FORMATS.get(stored["format"], stored["format"]))),
        Fact(_("Letters"), stored.get("encoding") or ""),
        Fact(_("First reading"), first),
        Fact(_("Last reading"), last),
        Fact(_("Readings"), numbers.plain(stored.get("readings"))),
        Fact(_("Step"), step_in_words(stored.get("resolution_s"))),
        Fact(_("How times are meant"), reader_words.hour_rule(stored["hour_rule"])),
        Fact(_("Sum"), "" if kwh is None else numbers.kwh(Decimal(kwh), 1)),
        Fact(_("Missing between"), _missing(stored.get("gap_seconds", 0))),
        Fact(_("Twice in the file"), _count(stored.get("duplicates", 0))),
        Fact(_("Estimated"), _count(stored.get("estimated", 0))),
    ]


def step_in_words(seconds: int | None) -> str:
    """900 → 15 minutes, 86400 → 1 day, a month and longer as such."""
    if not seconds:
        return ""
    if seconds >= LONG_S:
        return _("about a month")
    if seconds % DAY_S == 0:
        return _days(seconds // DAY_S)
    if seconds % HOUR_S == 0:
        hours = seconds // HOUR_S
        return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}
    minutes = round(seconds / 60)
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {
        "minutes": minutes
    }


def _days(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _missing(seconds: int) -> str:
    if not seconds:
        return _("nothing")
    return step_in_words(max(round(seconds / HOUR_S), 1) * HOUR_S)


def _count(number: int) -> str:
    return numbers.plain(number) if number else ""


def _gap(gap: Stored) -> str:
    start, end = (
        timezone.localtime(datetime.fromisoformat(gap[name]))
        for name in ("start", "end")
    )
    return _("%(start)s to %(end)s") % {
        "start": date_format(start, "SHORT_DATETIME_FORMAT"),
        "end": date_format(end, "SHORT_DATETIME_FORMAT"),
    }


def _month(month: Stored, unit: str) -> Month:
    value = Decimal(month["value"])
    amount = (
        numbers.kwh(value / MILLI_A_KWH, 1)
        if unit == "Wh"
        else f"{numbers.plain(value / 1000, 1)} {unit}"
    )
    return Month(numbers.period(month["month"]), amount, month["days"])


def _question(asked: Stored) -> Asked:
    code = asked["code"]
    return Asked(
        code=code,
        words=reader_words.question(code, asked["facts"]),
        choices=[
            Choice(o["value"], reader_words.option(code, o["value"], o["facts"]))
            for o in asked["options"]
        ],
    )

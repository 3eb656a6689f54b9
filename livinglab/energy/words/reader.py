"""The readers' codes in words for people, in the language of whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.kernel.numbers import plain

Facts = Mapping[str, Any]

REFUSALS: Mapping[str, Promise | str] = {
    "empty": gettext_lazy("The file is empty."),
    "archive": gettext_lazy(
        "This is a packed file (ZIP or Excel). Please unpack it, or save the sheet as "
        "CSV, and choose that file."
    ),
    "spreadsheet": gettext_lazy(
        "This is an Excel file. Please save the sheet as CSV and choose that file."
    ),
    "pdf": gettext_lazy(
        "This is a PDF. Please choose the CSV or Green Button file, or type the bill "
        "in."
    ),
    "picture": gettext_lazy(
        "This is a picture. Please choose a CSV or Green Button file."
    ),
    "web_page": gettext_lazy(
        "This is a web page, not a data file. The sign-in of the site may have ended: "
        "please download the file again."
    ),
    "cut_off": gettext_lazy(
        "The file ends in the middle. Please download it again and choose the whole "
        "file."
    ),
    "cut_off_row": gettext_lazy(
        "The file ends in the middle of row %(line)s. Please download it again and "
        "choose the whole file."
    ),
    "too_large": gettext_lazy(
        "The file is larger than %(megabytes)s MB. Please download it in parts, for "
        "example one year each."
    ),
    "too_many": gettext_lazy(
        "The file holds more than %(readings)s readings. Please download it in parts."
    ),
    "too_many_entries": gettext_lazy(
        "The file holds more than %(entries)s entries. Please download it in parts."
    ),
    "undecodable": gettext_lazy(
        "The letters of the file cannot be read. Please save it as UTF-8 or as a "
        "Korean CSV and choose it again."
    ),
    "binary": gettext_lazy(
        "This is not a text file. Please choose a CSV or Green Button file."
    ),
    "doctype": gettext_lazy(
        "The file holds a document type declaration, which can be misused, so it is "
        "not read. Please download it again from your utility."
    ),
    "not_green_button": gettext_lazy(
        "This XML file is not a Green Button file. Please choose the file your utility "
        "calls Green Button or “download my data”."
    ),
    "too_deep": gettext_lazy("The XML file is nested too deeply to be read."),
    "broken_xml": gettext_lazy(
        "The XML file is broken at line %(line)s. Please download it again."
    ),
    "broken_csv": gettext_lazy(
        "The file is broken at row %(line)s. Please download it again."
    ),
    "no_table": gettext_lazy(
        "No table with dates and amounts was found in the file. A first row such as "
        "“날짜, 사용량(kWh)” helps."
    ),
    "no_value_column": gettext_lazy("No column with amounts was found in the file."),
    "weather_file": gettext_lazy("This file holds temperatures, not energy."),
    "no_readings": gettext_lazy("The file holds no readings."),
    "no_readable_rows": gettext_lazy(
        "None of the rows could be read. The first one is row %(line)s: “%(text)s”."
    ),
    "one_row": gettext_lazy(
        "The file holds one reading only, so nobody can tell how long it lasted. "
        "Please choose a longer period."
    ),
    "no_step": gettext_lazy(
        "The rows are %(minutes)s minutes apart. Only files with steady steps of 1, 5, "
        "10, 15, 30, 60 minutes, a day or a month can be read."
    ),
    "mixed_steps": gettext_lazy(
        "The file mixes rows of %(one)s and of %(other)s minutes. Please split it in "
        "two files."
    ),
    "years_apart": gettext_lazy(
        "The file reaches from %(first)s to %(last)s. Please check its dates."
    ),
    "future": gettext_lazy(
        "The file holds readings up to %(until)s, which is still to come. Please check "
        "its dates."
    ),
    "negative": gettext_lazy(
        "The file holds negative use (%(count)s readings, the first on %(when)s). "
        "Files in which solar power is already subtracted cannot be used; please "
        "choose the file with use alone."
    ),
    "implausible": gettext_lazy(
        "%(kwh)s kWh in %(minutes)s minutes (%(when)s) is more than a home can use. "
        "The unit is probably Wh or another one: please choose the unit yourself."
    ),
    "implausible_scale": gettext_lazy("The numbers of the file are beyond measure."),
    "no_unit_fits": gettext_lazy(
        "The numbers fit no unit of energy that a home could have used."
    ),
    "no_unit": gettext_lazy("The file does not say in which unit its values are."),
    "wrong_unit": gettext_lazy(
        "The values of the file are in a unit that is no amount of energy (%(number)s)."
    ),
    "power_not_mean": gettext_lazy(
        "The values of the file are momentary power, from which use cannot be computed."
    ),
    "net_flow": gettext_lazy(
        "The file holds net values, in which use and feed-in are already mixed. Please "
        "choose a file with use alone."
    ),
    "flow": gettext_lazy(
        "The file holds values of a kind that is no use of energy (%(number)s)."
    ),
    "accumulation": gettext_lazy(
        "The file holds values of a kind that is no use of energy (%(number)s)."
    ),
    "commodity": gettext_lazy(
        "The file is about something other than electricity, gas, water or heat."
    ),
    "no_reading_type": gettext_lazy("The file does not say what its values are."),
    "several_reading_types": gettext_lazy(
        "The file describes several kinds of values without saying which belong to "
        "what."
    ),
    "bad_start": gettext_lazy(
        "A time in the file cannot be right: “%(text)s”. Please ask your utility for a "
        "new file."
    ),
    "bad_number": gettext_lazy(
        "A number in the file cannot be read: “%(text)s”. Please ask your utility for "
        "a new file."
    ),
    "repeated_start": gettext_lazy(
        "The file gives different readings for the same time. Please ask your utility "
        "for a new file."
    ),
    "no_duration": gettext_lazy("The file does not say how long its readings last."),
    "other_unit": gettext_lazy(
        "This home's %(commodity)s is kept in %(kept)s, the file is in %(came)s. They "
        "cannot be put together."
    ),
    "hand_readings": gettext_lazy(
        "The file holds meter readings typed by hand. Please type them in here."
    ),
    "file_gone": gettext_lazy(
        "The file is no longer there. Please choose it again; nothing was stored."
    ),
    "given_up": gettext_lazy(
        "The file could not be read after several attempts. It was put aside; please "
        "tell the coordinator of your city."
    ),
    "consent_gone": gettext_lazy(
        "Your consent was withdrawn before the file was read, so nothing was stored."
    ),
}

NOTES: Mapping[str, Promise | str] = {
    "missing_values": gettext_lazy(
        "%(count)s rows have no value. They stay missing; they do not count as zero."
    ),
    "conflicts": gettext_lazy(
        "%(count)s times stand twice with different values; the later one is taken."
    ),
    "register_fell": gettext_lazy(
        "The register falls %(count)s times, as after a change of meter. What was used "
        "between is missing."
    ),
    "mean_power": gettext_lazy(
        "The values are mean power (%(unit)s); use is computed from them."
    ),
    "last_row_has_no_end": gettext_lazy(
        "The last row has no end, so it is left out until a newer file comes."
    ),
    "first_row_has_no_start": gettext_lazy(
        "The first row has no beginning, so it is left out."
    ),
    "bills_not_days": gettext_lazy(
        "The rows are longer than a day. They are kept like bills."
    ),
    "other_stream": gettext_lazy(
        "The file also holds %(commodity)s (%(flow)s). It is kept by itself."
    ),
    "left_out": gettext_lazy("A part of the file is left out: %(reason)s"),
    "other_zone": gettext_lazy(
        "The file comes from another time zone (UTC%(hours)s). Days are counted in "
        "Korean time."
    ),
    "costs": gettext_lazy(
        "The file also holds costs. They are not used; this service computes the bill "
        "itself."
    ),
    "also_in_file": gettext_lazy(
        "The file also holds %(count)s entries typed by hand. They are not read from a "
        "file."
    ),
    "same_file": gettext_lazy("You already gave this very file on %(when)s."),
    "imported": gettext_lazy(
        "Imported %(readings)s readings: %(new)s new, %(same)s already there."
    ),
    "nothing_new": gettext_lazy("Everything in the file was already there."),
    "replaced": gettext_lazy("%(count)s earlier readings were replaced."),
    "outranked": gettext_lazy(
        "%(count)s readings were not taken: better ones are already there."
    ),
    "overlapped": gettext_lazy(
        "%(count)s readings overlap with finer ones; the finer ones count."
    ),
    "answer_needed": gettext_lazy("The file leaves a question open. Please answer it."),
}

QUESTIONS: Mapping[str, Promise | str] = {
    "unit": gettext_lazy("In which unit are the amounts?"),
    "customer": gettext_lazy("The file holds %(homes)s homes. Which one is this?"),
    "column": gettext_lazy("Which column holds the use?"),
    "hours": gettext_lazy("Does a time mark the beginning or the end of its hour?"),
    "meter": gettext_lazy("The file holds several meters. Which one is this home's?"),
    "large_days": gettext_lazy(
        "%(days)s days have a very high use, up to %(kwh)s kWh. Is that right?"
    ),
}

ROW_REASONS: Mapping[str, Promise | str] = {
    "bad_date": gettext_lazy("the date cannot be read"),
    "bad_cell": gettext_lazy("a value cannot be read"),
    "too_few_cells": gettext_lazy("the row is too short"),
    "off_grid": gettext_lazy("the time is off the steps of the file"),
    "no_value": gettext_lazy("there is no value"),
    "no_time": gettext_lazy("there is no time"),
}

HOUR_RULES: Mapping[str, Promise | str] = {
    "beginning": gettext_lazy("A time marks the beginning of its reading."),
    "ending": gettext_lazy("A time marks the end of its reading (24:00 is midnight)."),
    "range": gettext_lazy("The file names the beginning and the end of each reading."),
    "day": gettext_lazy("One row is one day, from midnight to midnight."),
    "month": gettext_lazy("One row is one month or bill."),
    "register": gettext_lazy("The rows are register values; use is their difference."),
    "utc_start": gettext_lazy("The file gives the exact beginning of each reading."),
}

COMMODITIES: Mapping[str, Promise | str] = {
    "electricity": gettext_lazy("electricity"),
    "gas": gettext_lazy("gas"),
    "water": gettext_lazy("water"),
    "heat": gettext_lazy("heat"),
}
FLOWS: Mapping[str, Promise | str] = {
    "import": gettext_lazy("use"),
    "export": gettext_lazy("feed-in"),
}
_UNITS: Mapping[str, Promise | str] = {
    "kW": gettext_lazy("kW, the mean of each reading"),
    "W": gettext_lazy("W, the mean of each reading"),
    "kW_minutes": gettext_lazy("sum of the mean kW of every minute"),
}


def refusal(code: str, facts: Facts) -> str:
    """Why a file is refused, as one sentence."""
    return _worded(REFUSALS, code, facts)


def note(code: str, facts: Facts) -> str:
    """Something to know about a file, as one sentence."""
    if code == "left_out":
        facts = {"reason": refusal(str(facts.get("reason", "")), facts)}
    return _worded(NOTES, code, facts)


def message(stored: Mapping[str, Any]) -> str:
    """A message as kept with an upload: a refusal's or a note's code and facts."""
    known = refusal if stored["code"] in REFUSALS else note
    return known(stored["code"], stored.get("facts", {}))


def question(code: str, facts: Facts) -> str:
    """What the person is asked."""
    return _worded(QUESTIONS, code, facts)


def option(code: str, value: str, facts: Facts) -> str:
    """One answer to a question, with what it would mean."""
    if code == "unit":
        words = str(_UNITS.get(value, value))
        a_day = plain(facts["kwh_a_day"], 1)
        return _("%(unit)s: %(kwh)s kWh a day") % {"unit": words, "kwh": a_day}
    if code == "customer":
        count = plain(facts["readings"])
        return _("%(name)s (%(count)s readings)") % {"name": value, "count": count}
    if code == "hours":
        return {"beginning": _("The beginning"), "ending": _("The end")}[value]
    if code == "large_days":
        return _("Yes, it is right")
    if code == "meter":
        return str(facts.get("title") or value)
    return value


def row_reason(code: str) -> str:
    """Why a row was left out."""
    return _worded(ROW_REASONS, code, {})


def hour_rule(code: str) -> str:
    """What a time in the file means."""
    return _worded(HOUR_RULES, code, {}) if code else ""


def first_and_last(understood: Mapping[str, Any]) -> tuple[str, str]:
    """The first and the last interval of a file, in words."""
    first, last = understood.get("first"), understood.get("last")
    step = understood.get("resolution_s")
    if not first or not last or not step:
        return "", ""
    return _interval(first, step), _interval(last, step, understood.get("last_end"))


def _interval(start: str, seconds: int, end: str | None = None) -> str:
    begin = _local(start)
    finish = _local(end) if end else begin + timedelta(seconds=seconds)
    if seconds >= 86_400:
        return _("%(first)s to %(last)s") % {"first": _day(begin), "last": _day(finish)}
    midnight = finish.hour == 0 and finish.minute == 0 and finish.date() != begin.date()
    return _("%(day)s, %(from)s to %(to)s") % {
        "day": _day(begin),
        "from": time_format(begin, "H:i"),
        "to": "24:00" if midnight else time_format(finish, "H:i"),
    }


def _local(text: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(text))


def _day(moment: datetime) -> str:
    return date_format(moment, "DATE_FORMAT")


_FACTS: Mapping[str, Callable[[Any], str]] = {
    "when": lambda text: _day(_local(text)),
    "until": lambda text: _day(_local(text)),
    "count": plain,
    "readings": plain,
    "new": plain,
    "same": plain,
    "days": plain,
    "hours": lambda hours: f"{hours:+g}",
    "homes": plain,
    "commodity": lambda code: str(COMMODITIES.get(code, code)),
    "flow": lambda code: str(FLOWS.get(code, code)),
    "unit": lambda code: str(_UNITS.get(code, code)),
}


def _worded(words: Mapping[str, Promise | str], code: str, facts: Facts) -> str:
    template = str(words.get(code, ""))
    if not template:
        return code
    said = {
        name: _FACTS[name](value) if name in _FACTS and value is not None else value
        for name, value in facts.items()
    }
    return template % said

"""Answers to the questions of a category, as they come from forms and software.

Pure. An answer is a string, or a list of keys for `multivaluelist`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

MOST_LINE = 200
MOST_TEXT = 2000
# Dates in ISO 8601 with their zone, as GeoReport v2 asks.
_ZONED = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$")


class Wrong(StrEnum):
    MISSING = "missing"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    NOT_IN_LIST = "not_in_list"
    TOO_LONG = "too_long"
    SEVERAL_LINES = "several_lines"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Asked:
    """A question as this module needs it."""

    code: str
    datatype: str
    is_required: bool = False
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Checked:
    """What may be stored, and what is wrong by question code."""

    answers: dict[str, str | list[str]] = field(default_factory=dict)
    wrong: dict[str, Wrong] = field(default_factory=dict)


def check(asked: Iterable[Asked], given: Mapping[str, Sequence[str]]) -> Checked:
    """Every answer in its stored form; an empty one counts as not given."""
    checked = Checked()
    known = {question.code: question for question in asked}
    for code in given.keys() - known.keys():
        checked.wrong[code] = Wrong.UNKNOWN
    for code, question in known.items():
        said = [one.strip() for one in given.get(code, ()) if one.strip()]
        if not said:
            if question.is_required:
                checked.wrong[code] = Wrong.MISSING
            continue
        if problem := _problem(question, said):
            checked.wrong[code] = problem
        else:
            several = question.datatype == "multivaluelist"
            checked.answers[code] = sorted(set(said)) if several else said[0]
    return checked


def _problem(question: Asked, said: list[str]) -> Wrong | None:
    if question.datatype in ("singlevaluelist", "multivaluelist"):
        fits = set(said) <= question.keys
        alone = question.datatype == "multivaluelist" or len(said) == 1
        return None if fits and alone else Wrong.NOT_IN_LIST
    if len(said) > 1:
        return Wrong.SEVERAL_LINES
    return _problem_of_one(question.datatype, said[0])


def _problem_of_one(datatype: str, said: str) -> Wrong | None:
    if len(said) > (MOST_TEXT if datatype == "text" else MOST_LINE):
        return Wrong.TOO_LONG
    if datatype == "number":
        return None if _is_number(said) else Wrong.NO_NUMBER
    if datatype == "datetime":
        return None if _is_moment(said) else Wrong.NO_DATE
    if datatype == "string" and len(said.splitlines()) > 1:
        return Wrong.SEVERAL_LINES
    return None


def _is_number(said: str) -> bool:
    try:
        return Decimal(said.replace(",", "")).is_finite()
    except InvalidOperation:
        return False


def _is_moment(said: str) -> bool:
    if not _ZONED.match(said):
        return False
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return False
    return True

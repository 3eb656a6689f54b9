"""Numbers as people read them: won, kWh, percent, days; in the reader's language."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, get_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NOTHING = "–"
MINUS = "−"

Number = int | float | Decimal
MOST_DIGITS = 15  # of a number of a row; more no database has, nor Python reads
HIGHEST = 10**MOST_DIGITS - 1


def number_said(said: str) -> int | None:
    """The number of a row as an address or a form says it; None for anything else."""
    is_number = said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS
    return int(said) if is_number else None


def _rounded(value: Number, places: int) -> Decimal:
    step = Decimal(1).scaleb(-places)
    return Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)


def plain(value: Number | None, places: int = 0) -> str:
    """1234.5 → 1,234.5; a missing number is a dash, never a zero."""
    if value is None:
        return NOTHING
    rounded = _rounded(value, places)
    words = f"{abs(rounded):,.{places}f}"
    comma, point = _separators(get_language() or "ko")
    if (comma, point) != (",", "."):
        signs: dict[str, str | int | None] = {",": comma, ".": point}
        words = words.translate(str.maketrans(signs))
    return f"{MINUS}{words}" if rounded < 0 else words


@lru_cache(maxsize=16)
def _separators(language: str) -> tuple[str, str]:
    """Between thousands and before decimals; asking Django each time is slow."""
    return (
        get_format("THOUSAND_SEPARATOR", language),
        get_format("DECIMAL_SEPARATOR", language),
    )


def won(value: Number | None) -> str:
    """8400 → 8,400원."""
    if value is None:
        return NOTHING
    return _("%(amount)s won") % {"amount": plain(value)}


def kwh(value: Number | None, places: int = 0) -> str:
    """412.3 → 412 kWh."""
    return NOTHING if value is None else f"{plain(value, places)} kWh"


def percent(share: Number | None, places: int = 0) -> str:
    """0.1234 → 12 %."""
    return NOTHING if share is None else f"{plain(Decimal(str(share)) * 100, places)} %"


def share_of(part: Any, whole: Any) -> float | None:
    """part / whole, or nothing when there is no whole."""
    if part is None or not whole:
        return None
    return float(part) / float(whole)


def measure(value: Number | None, unit: str) -> str:
    """-12.4 and "%" → −12.4 %; whole numbers without decimals, small with one."""
    if value is None:
        return NOTHING
    places = 0 if abs(float(value)) >= 100 or float(value).is_integer() else 1
    return f"{plain(value, places)} {unit}"


def moment(when: datetime | None) -> str:
    """2026년 11월 23일 08:17, local time."""
    if when is None:
        return NOTHING
    local = timezone.localtime(when)
    return f"{date_format(local, 'DATE_FORMAT')} {time_format(local, 'H:i')}"


def period(key: str) -> str:
    """2026-11 → 2026년 11월, 2026 → 2026년."""
    year, _dash, month = key.partition("-")
    if not month:
        return _("%(year)s (whole year)") % {"year": year}
    return date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT")

"""What each purpose means in plain words: what, why, how long, and what a no does.

A new version of a text is a new entry at the end of its purpose, with what changed;
whoever agreed to an older one is asked again, and the older yes stands until then.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.people.models import Consent

Words = str | Promise
Purpose = Consent.Purpose


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """One version of one purpose's words."""

    version: str
    since: date
    what: Words
    why: Words
    how_long: Words
    on_withdrawal: Words
    changed: Words = ""
    erases: bool = False  # a no erases things, so it is asked once more


FIRST: Any = {"version": "2026-11", "since": date(2026, 11, 1)}

TEXTS: dict[str, tuple[ConsentText, ...]] = {
    Purpose.SERVICE: (
        ConsentText(
            **FIRST,
            what=_("An account in which what you give belongs to you."),
            why=_("So that you find your home, your notices and your choices again."),
            how_long=_("Until you leave."),
            on_withdrawal=_("Without it there is no account: leaving erases it."),
        ),
    ),
    Purpose.PERSONAL_DATA: (
        ConsentText(
            **FIRST,
            what=_("Your e-mail address, the name you choose and your neighbourhood."),
            why=_("To let you in by a code and to show what concerns your area."),
            how_long=_("Until you leave."),
            on_withdrawal=_("Without it there is no account: leaving erases it."),
        ),
    ),
    Purpose.ENERGY: (
        ConsentText(
            **FIRST,
            erases=True,
            what=_("Meter readings, files, bills and what your home is like."),
            why=_("To compute what your home uses, saves and will pay."),
            how_long=_("While you agree, at the longest until you leave."),
            on_withdrawal=_(
                "Nothing more is taken in. Readings, bills, files and all figures of "
                "homes nobody else agreed for are erased."
            ),
        ),
    ),
    Purpose.NEIGHBOURHOOD: (
        ConsentText(
            **FIRST,
            what=_("Your home's use and saving as part of a sum of ten homes or more."),
            why=_("To show what the neighbourhood and the city saved together."),
            how_long=_("While you agree."),
            on_withdrawal=_(
                "Your home is counted no more, and the sums are computed again "
                "without it."
            ),
        ),
    ),
    Purpose.COMPARISON: (
        ConsentText(
            **FIRST,
            what=_("Size, people and heating of your home beside those of others."),
            why=_("To show you how homes like yours do, and them how yours does."),
            how_long=_("While you agree. Nothing is stored for it."),
            on_withdrawal=_("Your home stands in no comparison any more."),
        ),
    ),
    Purpose.DISCOUNTS: (
        ConsentText(
            **FIRST,
            erases=True,
            what=_("Which discount of the electricity tariff your home has."),
            why=_("So that the computed bill is as low as the real one."),
            how_long=_("While you agree."),
            on_withdrawal=_(
                "The discount is erased and the bills are computed without it."
            ),
        ),
    ),
    Purpose.HELPING: (
        ConsentText(
            **FIRST,
            erases=True,
            what=_("A person you name acts for you in the areas you choose."),
            why=_("For when the phone is not for you, or not now."),
            how_long=_("Until the day you set, one year at the longest."),
            on_withdrawal=_(
                "All help ends at once. What was done in your name stays written down."
            ),
        ),
    ),
}


def text_of(purpose: str) -> ConsentText:
    """The text in force."""
    return TEXTS[purpose][-1]


def text_in(purpose: str, version: str) -> ConsentText | None:
    """The text of one version, if it is still known."""
    return next((one for one in TEXTS[purpose] if one.version == version), None)


def asks_again(consent: Consent | None) -> bool:
    """Whether somebody agreed to an older text than the one in force."""
    return consent is not None and consent.version != text_of(consent.purpose).version

"""How far a sender is trusted, from what became of their earlier reports.

Pure. It widens or narrows what may be sent and what somebody looks at first; nobody is
shut out, and no level is ever shown to others.
"""

from dataclasses import dataclass
from enum import StrEnum

BAD_TO_BE_WATCHED = 2
GOOD_TO_BE_PROVEN = 5


class Trust(StrEnum):
    WATCHED = "watched"  # reports of theirs were hidden lately, more than once
    GUEST = "guest"
    NEW = "new"  # none of their reports stands yet
    KNOWN = "known"
    PROVEN = "proven"


@dataclass(frozen=True)
class Leeway:
    """What a level may do: reports an hour and a day, links in a text."""

    an_hour: int
    a_day: int
    links: int
    is_held_back: bool = False  # every report, until somebody has looked


LEEWAY = {
    Trust.WATCHED: Leeway(2, 5, 0, is_held_back=True),
    Trust.GUEST: Leeway(10, 30, 0),  # of one browser; the door counts networks
    Trust.NEW: Leeway(10, 30, 0),
    Trust.KNOWN: Leeway(10, 30, 1),
    Trust.PROVEN: Leeway(20, 60, 3),
}


def trust_from(*, standing: int, hidden: int) -> Trust:
    """The level of an account by how many reports stand and how many were hidden."""
    if hidden >= BAD_TO_BE_WATCHED:
        return Trust.WATCHED
    if not standing:
        return Trust.NEW
    if standing >= GOOD_TO_BE_PROVEN and not hidden:
        return Trust.PROVEN
    return Trust.KNOWN

"""The life of a report: which state may follow which, and what must be said.

Pure. The states are those residents read; GeoReport v2 knows only open and closed.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"
    ROUTED = "routed"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    WAITING = "waiting"  # for an answer of the reporter: the clock stands still
    REOPENED = "reopened"
    RESOLVED = "resolved"
    PASSED_ON = "passed_on"  # not ours: sent on, with a name
    DUPLICATE = "duplicate"
    NO_ACTION = "no_action"
    WITHDRAWN = "withdrawn"


OPEN = frozenset(
    {
        State.RECEIVED,
        State.ROUTED,
        State.IN_PROGRESS,
        State.PLANNED,
        State.WAITING,
        State.REOPENED,
    }
)
CLOSED = frozenset(State) - OPEN
# Closed with work done or refused: here the reporter may say "no, it is not fixed".
REOPENABLE = frozenset({State.RESOLVED, State.NO_ACTION, State.PASSED_ON})
# What the city may answer; the others follow from verbs of their own
# (merging, withdrawing, reopening).
ANSWERS = (
    State.IN_PROGRESS,
    State.PLANNED,
    State.WAITING,
    State.RESOLVED,
    State.PASSED_ON,
    State.NO_ACTION,
)
# Nobody may close or question a report without a word to who wrote it.
NEEDS_WORDS = frozenset(
    {State.WAITING, State.RESOLVED, State.PASSED_ON, State.NO_ACTION, State.REOPENED}
)
_WORKING = frozenset({State.ROUTED, *ANSWERS, State.DUPLICATE, State.WITHDRAWN})
_FOLLOWS: dict[State, frozenset[State]] = {
    **{state: _WORKING - {state} for state in OPEN},
    # Sent to another department, a report is routed again.
    State.ROUTED: _WORKING,
    **{state: frozenset({State.REOPENED}) for state in REOPENABLE},
    # An error of the city: the merge is undone.
    State.DUPLICATE: frozenset({State.REOPENED}),
    State.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True)
class Step:
    """A change somebody wants to make, and the words that go with it."""

    before: State
    after: State
    words: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether the state may follow."""
        return self.after in _FOLLOWS[self.before]

    @property
    def lacks_words(self) -> bool:
        """Whether people would be left without the reason they are owed."""
        return self.after in NEEDS_WORDS and not self.words.strip()

    @property
    def stops_the_clock(self) -> bool:
        return self.after == State.WAITING and self.before != State.WAITING

    @property
    def starts_the_clock(self) -> bool:
        """Also by a closing: what was lost in waiting is no broken promise."""
        return self.before == State.WAITING and self.after != State.WAITING


def following(state: State) -> list[State]:
    """What may come next, in the order of the enumeration."""
    return [after for after in State if after in _FOLLOWS[state]]

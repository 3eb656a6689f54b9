"""What the inbox puts on the start page."""

from functools import partial
from typing import Any

from livinglab.kernel.cards import Card, card, kept_card
from livinglab.kernel.kept_pages import nothing_moves
from livinglab.kernel.stamps import Row
from livinglab.notifications.selectors import line_of, newest_unread

SHOWN = 3


# nothing for visitors
@card("home", order=15, version=nothing_moves, area="notices")
def unread_notices(person: Any, place: Any) -> Card | None:
    """The newest notices not read yet; nothing where all are."""
    if person is None:
        return None
    rows = newest_unread(person)
    if not rows:
        return None
    return kept_card(("unread", person.pk, rows), partial(_newest, rows))


def _newest(rows: tuple[Row, ...]) -> Card:
    lines = [line for row in rows if (line := line_of(row))]
    facts = {"lines": lines[:SHOWN], "has_more": len(lines) > SHOWN}
    return Card("notifications/_unread_card.html", facts)

"""What the inbox puts on the start page."""

from functools import partial
from typing import Any

from livinglab.kernel.cards import Card, card, kept_card
from livinglab.kernel.kept_pages import nothing_moves
from livinglab.notifications.selectors import newest_unread, unread_at_this_look

SHOWN = 3


# nothing for visitors
@card("home", order=15, version=nothing_moves, area="notices")
def unread_notices(person: Any, place: Any) -> Card | None:
    """The newest notices not read yet; nothing where all are."""
    if person is None:
        return None
    stand = unread_at_this_look(person)
    if not stand[0]:
        return None
    return kept_card(("unread", person.pk, stand), partial(_newest, person))


def _newest(person: Any) -> Card:
    lines = newest_unread(person, most=SHOWN + 1)
    facts = {"lines": lines[:SHOWN], "has_more": len(lines) > SHOWN}
    return Card("notifications/_unread_card.html", facts)

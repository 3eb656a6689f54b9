"""What the inbox puts on the start page."""

from typing import Any

from livinglab.kernel.cards import Card, card
from livinglab.notifications.selectors import newest_unread

SHOWN = 3


@card("home", order=15)
def unread_notices(person: Any, place: Any) -> Card | None:
    """The newest notices not read yet; nothing where all are."""
    if person is None:
        return None
    lines = newest_unread(person, most=SHOWN + 1)
    if not lines:
        return None
    facts = {"lines": lines[:SHOWN], "has_more": len(lines) > SHOWN}
    return Card("notifications/_unread_card.html", facts)

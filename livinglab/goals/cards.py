"""What goals put on other pages."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.goals.board import newest_standings, standing_now
from livinglab.kernel.cards import Card, Task, card, kept_card
from livinglab.kernel.stamps import Row


@card("home", order=30, version=newest_standings)
def what_was_promised(person: Any, place: Any) -> Card:
    """The goals of one's own city as living bars; before a choice, the effects of all.

    Effects of the programme and the state of a city stand in lists of their own.
    """
    city = place.city_id if place else None
    rows = newest_standings()
    facts = ("promised", person is None, city, rows)
    return kept_card(facts, partial(_promised, person, place, rows))


def _promised(person: Any, place: Any, rows: tuple[Row, ...]) -> Card | None:
    found = [standing_now(row) for row in rows]
    own = [one for one in found if place and one.goal.city_id == place.city_id]
    effects = [one for one in own or found if one.goal.is_effect]
    contexts = [one for one in own if not one.goal.is_effect]
    if not effects and not contexts:
        return None
    facts = {"effects": effects, "contexts": contexts, "city": place and place.city}
    return Card("goals/_home_card.html", facts, [] if person else _to_do())


def _to_do() -> list[Task]:
    title = _("Follow what the programme promised")
    return [Task(title, reverse("goals:list"), icon="target")]

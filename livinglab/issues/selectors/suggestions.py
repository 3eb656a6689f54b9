"""What kind of report do these words sound like? Offered, never forced."""

from dataclasses import dataclass
from enum import StrEnum

from livinglab.issues.models import Category
from livinglab.issues.selectors.kinds import kinds_for
from livinglab.places.models import City

SHOWN = 3


class Ground(StrEnum):
    """What a suggestion rests on."""

    LEARNED = "learned"  # from what the city sorted before
    KEYWORDS = "keywords"  # from the words a category names


@dataclass(frozen=True)
class Suggestion:
    """A category that may be meant; `share` is how sure the learned model is."""

    category: Category
    ground: Ground
    share: float | None = None


def suggest(city: City, words: str) -> list[Suggestion]:
    """At most three offered categories, the likeliest first; none without words."""
    if not words.strip():
        return []
    return [
        Suggestion(category, Ground.KEYWORDS) for category in kinds_for(city, words)
    ][:SHOWN]

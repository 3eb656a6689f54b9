"""What kind of report do these words sound like? Offered, never forced."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from livinglab.issues.alike import by_keywords
from livinglab.issues.learning.model import Model, unpacked
from livinglab.issues.learning.trial import LIKELY, ranked
from livinglab.issues.models import Category, Learned
from livinglab.issues.selectors.kinds import named_words
from livinglab.places.models import City

MODELS_KEPT = 4  # a city's model takes about 2 MB


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
    offered = Category.objects.offered().filter(city=city).select_related("department")
    by_pk = {category.pk: category for category in offered}
    keywords = by_keywords(words, named_words(by_pk.values()))
    model = learned_model(city)
    shares = {
        pk: share
        for pk, share in (model.shares(words) if model else {}).items()
        if pk in by_pk
    }
    return [_suggestion(by_pk[pk], shares.get(pk)) for pk in ranked(shares, keywords)]


def _suggestion(category: Category, share: float | None) -> Suggestion:
    if share is None or share < LIKELY:
        return Suggestion(category, Ground.KEYWORDS)
    return Suggestion(category, Ground.LEARNED, share)


def learned_model(city: City) -> Model | None:
    """The city's model in use; kept in this process until another version is."""
    used = Learned.objects.filter(city=city, is_used=True)
    version = used.values_list("pk", "made_at").first()
    return _unpacked(*version) if version else None


@lru_cache(maxsize=MODELS_KEPT)
def _unpacked(pk: int, made_at: object) -> Model:
    """Of this version; a new one has another time, in tests too."""
    return unpacked(bytes(Learned.objects.values_list("weights", flat=True).get(pk=pk)))

"""Which kind of report do these words sound like?"""

from collections.abc import Iterable

from livinglab.issues.alike import by_keywords
from livinglab.issues.models import Category
from livinglab.places.models import City


def kinds_for(city: City, words: str) -> list[Category]:
    """Up to three categories whose synonyms stand in the words, the best first."""
    offered = Category.objects.offered().filter(city=city).select_related("department")
    by_pk = {category.pk: category for category in offered}
    return [by_pk[pk] for pk in by_keywords(words, named_words(by_pk.values()))]


def named_words(categories: Iterable[Category]) -> dict[int, list[str]]:
    """What each category is called, by its names and by people."""
    return {
        category.pk: [*category.synonyms, category.name_ko, category.name_en]
        for category in categories
    }

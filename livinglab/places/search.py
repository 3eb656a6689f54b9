"""What of places can be found: cities and neighbourhoods."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.search import Hit, searched
from livinglab.kernel.spelling import Words
from livinglab.places.models import City, Neighbourhood

KEPT_S = 600
KEPT = "places-to-find"


@dataclass(frozen=True)
class Findable:
    """A place with all its names, in both languages."""

    kind: str
    code: str
    names: tuple[str, str]
    around: tuple[str, ...]

    def hit(self, fit: int, *, english: bool) -> Hit:
        pick = 1 if english else 0
        note = " ".join(x for x in self.around[pick::2] if x)
        title = self.names[pick] or self.names[0]
        url = reverse(f"places:{self.kind}", args=[self.code])
        icon = "building-2" if self.kind == "city" else "map-pin"
        return Hit(title, url, note, icon, fit)


@searched("places", _("Neighbourhoods"), order=10)
def places(words: Words, person: Any) -> list[Hit]:
    """Neighbourhoods by their own names, their district's or their city's."""
    english = (get_language() or "ko").startswith("en")
    fits = ((place, words.fit(*place.names, around=place.around)) for place in _all())
    return [place.hit(fit, english=english) for place, fit in fits if fit is not None]


def _all() -> list[Findable]:
    """Every place with its names, kept ten minutes."""
    kept: list[Findable] | None = cache.get(KEPT)
    if kept is None:
        kept = [*_cities(), *_neighbourhoods()]
        cache.set(KEPT, kept, KEPT_S)
    return kept


def _cities() -> list[Findable]:
    rows = City.objects.values_list("code", "name_ko", "name_en")
    return [Findable("city", code, (ko, en), ()) for code, ko, en in rows]


def _neighbourhoods() -> list[Findable]:
    rows = Neighbourhood.objects.order_by("city", "district__code", "name_ko")
    return [
        Findable("neighbourhood", code, (ko, en), tuple(x or "" for x in around))
        for code, ko, en, *around in rows.values_list(
            "code",
            "name_ko",
            "name_en",
            "city__name_ko",
            "city__name_en",
            "district__name_ko",
            "district__name_en",
        )
    ]

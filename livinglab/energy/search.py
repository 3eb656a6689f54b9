"""What of energy can be found: public buildings that show theirs, and answers."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from livinglab.energy.models import Premises
from livinglab.kernel.search import Hit, searched
from livinglab.kernel.spelling import Words

# Question, page, and other words for it that people type.
ANSWERS = [
    (
        gettext_lazy("How did we calculate this?"),
        "energy:how",
        "calculator",
        pgettext_lazy("words to find it by", "saving method baseline weather range"),
    ),
    (
        gettext_lazy("How do I add my home?"),
        "energy:add-premises",
        "house",
        pgettext_lazy("words to find it by", "house register apartment household"),
    ),
    (
        gettext_lazy("How do I bring data in?"),
        "energy:add",
        "plus",
        pgettext_lazy("words to find it by", "file csv green button bill meter upload"),
    ),
    (
        gettext_lazy("I have a code of my household"),
        "energy:join",
        "key-round",
        pgettext_lazy("words to find it by", "invitation join family"),
    ),
    (
        gettext_lazy("What did we save?"),
        "energy:home",
        "zap",
        pgettext_lazy("words to find it by", "electricity bill won saving kwh"),
    ),
]


@searched("facilities", gettext_lazy("Public buildings"), order=30)
def facilities(words: Words, person: Any) -> list[Hit]:
    """Buildings whose operator agreed to be named; they stand on their dong's page."""
    shown = Premises.objects.facilities().filter(publishes=True)
    return list(_facility_hits(words, shown.select_related("neighbourhood__city")))


def _facility_hits(words: Words, shown: Any) -> Iterator[Hit]:
    for building in shown.defer(
        "neighbourhood__polygon", "neighbourhood__city__outline"
    ):
        place = building.neighbourhood
        around = (place.name_ko, place.name_en, place.city.name_ko, place.city.name_en)
        fit = words.fit(building.name, around=around)
        if fit is not None:
            note = f"{place.city.name} {place.name}"
            url = reverse("places:neighbourhood", args=[place.code])
            yield Hit(building.name, url, note, "building-2", fit)


@searched("help", gettext_lazy("Questions and answers"), order=40)
def answers(words: Words, person: Any) -> list[Hit]:
    """Pages that answer a question about energy."""
    found = ((answer, words.fit(str(answer[0]), str(answer[3]))) for answer in ANSWERS)
    return [
        Hit(str(title), reverse(url), _("Energy"), icon, fit)
        for (title, url, icon, _others), fit in found
        if fit is not None
    ]

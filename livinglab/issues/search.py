"""What of reports can be found: by number, by kind, by what stands in them."""

from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.issues.models import Category, Issue
from livinglab.issues.selectors.cards import excerpt
from livinglab.issues.selectors.finding import issues_saying
from livinglab.issues.selectors.listing import for_cards
from livinglab.issues.states import State
from livinglab.issues.words import ICONS, age_in_words
from livinglab.kernel.search import Hit, searched
from livinglab.kernel.spelling import BESIDE, STANDS_IN, Words

MOST_DIGITS = 12
AND = "\u00a0· "  # a line may end with the dot, none begins with it
KEPT_S = 600
KEPT = "kinds-of-reports-to-find"


@searched("reports", gettext_lazy("Reports"), order=15)
def reports(words: Words, person: Any) -> list[Hit]:
    """Kinds of reports whose lists one may want, then reports with all the words."""
    return [*_kinds(words), *_numbered(words), *map(_hit, issues_saying(words.text))]


def _kinds(words: Words) -> list[Hit]:
    found = ((kind, words.fit(*_names(kind))) for kind in _offered())
    return [_list_of(kind) for kind, fit in found if fit is not None and fit < BESIDE]


def _offered() -> list[Category]:
    """Every kind whose reports can be read, kept ten minutes."""
    kept: list[Category] | None = cache.get(KEPT)
    if kept is None:
        offered = Category.objects.offered().filter(is_public=True)
        kept = list(offered.select_related("city").defer("city__outline"))
        cache.set(KEPT, kept, KEPT_S)
    return kept


def _names(kind: Category) -> list[str]:
    return [kind.name_ko, kind.name_en, *kind.synonyms]


def _list_of(kind: Category) -> Hit:
    address = f"{reverse('issues:list')}?city={kind.city.code}&kind={kind.code}"
    note = _("All reports of this kind")
    return Hit(f"{kind.name} · {kind.city.name}", address, note, ICONS[kind.group], 0)


def _numbered(words: Words) -> list[Hit]:
    text = words.text
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        return []
    return [_hit(one) for one in for_cards(Issue.objects.public()).filter(pk=int(text))]


def _hit(issue: Issue) -> Hit:
    words = "" if issue.state == State.WITHDRAWN else excerpt(issue.words)
    facts = [issue.neighbourhood.name, str(issue.get_state_display())]
    return Hit(
        words or issue.category.name,
        reverse("issues:issue", args=[issue.pk]),
        AND.join([issue.category.name, *facts, age_in_words(issue.received_at)]),
        ICONS.get(issue.category.group, "megaphone"),
        STANDS_IN,
    )

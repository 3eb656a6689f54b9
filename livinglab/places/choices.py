"""Every neighbourhood for one native select, under its city and district."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from livinglab.places.models import Neighbourhood

KEPT_S = 600

Choices = list[tuple[str, list[tuple[int, str]]]]
CodeChoices = list[tuple[str, list[tuple[str, str]]]]


def neighbourhood_choices() -> Choices:
    """Groups of (id, name) in the reader's language, kept for ten minutes."""
    choices: Choices = _kept("pk")
    return choices


def neighbourhood_code_choices() -> CodeChoices:
    """The same by code: what pages that live on phones may keep."""
    choices: CodeChoices = _kept("code")
    return choices


def _kept(field: str) -> Any:
    english = (get_language() or "ko").startswith("en")
    key = f"neighbourhood-choices:{field}:{english}"
    kept = cache.get(key)
    if kept is None:
        kept = _choices(field, english=english)
        cache.set(key, kept, KEPT_S)
    return kept


def _choices(field: str, *, english: bool) -> Any:
    rows = Neighbourhood.objects.order_by(
        "city", "district__code", "name_ko"
    ).values_list(
        field,
        "name_ko",
        "name_en",
        "city__name_ko",
        "city__name_en",
        "district__name_ko",
        "district__name_en",
    )

    def said(korean: str | None, english_name: str | None) -> str:
        return (english_name if english else "") or korean or ""

    named = [
        (
            f"{said(row[3], row[4])} {said(row[5], row[6])}".strip(),
            row[0],
            said(*row[1:3]),
        )
        for row in rows
    ]
    return [
        (group, [(key, name) for _group, key, name in members])
        for group, members in groupby(named, key=itemgetter(0))
    ]

"""Answers to start from: in the language of the report, with its facts filled in."""

from collections.abc import Mapping

from django.db.models import F, Q
from django.utils import translation
from django.utils.formats import date_format

from livinglab.issues.models import AnswerTemplate, Issue

PLACES = ("{number}", "{category}", "{department}", "{due_on}")


def answers_ready(issue: Issue, state: str) -> list[AnswerTemplate]:
    """Those for this state and kind of report; the ones for the very kind first."""
    fits = Q(category=None) | Q(category=issue.category_id)
    rows = AnswerTemplate.objects.filter(fits, city=issue.city_id, state=state)
    return list(rows.order_by(F("category").desc(nulls_last=True), "position", "pk"))


def words_ready(template: AnswerTemplate, issue: Issue) -> str:
    """Its words as the people behind the report read them."""
    with translation.override(issue.language):
        is_english = issue.language.startswith("en") and template.words_en
        words = template.words_en if is_english else template.words_ko
        for place, value in _facts(issue).items():
            words = words.replace(place, value)
    return words


def _facts(issue: Issue) -> Mapping[str, str]:
    values = (
        str(issue.pk),
        issue.category.name,
        issue.department.name,
        date_format(issue.due_on, "DATE_FORMAT"),
    )
    return dict(zip(PLACES, values, strict=True))

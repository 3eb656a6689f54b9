"""A city's departments, categories, questions, routing rules and answers.

Written from its seeds, then kept by its coordinators.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused
from livinglab.issues.models import (
    AnswerTemplate,
    Category,
    Department,
    Question,
    RoutingRule,
)
from livinglab.issues.work_days import MOST_WORK_DAYS
from livinglab.kernel.permissions import require
from livinglab.people.models import Person
from livinglab.places.models import City

Row = Department | Category | Question | RoutingRule | AnswerTemplate


@transaction.atomic
def write_catalogue(city: City, facts: Mapping[str, Any]) -> int:
    """Add what is missing; what a coordinator changed since is kept."""
    departments = {
        row["code"]: Department.objects.get_or_create(
            city=city,
            code=row["code"],
            defaults={"name_ko": row["name_ko"], "name_en": row["name_en"]},
        )[0]
        for row in facts["departments"]
    }
    for position, row in enumerate(facts["categories"], start=1):
        _write_category(city, row, departments[row["department"]], position)
    for position, row in enumerate(facts["answers"], start=1):
        AnswerTemplate.objects.get_or_create(
            city=city,
            name=row["name"],
            defaults={
                "state": row["state"],
                "words_ko": row["ko"],
                "words_en": row["en"],
                "position": position,
            },
        )
    return len(facts["categories"])


def _write_category(
    city: City, row: Mapping[str, Any], department: Department, position: int
) -> None:
    category, is_new = Category.objects.get_or_create(
        city=city,
        code=row["code"],
        defaults={
            "group": row["group"],
            "name_ko": row["ko"],
            "name_en": row["en"],
            "description_ko": row["description_ko"],
            "description_en": row["description_en"],
            "synonyms": row["synonyms"],
            "department": department,
            "answer_days": row["answer_days"],
            "close_days": row["close_days"],
            "radius_m": row["radius_m"],
            "is_public": row.get("public", True),
            "notice_ko": row.get("notice_ko", ""),
            "notice_en": row.get("notice_en", ""),
            "notice_phone": row.get("notice_phone", ""),
            "position": position,
        },
    )
    if is_new:
        Question.objects.bulk_create(
            _question(category, question, number)
            for number, question in enumerate(row.get("questions", []), start=1)
        )


def _question(category: Category, row: Mapping[str, Any], position: int) -> Question:
    return Question(
        category=category,
        code=row["code"],
        position=position,
        datatype=row["datatype"],
        is_required=row.get("required", False),
        text_ko=row["ko"],
        text_en=row["en"],
        hint_ko=row.get("hint_ko", ""),
        hint_en=row.get("hint_en", ""),
        choices=row.get("choices", []),
    )


@transaction.atomic
def keep_row(row: Row, *, by: Person) -> Row:
    """Store a new or changed row of a city's catalogue."""
    require(by, "issues.edit_catalogue", city_of(row))
    check_row(row)
    row.save()
    return row


@transaction.atomic
def drop_row(row: Question | RoutingRule | AnswerTemplate, *, by: Person) -> None:
    """Take a question, a rule or an answer away; reports keep what they have."""
    require(by, "issues.edit_catalogue", city_of(row))
    row.delete()


def city_of(row: Row) -> City:
    """The city a row belongs to."""
    return row.category.city if isinstance(row, Question) else row.city


def check_row(row: Row) -> None:
    """Refuse what would lead out of the city or cannot be answered."""
    others = (
        getattr(row, name, None) for name in ("department", "category", "neighbourhood")
    )
    if any(
        other is not None and _city_id(other) != city_of(row).pk for other in others
    ):
        raise IssueRefused(_("Everything named here must belong to the same city."))
    if isinstance(row, Question) and row.is_list and not row.choices:
        raise IssueRefused(_("A question with a list needs something to choose from."))
    if isinstance(row, Category) and row.answer_days > row.close_days:
        raise IssueRefused(_("A report cannot be dealt with before it is answered."))
    if isinstance(row, Category) and row.close_days > MOST_WORK_DAYS:
        raise IssueRefused(
            _("Please promise no more than %(most)d work days.")
            % {"most": MOST_WORK_DAYS}
        )


def _city_id(thing: Any) -> int:
    city_id: int = thing.city_id
    return city_id

"""Write a city's departments, categories, questions and answers from its seeds."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from livinglab.issues.models import AnswerTemplate, Category, Department, Question
from livinglab.places.models import City


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

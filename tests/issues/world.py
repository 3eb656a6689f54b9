"""A city that takes reports: builders of this folder's tests."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from livinglab.issues.grid import square_of
from livinglab.issues.models import Category, Department, Follow, Issue, Question
from livinglab.issues.services.reporting import Said
from livinglab.issues.work_days import after_work_days
from livinglab.people.models import Person
from tests import make

JEONGWANG = (126.7386, 37.3463)
ANSIM = (128.7312, 35.8693)


def department(
    code: str = "roads", *, city: str = "siheung", **fields: Any
) -> Department:
    """The road department of Siheung unless said otherwise."""
    facts = {"name_ko": "도로과", "name_en": "Roads"} | fields
    where = make.city(city)
    there = make.standing(Department, city_id=where.pk, code=code)
    return there or Department.objects.create(city=where, code=code, **facts)


def category(
    code: str = "pothole", *, city: str = "siheung", **fields: Any
) -> Category:
    """Potholes of Siheung: answered in 3 work days, dealt with in 7."""
    where = make.city(city)
    there = make.standing(Category, city_id=where.pk, code=code)
    if there is not None:
        there.city = where
        its = make.rows_of(Department, id=there.department_id)
        there.department = next(its)
        return there
    facts: dict[str, Any] = {
        "group": Category.Group.FACILITIES,
        "name_ko": "도로 파임",
        "name_en": "Pothole",
        "answer_days": 3,
        "close_days": 7,
    } | fields
    facts.setdefault("department", department(city=city))
    return Category.objects.create(city=where, code=code, **facts)


def question(of: Category, code: str, datatype: str, **fields: Any) -> Question:
    facts = {"text_ko": f"{code}?", "text_en": f"{code}?", "position": 1} | fields
    return Question.objects.create(category=of, code=code, datatype=datatype, **facts)


def said(**fields: Any) -> Said:
    """A hole in the road of Jeongwang 1-dong."""
    make.neighbourhood()
    facts: dict[str, Any] = {
        "lon": JEONGWANG[0],
        "lat": JEONGWANG[1],
        "place_from": Issue.PlaceFrom.DEVICE,
        "words": "횡단보도 앞이 깊게 파였어요",
    } | fields
    facts.setdefault("category", category())
    return Said(**facts)


def issue(reporter: Person | None = None, **fields: Any) -> Issue:
    """A report as the database has it, without a verb."""
    today = timezone.localdate()
    of = fields.pop("category", None) or category()
    lon, lat = fields.pop("point", JEONGWANG)
    facts: dict[str, Any] = {
        "category": of,
        "city_id": of.city_id,
        "department": of.department,
        "words": "횡단보도 앞이 깊게 파였어요",
        "lon": lon,
        "lat": lat,
        "square": square_of(lon, lat),
        "place_from": Issue.PlaceFrom.DEVICE,
        "channel": Issue.Channel.WEB,
        "is_public": True,
        "reporter": reporter,
        "answer_due_on": after_work_days(today, of.answer_days),
        "due_on": after_work_days(today, of.close_days),
    } | fields
    facts.setdefault("neighbourhood", make.neighbourhood())
    made = Issue.objects.create(**facts)
    if reporter:
        Follow.objects.create(issue=made, person=reporter, why=Follow.Why.REPORTED)
    return made


def issues_like(pattern: Issue, differing: Iterable[dict[str, Any]]) -> list[Issue]:
    """Many reports at once, like one that is there but for what is said of each."""
    same = {
        field.attname: getattr(pattern, field.attname)
        for field in Issue._meta.concrete_fields
        if field.attname not in ("id", "key")
    }
    return Issue.objects.bulk_create(Issue(**same | facts) for facts in differing)

"""The kinds of reports the cities start with."""

import json

import pytest
from django.conf import settings

from livinglab.issues.answers import Wrong, check
from livinglab.issues.models import AnswerTemplate, Category, Department, Question
from livinglab.issues.seeding import seed_issue_catalogue
from livinglab.issues.services.reporting import _asked
from livinglab.issues.states import ANSWERS
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded():
    make.city("siheung")
    make.city("daegu")
    seed_issue_catalogue(settings.SEEDS_DIR)


def test_both_cities_get_every_group(seeded):
    for city in ("siheung", "daegu"):
        groups = Category.objects.filter(city__code=city).values_list(
            "group", flat=True
        )
        assert set(groups) == set(Category.Group.values)


def test_seeding_twice_changes_nothing_and_keeps_a_coordinators_change(seeded):
    Category.objects.filter(code="pothole").update(close_days=30)
    before = [model.objects.count() for model in (Category, Question, Department)]
    seed_issue_catalogue(settings.SEEDS_DIR)
    assert before == [
        model.objects.count() for model in (Category, Question, Department)
    ]
    assert Category.objects.filter(code="pothole", close_days=30).count() == 2


def test_every_row_would_pass_the_admins_own_checks(seeded):
    for model in (Department, Category, Question, AnswerTemplate):
        for row in model.objects.all():
            row.full_clean()


def test_lists_have_something_to_choose_and_others_have_not(seeded):
    for question in Question.objects.all():
        assert bool(question.choices) is question.is_list, question.code
        required = check([_asked(question)], {}).wrong
        assert bool(required) is question.is_required
        if question.is_list:
            first = question.choices[0]["key"]
            assert not check([_asked(question)], {question.code: [first]}).wrong
            bad = check([_asked(question)], {question.code: ["?"]}).wrong
            assert bad == {question.code: Wrong.NOT_IN_LIST}


def test_answers_to_start_from_fit_states_the_city_may_choose(seeded):
    assert set(AnswerTemplate.objects.values_list("state", flat=True)) == set(ANSWERS)


def test_a_seed_names_only_departments_it_brings():
    facts = json.loads(
        (settings.SEEDS_DIR / "issue_categories.json").read_text("utf-8")
    )
    known = {row["code"] for row in facts["departments"]}
    assert {row["department"] for row in facts["categories"]} <= known

"""Is it known already?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from livinglab.issues.alike import alikeness, by_keywords, pairs
from livinglab.issues.models import Issue
from livinglab.issues.selectors.kinds import kinds_for
from livinglab.issues.selectors.known import known_already
from livinglab.issues.services.merging import merge_issue
from tests import make
from tests.issues import world

LON, LAT = world.JEONGWANG
M = 1 / 111_195  # degrees of latitude in a metre


def test_the_same_words_with_other_endings_and_spaces_are_alike():
    one = pairs("횡단보도 앞이 깊게 파였어요")
    assert alikeness(one, pairs("횡단보도앞이 파여 있습니다.")) > 0.4
    assert alikeness(one, pairs("가로등이 밤새 깜빡거립니다")) < 0.1
    assert alikeness(one, one) == 1


def test_a_word_or_two_is_alike_to_nothing():
    assert alikeness(pairs("불"), pairs("불")) == 0


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("가로등이 깜빡여요", 1),
        ("보도블록이 들떠서 유아차가 걸려요", 2),
        ("안녕하세요", None),
    ],
)
def test_words_that_people_use_lead_to_the_kind(words, best):
    named = {1: ["가로등", "깜빡"], 2: ["보도", "블록", "유아차"], 3: ["버스"]}
    assert next(iter(by_keywords(words, named)), None) == best


@pytest.mark.django_db
def test_reports_of_the_kind_within_its_radius_are_shown_nearest_first(resident):
    of = world.category(radius_m=100)
    near = world.issue(point=(LON, LAT + 30 * M))
    nearer = world.issue(point=(LON, LAT + 10 * M))
    world.issue(point=(LON, LAT + 120 * M))

    found = known_already(of, (LON, LAT))

    assert [one.issue for one in found] == [nearer, near]
    assert [one.metres for one in found] == [11, 33]  # to where they are published


@pytest.mark.django_db
def test_another_kind_in_like_words_counts_too():
    of = world.category()
    other = world.category("pavement")
    alike = world.issue(category=other, words="횡단보도 앞이 파여 있어요")
    world.issue(category=other, words="벤치가 부서졌어요")
    found = known_already(of, (LON, LAT), "횡단보도 앞이 파였어요")
    assert [one.issue for one in found] == [alike]


@pytest.mark.django_db
def test_open_ones_come_first_and_long_closed_ones_not_at_all():
    now = timezone.now()
    of = world.category()
    closed = world.issue(state="resolved", closed_at=now - timedelta(days=10))
    world.issue(state="resolved", closed_at=now - timedelta(days=90))
    opened = world.issue(point=(LON, LAT + 50 * M))
    found = known_already(of, (LON, LAT))
    assert [one.issue for one in found] == [opened, closed]


@pytest.mark.django_db
def test_private_and_merged_reports_are_never_shown(resident, coordinator):
    world.issue(is_public=False)
    original, copy = world.issue(resident), world.issue(resident)
    merge_issue(copy, original, by=coordinator)
    found = known_already(world.category(), (LON, LAT))
    assert [one.issue for one in found] == [original]


@pytest.mark.django_db
def test_the_question_costs_the_same_beside_many_reports(django_assert_num_queries):
    of = world.category()
    pattern = world.issue()
    Issue.objects.bulk_create(
        Issue(
            **{
                field.attname: getattr(pattern, field.attname)
                for field in Issue._meta.concrete_fields
                if field.attname not in ("id", "key")
            }
        )
        for _each in range(300)
    )
    with django_assert_num_queries(2):
        assert len(known_already(of, (LON, LAT))) == 5


@pytest.mark.django_db
def test_a_radius_of_nothing_asks_nothing(django_assert_num_queries):
    of = world.category("odd", radius_m=0)
    with django_assert_num_queries(0):
        assert known_already(of, (LON, LAT)) == []


@pytest.mark.django_db
def test_kinds_of_the_city_are_suggested():
    lights = world.category("lights", synonyms=["가로등", "불이 나갔"])
    world.category()
    assert kinds_for(make.city(), "가로등이 안 켜져요") == [lights]

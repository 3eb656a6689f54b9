"""Pieces of the reporting form, asked while somebody fills it in."""

import uuid
from datetime import date

import pytest
import time_machine

from livinglab.issues.models import RoutingRule
from livinglab.issues.selectors.known import known_in
from livinglab.places.models import City
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db
LON, LAT = world.JEONGWANG
MOST_QUERIES = 8


@pytest.fixture(autouse=True)
def city(db):
    """Siheung with its potholes."""
    make.neighbourhood()
    return world.category()


def ask(client, name, **more):
    facts = {"place_from": "device", "lon": LON, "lat": LAT, "category": "pothole"}
    return client.get(f"/report/{name}/", facts | more)


def test_a_point_is_named(client):
    answer = ask(client, "place")
    assert "정왕1동" in answer.text
    assert 'data-city="siheung"' in answer.text


def test_near_a_border_it_is_asked_which_neighbourhood_is_meant(client):
    here, there = make.neighbourhood(), make.neighbourhood("4139051000")
    middle = {
        "lon": (here.centre_lon + there.centre_lon) / 2,
        "lat": (here.centre_lat + there.centre_lat) / 2,
    }
    text = ask(client, "place", **middle).text
    assert text.count('name="meant"') == 2
    assert "대야동" in text

    chosen = ask(client, "place", **middle, meant=there.code).text
    assert f'data-place="{there.code}"' in chosen


def test_a_point_outside_is_said_in_a_sentence(client):
    answer = ask(client, "place", lon=127.5, lat=36.6)
    assert answer.status_code == 422
    assert "ll-field__error" in answer.text


@pytest.mark.parametrize("lon", ["nan", "1e999", "200", "here"])
def test_nonsense_is_no_place(client, lon):
    assert ask(client, "place", lon=lon).status_code == 422


def test_known_reports_are_shown_as_cards_with_a_way_to_stand_behind_them(client):
    known = world.issue()
    answer = ask(client, "known")
    assert answer.status_code == 200
    assert f'formaction="/report/met/{known.pk}/"' in answer.text


def test_without_any_there_is_nothing_to_show(client):
    assert ask(client, "known").status_code == 204


def test_a_report_that_is_not_public_is_not_known_to_others(client):
    world.issue(is_public=False)
    assert ask(client, "known").status_code == 204


def test_the_promise_names_the_department_of_the_rules_and_the_days(client, city):
    night = world.department("night", name_ko="당직실")
    RoutingRule.objects.create(city=city.city, department=night, words=["깊게"])
    with time_machine.travel("2026-11-23T10:00:00+09:00", tick=False):
        answer = ask(client, "promise", words="깊게 파였어요")
    assert "당직실" in answer.text
    assert answer.context["promise"].answer_on == date(2026, 11, 26)
    assert answer.context["promise"].due_on == date(2026, 12, 2)


def test_the_promise_says_when_a_kind_is_not_published(client, city):
    city.is_public = False
    city.save()
    assert "담당 부서만" in ask(client, "promise").text


def test_kinds_are_suggested_by_their_codes(client):
    world.category("street_light", name_ko="가로등 고장", synonyms=["가로등"])
    answer = ask(client, "kinds", words="가로등이 꺼졌어요")
    assert answer.json() == {"kinds": ["street_light"]}


@pytest.mark.parametrize("name", ["place", "known", "promise", "kinds"])
def test_a_piece_asks_few_questions_of_the_database(
    client, django_assert_max_num_queries, name
):
    # The shapes of a versioned city are read once a process.
    City.objects.update(boundary_version=uuid.uuid4().hex)
    ask(client, name)
    for _n in range(20):
        world.issue()
    with django_assert_max_num_queries(MOST_QUERIES):
        assert ask(client, name, words="가로등").status_code == 200


@pytest.mark.parametrize("name", ["place", "known", "promise", "kinds"])
def test_without_a_place_there_is_a_sentence(client, name):
    answer = client.get(f"/report/{name}/", {"category": "pothole"})
    assert answer.status_code == 422
    assert "ll-field__error" in answer.text


def test_whoever_names_a_neighbourhood_finds_its_reports_of_the_kind(city):
    place = make.neighbourhood()
    far = world.issue(point=(LON + 0.02, LAT))
    other = world.issue(category=world.category("sign"), words="표지판이 쓰러졌어요")
    assert [one.issue for one in known_in(city, place)] == [far]
    assert known_in(city, place)[0].metres is None
    words = "표지판이 쓰러졌어요"
    assert other in [one.issue for one in known_in(city, place, words)]


def test_whoever_names_another_neighbourhood_does_not(city):
    world.issue()
    assert known_in(city, make.neighbourhood("4139051000")) == []

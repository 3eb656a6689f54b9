"""Nobody learns more of a report's place than what is published, however they ask."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.interop.models import Jurisdiction
from livinglab.issues.grid import published, published_between
from livinglab.issues.models import Category, FollowedPlace, Issue
from livinglab.issues.selectors.known import known_already
from livinglab.issues.selectors.mine import reports_around
from livinglab.issues.services.news import News
from tests import make
from tests.issues import world

# Six digits tell a doorbell; the public gets four.
LON, LAT = 126.738638, 37.346342
SHOWN = (126.7386, 37.3463)
STEP = 0.00001


@given(st.floats(-180, 180), st.floats(-180, 180), st.floats(-180, 180))
def test_a_box_takes_what_is_published_in_it_and_nothing_else(low, high, exact):
    first, last = published_between(low, high)
    shown = published(exact, exact)[0]
    if abs(exact * 10_000 % 1 - 0.5) > 1e-4 and abs(low - shown) > 1e-8 < abs(
        high - shown
    ):
        assert (first <= exact < last) == (low <= shown <= high)


@pytest.fixture
def exact(db: None) -> Issue:
    """A public report at a place known to the doorbell."""
    Jurisdiction.objects.create(code="siheung.go.kr", city=make.city())
    return world.issue(point=(LON, LAT), address="정왕1동 큰길 12")


@pytest.mark.parametrize(
    "address",
    [
        "/issues/",
        "/issues/{pk}/",
        "/issues/map/",
        "/issues/points.geojson?box=126.7,37.3,126.8,37.4",
        "/issues/feeds/siheung.rss",
        "/issues/feeds/siheung.atom",
        "/issues/figures/",
        "/api/v1/issues/",
        "/api/v1/issues/{pk}/",
        "/api/v1/issues.geojson?box=126.7,37.3,126.8,37.4",
        "/api/v1/issues/known/?category=pothole&lon=126.7386&lat=37.3463",
        "/report/known/?category=pothole&lon=126.7386&lat=37.3463&place_from=map",
        "/open311/v2/requests.json",
        "/open311/v2/requests.xml",
        "/open311/v2/requests.csv",
        "/open311/v2/requests/{pk}.json",
        "/search/?q=큰길",
        "/places/4139059100/",
        "/",
    ],
)
def test_no_door_for_strangers_names_the_exact_place(client, exact, address):
    answer = client.get(address.format(pk=exact.pk), follow=True)
    assert answer.status_code == 200
    text = answer.getvalue().decode()
    assert not re.search(r"126\.7386[0-9]*[1-9]|37\.3463[0-9]*[1-9]", text)


def _boxes() -> list[str]:
    """Boxes whose west edge walks through the square that is published."""
    return [f"{SHOWN[0] - 0.0002 + at * STEP:.6f},37,127,38" for at in range(40)]


@pytest.mark.parametrize("door", ["/issues/points.geojson", "/api/v1/issues.geojson"])
def test_boxes_that_close_in_find_only_where_it_is_published(client, exact, door):
    seen = {
        box: bool(client.get(door, {"box": box}).json()["features"]) for box in _boxes()
    }
    wests = {box: float(box.split(",")[0]) for box in seen}
    assert {box for box in seen if seen[box]} == {
        box for box in seen if wests[box] <= SHOWN[0] + 1e-9
    }


def test_distances_are_to_where_it_is_published(client, exact):
    """Three of them with a metre's care would find the doorbell."""
    asked = {"category": "pothole", "lon": SHOWN[0], "lat": SHOWN[1]}
    found = client.get("/api/v1/issues/known/", asked).json()
    assert found[0]["metres"] == 0


def test_how_near_something_is_known_tells_no_more(exact):
    of = Category.objects.get(code="pothole")
    elsewhere = world.issue(point=SHOWN)
    for at in range(60):
        point = (SHOWN[0], SHOWN[1] + at * 3 * STEP)
        found = {one.issue.pk: one.metres for one in known_already(of, point)}
        assert found.get(exact.pk) == found.get(elsewhere.pk)


def test_a_followed_street_that_moves_tells_no_more(exact, resident, monkeypatch):
    twin = world.issue(point=SHOWN)
    after: Any = exact.received_at.replace(year=2000)
    news = News(after)
    for at in range(40):
        point = (SHOWN[0], SHOWN[1] + 0.0004 + at * STEP)
        place = FollowedPlace(
            person=resident, lon=point[0], lat=point[1], radius_m=50, told_until=after
        )
        cards = {card.pk for card in reports_around(place)}
        assert cards in (set(), {exact.pk, twin.pk})
        assert {one.pk for one in news.at(place)} == cards

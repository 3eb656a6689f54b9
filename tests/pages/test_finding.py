"""What search engines find: the public pages, under their one address."""

import re

import pytest

from livinglab.people.seeding import seed_legal_texts
from tests import make
from tests.issues import world

HOUR, DAY = "max-age=3600", "max-age=86400"


@pytest.mark.django_db
def test_robots_are_told_where_the_map_is_and_what_is_nobodys_business(
    client, settings
):
    settings.SITE_URL = "https://lab.example"
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert DAY in answer.headers["Cache-Control"]
    assert "Sitemap: https://lab.example/sitemap.xml" in answer.text
    assert "Disallow: /me/" in answer.text
    assert "Disallow: /\n" not in answer.text


@pytest.mark.django_db
def test_the_map_names_public_pages_that_open(client, settings):
    settings.SITE_URL = "https://lab.example"
    seed_legal_texts(settings.SEEDS_DIR)
    place = make.neighbourhood()
    report, hidden = world.issue(), world.issue(is_public=False)
    answer = client.get("/sitemap.xml")
    assert HOUR in answer.headers["Cache-Control"]
    found = re.findall("<loc>([^<]+)</loc>", answer.text)
    paths = [address.removeprefix("https://lab.example") for address in found]
    assert f"/places/{place.code}/" in paths
    assert "/goals/" in paths
    assert f"/issues/{report.pk}/" in paths
    assert f"/issues/{hidden.pk}/" not in paths
    assert not [path for path in paths if client.get(path).status_code != 200]
    assert not [path for path in paths if 'content="noindex"' in client.get(path).text]


@pytest.mark.django_db
def test_the_map_asks_the_database_four_things(client, django_assert_num_queries):
    make.neighbourhood()
    with django_assert_num_queries(4):
        client.get("/sitemap.xml")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/goals/?city=siheung", "/search/?q=x"])
def test_a_page_says_its_one_address(address, client, settings):
    settings.SITE_URL = "https://lab.example"
    text = client.get(address, headers={"host": "localhost"}).text
    said = re.findall(r'<link rel="canonical" href="([^"]+)">', text)
    assert said == [f"https://lab.example{address.split('?')[0]}"]


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_no_address(client):
    text = client.get("/nothing/").text
    assert "canonical" not in text
    assert "noindex" in text

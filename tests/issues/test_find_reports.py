"""Reports are found by words, on the map, in feeds and by search engines."""

import json
from html import unescape

import pytest
from defusedxml import ElementTree

from livinglab.issues.grams import grams_of, pair_number, words_of
from livinglab.issues.grid import published
from livinglab.issues.models import Gram
from livinglab.issues.selectors.boxes import MOST, Box
from livinglab.issues.selectors.finding import issues_saying
from livinglab.issues.services import answering
from livinglab.issues.services.erasure import erase_person
from livinglab.issues.services.indexing import index_everything, index_words
from livinglab.issues.services.reporting import report_issue
from tests import make
from tests.issues import world

LON, LAT = world.JEONGWANG
ATOM = "{http://www.w3.org/2005/Atom}"


def test_words_are_pairs_of_letters_in_one_case_and_never_over_a_space():
    assert words_of("정왕역, ＡＢ!") == ["정왕역", "ab"]
    assert grams_of(["가나 다"]) == {pair_number("가", "나")}
    assert grams_of([""]) == set()


def found(words):
    return [issue.pk for issue in issues_saying(words)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        "보도블록",
        "블록",
        "도블",
        "보도블록이",
        "정왕 블록",
        "Jeongwang",
        "pothole",
        "울퉁",
    ],
)
def test_a_report_is_found_by_any_part_of_its_words_kind_and_place(words, resident):
    said = world.said(words="정왕역 앞 보도블록이 울퉁불퉁해요")
    issue = report_issue(said, by=resident).issue
    report_issue(world.said(words="횡단보도 신호가 짧아요"), by=resident)
    assert issue.pk in found(words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["가로등", "블록 가로등", "불", "", "!!", "ㅂㄷ", "록블"]
)
def test_what_stands_nowhere_is_not_found(words, resident):
    report_issue(world.said(words="보도블록이 울퉁불퉁해요"), by=resident)
    assert found(words) == []


@pytest.mark.django_db
def test_the_newest_come_first_and_no_more_than_asked(resident):
    made = [world.issue(words="가로등이 꺼졌어요") for _each in range(5)]
    index_everything()
    assert found("가로등") == [issue.pk for issue in made][::-1]
    assert len(issues_saying("가로등", most=2)) == 2


@pytest.mark.django_db
def test_hidden_withdrawn_and_private_reports_are_not_found(resident, coordinator):
    hidden, gone = (report_issue(world.said(), by=resident).issue for _each in "ab")
    quiet = world.category("quiet", is_public=False)
    report_issue(world.said(category=quiet), by=resident)
    assert found("횡단보도") == [gone.pk, hidden.pk]
    answering.hide_issue(hidden, "rude", words="욕설", by=coordinator)
    answering.withdraw_issue(gone, by=resident)
    assert found("횡단보도") == []


@pytest.mark.django_db
def test_erased_words_leave_nothing_to_find(resident):
    issue = report_issue(world.said(words="우리집 앞 구덩이"), by=resident).issue
    erase_person(resident, {"reports": "erase"})
    assert not Gram.objects.filter(issue=issue).exists()
    assert found("우리집") == []


@pytest.mark.django_db
def test_a_report_sorted_anew_is_found_by_its_new_kind(resident, coordinator):
    issue = report_issue(world.said(), by=resident).issue
    lamp = world.category("lamp", name_ko="가로등 고장", name_en="Street lamp")
    answering.sort_anew(issue, lamp, by=coordinator)
    assert found("가로등") == [issue.pk]
    assert found("pothole") == []


@pytest.mark.django_db
def test_the_index_made_again_is_the_same(resident):
    issue = report_issue(world.said(), by=resident).issue
    before = set(Gram.objects.values_list("pair", flat=True))
    Gram.objects.all().delete()
    assert index_everything() == 1
    index_words(issue)
    assert set(Gram.objects.values_list("pair", flat=True)) == before


@pytest.mark.django_db
def test_the_search_of_all_pages_finds_reports_kinds_and_numbers(client, resident):
    world.category("lamp", name_ko="가로등 고장", synonyms=["가로등", "불이 나갔"])
    issue = report_issue(world.said(words="가로등 아래가 어두워요"), by=resident).issue
    text = client.get("/search/?q=가로등").text
    assert f'href="/issues/{issue.pk}/"' in text
    assert "/issues/?city=siheung&amp;kind=lamp" in text
    assert f'href="/issues/{issue.pk}/"' in client.get(f"/search/?q={issue.pk}").text


@pytest.mark.django_db
def test_the_search_asks_at_most_eight_questions(
    client, resident, django_assert_max_num_queries
):
    for _each in range(5):
        report_issue(world.said(), by=resident)
    client.force_login(resident)
    client.get("/about/")
    with django_assert_max_num_queries(14):
        client.get("/search/?q=횡단보도")


def points(client, query):
    answer = client.get(f"/issues/points.geojson?{query}")
    assert answer.headers["Content-Type"] == "application/geo+json"
    return json.loads(answer.text)["features"]


@pytest.mark.django_db
def test_the_map_gets_rounded_places_of_public_reports_in_its_box(client):
    issue = world.issue(point=(LON + 0.000012, LAT))
    world.issue(point=(LON, LAT), is_public=False)
    world.issue(point=(LON + 0.2, LAT))
    box = f"box={LON - 0.01},{LAT - 0.01},{LON + 0.01},{LAT + 0.01}"
    (feature,) = points(client, box)
    assert feature["properties"]["id"] == issue.pk
    assert feature["properties"]["url"] == f"/issues/{issue.pk}/"
    assert feature["geometry"]["coordinates"] == list(published(issue.lon, issue.lat))


@pytest.mark.django_db
@pytest.mark.parametrize("half", [0.005, 0.3])
def test_a_small_and_a_large_box_say_the_same(half, client):
    lamp = world.category("lamp")
    kept = world.issue(category=lamp)
    world.issue()
    box = f"box={LON - half},{LAT - half},{LON + half},{LAT + half}"
    found = points(client, f"{box}&city=siheung&kind=lamp&state=open")
    assert [one["properties"]["id"] for one in found] == [kept.pk]
    assert points(client, f"{box}&state=closed") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "box", ["", "1,2,3", "a,b,c,d", "10,10,5,5", "nan,nan,nan,nan", "0,-91,1,0"]
)
def test_what_is_no_box_holds_nothing(box, client):
    world.issue()
    assert points(client, f"box={box}") == []


@pytest.mark.django_db
def test_a_box_never_answers_with_more_than_a_map_can_show(
    client, django_assert_num_queries
):
    world.issue()
    pattern = world.issue()
    rows = []
    for _each in range(MOST + 50):
        fields = type(pattern)._meta.concrete_fields
        facts = {f.attname: getattr(pattern, f.attname) for f in fields}
        rows.append(
            type(pattern)(**{k: v for k, v in facts.items() if k not in ("id", "key")})
        )
    type(pattern).objects.bulk_create(rows)
    with django_assert_num_queries(1):
        assert len(points(client, "box=126,37,127,38")) == MOST


def test_a_large_box_names_no_squares():
    assert Box(126.7, 37.3, 126.71, 37.31).squares
    assert Box(126, 37, 128, 38).squares is None


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_holds_the_reports_of_its_place(kind, client, settings):
    settings.SITE_URL = "https://lab.example"
    issue = world.issue(words="<b>파였어요</b> & 깊어요")
    world.issue(neighbourhood=make.neighbourhood("4139051000"))
    answer = client.get(f"/issues/feeds/4139059100.{kind}")
    assert f"{kind}+xml" in answer.headers["Content-Type"]
    text = answer.text
    ElementTree.fromstring(text)
    assert f"https://lab.example/issues/{issue.pk}/" in text
    assert text.count("https://lab.example/issues/") == text.count(
        f"https://lab.example/issues/{issue.pk}/"
    ) + text.count("https://lab.example/issues/?") + text.count(
        "lab.example/issues/feeds"
    )
    assert "<b>파였어요" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "place"),
    [("rss", ".//item/description"), ("atom", f"{ATOM}entry/{ATOM}summary")],
)
def test_a_feed_carries_no_markup_of_a_resident(kind, place, client):
    said = (
        '<img src="http://e.example/x.png"> 3 < 5 & <a href="http://e.example">돈</a>'
    )
    world.issue(words=said)
    feed = ElementTree.fromstring(client.get(f"/issues/feeds/siheung.{kind}").text)
    (told,) = feed.findall(place)
    # what a reader of the feed takes for HTML, it shows as it was typed
    assert "<" not in told.text
    assert unescape(told.text) == f"접수됨. {said}"


@pytest.mark.django_db
def test_an_atom_feed_names_whose_words_it_holds(client):
    world.issue()
    feed = ElementTree.fromstring(client.get("/issues/feeds/siheung.atom").text)
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "시흥시 주민"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nothing.rss", "0000000000.atom", "siheung.json"])
def test_a_feed_of_nowhere_is_not_found(name, client):
    world.issue()
    assert client.get(f"/issues/feeds/{name}").status_code == 404


@pytest.mark.django_db
def test_a_list_names_its_feeds(client):
    world.issue()
    text = client.get("/issues/?dong=4139059100").text
    assert 'type="application/atom+xml" href="/issues/feeds/4139059100.atom"' in text

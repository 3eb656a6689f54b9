"""제보 목록: what everybody may read, by place, kind and state, page by page."""

import re

import pytest
from django.utils import timezone

from livinglab.issues.services.answering import answer_issue, hide_issue
from livinglab.issues.services.reporting import report_issue
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db
DAEYA = (126.7998, 37.4535)


def numbers(text):
    """The reports on a page, in its order."""
    found = re.findall(r'class="ll-issue__link" href="/issues/(\d+)/"', text)
    return [int(number) for number in found]


def closed(**fields):
    return world.issue(state="resolved", closed_at=timezone.now(), **fields)


def test_the_newest_report_stands_first_with_state_place_and_words(client):
    first = world.issue()
    second = world.issue(words="가로등이 꺼졌어요")
    text = client.get("/issues/").text
    assert numbers(text) == [second.pk, first.pk]
    for said in ("가로등이 꺼졌어요", "정왕1동", "도로 파임", "오늘"):
        assert said in text


def test_nobody_reads_what_is_not_published_in_any_list(client, resident):
    world.issue(resident, is_public=False, words="횡단보도 비밀")
    world.issue(is_public=False, hidden="rude", words="횡단보도 욕설")
    client.force_login(resident)
    for address in (
        "/issues/",
        "/issues/?city=siheung",
        "/issues/map/",
        "/issues/feeds/siheung.atom",
        "/issues/feeds/4139059100.rss",
        "/issues/points.geojson?box=126,37,127,38",
        "/search/?q=횡단보도",
        "/places/4139059100/",
        "/sitemap.xml",
    ):
        text = client.get(address).text
        assert "비밀" not in text
        assert "욕설" not in text
        assert not re.search(r"/issues/\d+/", text)


def test_lists_are_filtered_by_place_kind_and_state(client):
    lamp = world.category("lamp", name_ko="가로등 고장")
    here = world.issue()
    other_kind = world.issue(category=lamp)
    elsewhere = world.issue(neighbourhood=make.neighbourhood("4139051000"), point=DAEYA)
    done = closed()
    daegu = world.issue(
        category=world.category(city="daegu"),
        neighbourhood=make.neighbourhood("2714074200"),
        point=world.ANSIM,
    )
    wanted = {
        "?city=siheung": [done, elsewhere, other_kind, here],
        "?city=daegu": [daegu],
        "?dong=4139051000": [elsewhere],
        "?city=siheung&kind=lamp": [other_kind],
        "?dong=4139059100&kind=pothole": [done, here],
        "?state=open": [daegu, elsewhere, other_kind, here],
        "?state=closed": [done],
        "?city=siheung&state=resolved": [done],
        "?city=nowhere&dong=x&kind=y&state=z": [
            daegu,
            done,
            elsewhere,
            other_kind,
            here,
        ],
    }
    for query, issues in wanted.items():
        found = numbers(client.get(f"/issues/{query}").text)
        assert found == [issue.pk for issue in issues], query


def test_withdrawn_and_merged_reports_are_listed_only_when_asked_for(client):
    kept = world.issue()
    gone = world.issue(state="withdrawn", closed_at=timezone.now())
    copy = world.issue(state="duplicate", closed_at=timezone.now(), duplicate_of=kept)
    assert numbers(client.get("/issues/").text) == [kept.pk]
    assert numbers(client.get("/issues/?state=withdrawn").text) == [gone.pk]
    assert numbers(client.get("/issues/?state=duplicate").text) == [copy.pk]
    assert "횡단보도" not in client.get("/issues/?state=withdrawn").text


def test_pages_follow_each_other_without_a_gap_or_a_repeat(client):
    made = [world.issue().pk for _each in range(45)]
    address, seen = "/issues/?city=siheung", []
    for _page in range(3):
        text = client.get(address).text
        seen += numbers(text)
        world.issue()  # new ones meanwhile move nothing
        more = re.search(r'href="(\?[^"]*before=\d+)"', text)
        if not more:
            break
        address = "/issues/" + more.group(1).replace("&amp;", "&")
    assert seen == made[::-1]


@pytest.mark.parametrize(
    "query", ["?before=x", "?before=-1", "?before=99999999999999999999", "?dong=%20"]
)
def test_a_broken_address_is_no_error(query, client):
    issue = world.issue()
    assert numbers(client.get(f"/issues/{query}").text) == [issue.pk]


@pytest.mark.parametrize("count", [1, 25])
def test_a_list_asks_the_same_few_questions_whoever_looks(
    count, client, resident, django_assert_max_num_queries
):
    for _each in range(count):
        world.issue()
    client.force_login(resident)
    with django_assert_max_num_queries(8):
        client.get("/issues/?dong=4139059100&kind=pothole&state=open")


def test_a_second_look_draws_nothing_again(client, django_assert_max_num_queries):
    world.issue()
    client.get("/issues/")
    with django_assert_max_num_queries(1):
        assert numbers(client.get("/issues/").text)


def test_a_kept_list_is_new_as_soon_as_a_report_changes(client, resident, coordinator):
    issue = world.issue(resident)
    assert "고쳤어요" not in client.get("/issues/").text
    answer_issue(issue, "resolved", words="메웠어요", by=coordinator)
    assert "ll-tag--success" in client.get("/issues/").text
    hide_issue(issue, "private", words="집이 보여요", by=coordinator)
    assert numbers(client.get("/issues/").text) == []


def test_a_report_taken_by_the_verb_is_on_the_list_at_once(client, resident):
    assert numbers(client.get("/issues/").text) == []
    issue = report_issue(world.said(), by=resident).issue
    assert numbers(client.get("/issues/").text) == [issue.pk]


def test_a_fragment_is_the_list_alone(client):
    world.issue()
    answer = client.get("/issues/", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "HX-Request" in answer.headers["Vary"]
    assert numbers(answer.text)


def test_pages_of_a_filter_are_not_found_by_machines(client):
    world.issue()
    assert "noindex" not in client.get("/issues/").text
    assert "noindex" in client.get("/issues/?state=open").text

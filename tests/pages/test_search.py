"""찾기: one field over what every app lets be found."""

import pytest

from livinglab.goals.models import Goal
from livinglab.kernel.search import SHOWN, Hit, search, searched
from livinglab.kernel.spelling import Words
from livinglab.places.models import Neighbourhood
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(siheung, daegu):
    """Three dongs, a goal, and two public buildings of which one may be named."""
    for code in make.DONGS:
        make.neighbourhood(code)
    Goal.objects.create(
        code="SH-N1", city=siheung, name_ko="가정 전기요금", baseline=0, target=-20,
        name_en="Household electricity bill", kind="effect", direction="down",
        unit="%", source_ko="계량기", source_en="meters",
    )  # fmt: skip
    make.premises(name="정왕도서관", kind="facility", publishes=True)
    make.premises(name="정왕비밀창고", kind="facility", publishes=False)
    make.premises(name="정왕 사는 집")


def found(client, typed, **more):
    return client.get("/search/", {"q": typed, **more}).text


@pytest.mark.parametrize(
    "typed", ["정왕", "ㅈㅇ", "jeongwang", "Chongwang", "정왕제1동"]
)
def test_a_neighbourhood_is_found_however_it_is_written(typed, client, town):
    text = found(client, typed)
    assert "/places/4139059100/" in text
    assert "/places/2714074200/" not in text


def test_a_city_brings_its_neighbourhoods_after_itself(client, town):
    text = found(client, "대구")
    assert text.index("/places/city/daegu/") < text.index("/places/2714074200/")


def test_a_goal_is_found_in_both_languages(client, town):
    assert "/goals/SH-N1/" in found(client, "전기요금")
    assert "/goals/SH-N1/" in found(client, "household")


def test_a_building_is_found_when_its_operator_agreed(client, town):
    text = found(client, "정왕")
    assert "정왕도서관" in text
    assert "비밀창고" not in text


def test_homes_are_never_found(client, town):
    assert "사는 집" not in found(client, "정왕")


def test_a_question_leads_to_its_answer(client, town):
    assert "/energy/how/" in found(client, "계산")
    assert "/about/" in found(client, "예산")


def test_groups_say_how_many_and_the_rest_is_one_link_away(client, siheung):
    place = make.neighbourhood()
    for n in range(SHOWN + 4):
        Neighbourhood.objects.create(
            code=f"41390991{n:02}", city=siheung, name_ko=f"한빛{n}동",
            centre_lon=place.centre_lon, centre_lat=place.centre_lat,
            station_number=119,
        )  # fmt: skip
    text = found(client, "한빛")
    assert f"결과 {SHOWN + 4}건" in text
    assert text.count("/places/41390991") == SHOWN
    assert "in=places" in text
    everything = found(client, "한빛", **{"in": "places"})
    assert everything.count("/places/41390991") == SHOWN + 4


def test_nothing_found_helps_on(client, town):
    text = found(client, "없는동네")
    assert "결과 0건" in text
    assert "첫소리" in text


def test_an_empty_search_says_what_can_be_found(client, town):
    text = client.get("/search/").text
    assert "이런 것을 찾을 수 있어요" in text
    assert "결과" not in text


def test_htmx_gets_the_list_alone(client, town):
    answer = client.get("/search/?q=정왕", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "정왕1동" in answer.text
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "' OR 1=1 --", "%", "[", "(" * 60, "a" * 9000],
)
def test_what_is_typed_is_only_ever_text(typed, client, town):
    answer = client.get("/search/", {"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("dongs", [3, 30])
def test_the_search_asks_the_same_few_questions_for_ten_times_the_places(
    dongs, client, town, siheung, django_assert_max_num_queries
):
    place = make.neighbourhood()
    for n in range(dongs):
        Neighbourhood.objects.create(
            code=f"41390992{n:02}", city=siheung, name_ko=f"한빛{n}동",
            centre_lon=place.centre_lon, centre_lat=place.centre_lat,
            station_number=119,
        )  # fmt: skip
    with django_assert_max_num_queries(8):
        found(client, "한빛")


def test_later_apps_join_by_declaring(monkeypatch):
    monkeypatch.setattr("livinglab.kernel.search._sources", {})

    @searched("reports", "Reports", order=5)
    def reports(words, person):
        hits = [Hit("later", "/b/", fit=1), Hit("first", "/a/", fit=0)]
        return hits if words.fit("가로등") is not None else []

    groups = search(Words.of("가로등"), None)
    assert [hit.title for hit in groups[0].hits] == ["first", "later"]
    assert search(Words.of("없음"), None) == []
    assert search(Words.of(""), None) == []
    with pytest.raises(ValueError, match="twice"):
        searched("reports", "Reports", order=5)(lambda words, person: [])

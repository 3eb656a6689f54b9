"""우리 동네: found by name, with figures only where enough homes stand behind them."""

from datetime import date

import pytest

from livinglab.energy.models import AreaSaving
from tests import make


def area(place, *, homes=231, shown=True, kind="home"):
    return AreaSaving.objects.create(
        level="dong", code=place.code, city=place.city, kind=kind,
        month=date(2026, 10, 1), homes=homes, excluded={"collecting": 7},
        expected_kwh=48_000, actual_kwh=44_000, saved_kwh=4_000, half_width_kwh=700,
        expected_won=8_000_000, saved_won=720_000, half_width_won=120_000,
        is_published=shown, hidden_because="" if shown else "few", method="x",
    )  # fmt: skip


@pytest.fixture
def place(db):
    return make.neighbourhood()


def test_a_neighbourhood_shows_what_its_homes_save(client, place):
    area(place)
    text = client.get(f"/places/{place.code}/").text
    for said in ("720,000원", "−9 %", "231"):
        assert said in text


def test_a_small_neighbourhood_shows_no_figure_at_all(client, place):
    area(place, homes=4, shown=False)
    text = client.get(f"/places/{place.code}/").text
    assert "아직 집이 모자라요" in text
    assert "720,000" not in text
    assert "4,000" not in text


def test_a_hidden_month_in_the_list_stays_hidden(client, place):
    area(place)
    hidden = area_of_month(place, date(2026, 9, 1))
    text = client.get(f"/places/{place.code}/").text
    assert "보이지 않음" in text
    assert f"{hidden.saved_won:,}" not in text


def area_of_month(place, month):
    row = area(place, kind="home2")
    row.kind, row.month, row.is_published, row.saved_won = "home", month, False, 333_333
    row.save()
    return row


def test_the_approximation_is_said_on_the_page(client, place):
    assert "가까운 중심점으로 어림해" in client.get(f"/places/{place.code}/").text


def test_a_neighbourhood_nobody_measured_says_so(client, place):
    assert "아직 잰 값이 없어요" in client.get(f"/places/{place.code}/").text


def test_an_unknown_neighbourhood_is_not_found(client, place):
    assert client.get("/places/0000000000/").status_code == 404


def test_places_are_found_by_a_part_of_their_name(client, place):
    make.neighbourhood("2714074200")
    text = client.get("/places/", {"q": "정왕"}).text
    assert "정왕1동" in text
    assert "안심3동" not in text


def test_words_that_match_nothing_are_answered_kindly(client, place):
    assert "그런 이름의 동네가 없어요" in client.get("/places/", {"q": "없는곳"}).text


def test_my_own_neighbourhood_comes_first(client, resident):
    client.force_login(resident)
    assert "내가 사는 동네" in client.get("/places/").text


def test_a_city_has_its_page(client, place):
    assert client.get("/places/city/siheung/").status_code == 200


def test_the_pages_ask_little(client, place, django_assert_max_num_queries):
    area(place)
    for address in ("/places/", f"/places/{place.code}/", "/places/city/siheung/"):
        with django_assert_max_num_queries(8):
            client.get(address)
        with django_assert_max_num_queries(4):
            client.get(address)

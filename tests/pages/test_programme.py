"""리빙랩 소개: the programme is told as it was announced, and its sums agree."""

import copy
import json

import pytest
from django.conf import settings
from django.utils import translation

from livinglab.pages.programme import ProgrammeFlawed, parse, programme
from tests import make

SEED = json.loads((settings.SEEDS_DIR / "programme.json").read_text("utf-8"))


def shares(share):
    return {part.key: part.eok for part in share.parts}


def test_the_budget_is_the_announced_one_and_adds_up():
    budget = programme().budget
    assert budget.eok == 1159
    assert shares(budget) == {"national": 843, "private": 267, "local": 49}
    assert shares(budget.parts[0]) == {"molit": 453, "msit": 390}
    assert sum(shares(budget).values()) == budget.eok
    assert sum(shares(budget.parts[0]).values()) == budget.parts[0].eok


def test_the_bars_fill_their_whole():
    bar = programme().budget.bar
    assert bar[-1].span.end == pytest.approx(100, abs=0.02)
    assert sum(part.share for part in bar) == pytest.approx(1)
    inner = bar[0].parts
    assert inner[-1].span.end == pytest.approx(100, abs=0.02)
    assert sum(part.share for part in inner) == pytest.approx(bar[0].share)


def test_money_is_said_as_each_language_counts_it():
    budget = programme().budget
    with translation.override("ko"):
        assert budget.money == "1,159억 원"
    with translation.override("en"):
        assert budget.money == "115.9 billion won"


def flawed(change):
    facts = copy.deepcopy(SEED)
    change(facts)
    with pytest.raises(ProgrammeFlawed) as flaw:
        parse(facts)
    return str(flaw.value)


def test_parts_that_do_not_add_up_are_refused():
    assert "national" in flawed(
        lambda f: f["budget"]["parts"][0]["parts"][0].update(eok=1)
    )
    assert "total" in flawed(lambda f: f["budget"]["parts"].pop())


def test_words_in_one_language_only_are_refused():
    assert "both languages" in flawed(lambda f: f["timeline"][0].update(en=" "))


def test_a_timeline_out_of_order_is_refused():
    assert "order" in flawed(lambda f: f["timeline"].reverse())
    assert "month or year" in flawed(lambda f: f["timeline"][0].update(when="2018-13"))


def test_a_missing_part_is_refused():
    assert "budget" in flawed(lambda f: f.pop("budget"))


@pytest.mark.django_db
def test_the_page_shows_money_cities_partners_and_sources(client, siheung, daegu):
    text = client.get("/about/").text
    for said in (
        "1,159억 원", "843억 원", "453억 원", "390억 원", "267억 원", "49억 원",
        "시흥시", "대구광역시", "국토교통부", "2018년 9월", "보도자료",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.django_db
def test_the_page_is_complete_in_english(client, siheung, daegu):
    make.city("daegu")
    client.cookies["django_language"] = "en"
    text = client.get("/about/").text
    for said in (
        "115.9 billion won",
        "84.3 billion won",
        "Ministry of Science and ICT",
    ):
        assert said in text
    assert "억" not in text


@pytest.mark.django_db
def test_the_page_asks_the_database_little(client, siheung, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/about/")

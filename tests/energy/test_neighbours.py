"""Homes alike: the group widens until ten, nobody is ranked, no is no."""

from datetime import date

import pytest
from django.utils import translation

from livinglab.energy.selectors.neighbours import neighbours_of
from livinglab.energy.words.neighbours import neighbour_card
from livinglab.people.models import Consent
from livinglab.people.services import withdraw_consent
from tests import make
from tests.energy.street import JULY, all_save, dong, homes, save

JUNE = date(2026, 6, 1)


@pytest.fixture
def ansim(daegu):
    return dong("2714074200")


@pytest.fixture
def sinam(daegu):
    return dong("2714051000")


@pytest.fixture
def mine(ansim):
    home = homes(1, ansim)[0]
    save(home, expected=300, saved=0).save()  # 10 kWh a day
    return home


def use(found, kwh=(6, 7, 8, 9, 10, 11, 12, 13, 14, 15), month=JULY):
    """Homes that use so many kWh a day."""
    for number, home in enumerate(found):
        a_day = kwh[number % len(kwh)]
        save(home, month, expected=30 * a_day, saved=0).save()


def test_ten_homes_of_the_same_kind_next_door_are_the_group(mine, ansim):
    use(homes(10, ansim))
    found = neighbours_of(mine, JULY)
    assert found.homes == 10
    assert found.common == (
        "place",
        "dwelling",
        "area",
        "people",
        "heating",
        "weather",
    )
    assert (found.mine, found.low, found.middle, found.high) == (10, 7.8, 10.5, 13.2)


def test_nine_next_door_widen_the_group_to_the_city(mine, ansim, sinam):
    use(homes(9, ansim))
    use(homes(6, sinam))
    found = neighbours_of(mine, JULY)
    assert found.homes == 15
    assert found.common == ("dwelling", "area", "people", "heating", "weather")


@pytest.mark.parametrize(
    ("different", "common"),
    [
        ({"dwelling": "house"}, ("area", "people", "heating", "weather")),
        ({"area_band": "under_40"}, ("people", "heating", "weather")),
        ({"people_band": "1"}, ("heating", "weather")),
        ({"heating": "electric"}, ("weather",)),
    ],
)
def test_the_group_gives_up_one_thing_after_the_other(mine, ansim, different, common):
    use(homes(12, ansim, **different))
    assert neighbours_of(mine, JULY).common == common


def test_at_last_it_is_the_whole_city(mine, ansim):
    use(homes(12, ansim, heating="electric", station=make.station(119)))
    assert neighbours_of(mine, JULY).common == ()


def test_what_the_home_did_not_say_is_not_asked_of_others(ansim):
    home = homes(1, ansim, people_band="", heating="")[0]
    use([home], [9])
    use(homes(10, ansim, people_band="1"))
    assert neighbours_of(home, JULY).common == ("place", "dwelling", "area", "weather")


def test_another_city_never_counts(mine, ansim):
    use(homes(30, make.neighbourhood()))
    assert neighbours_of(mine, JULY) is None


def test_who_does_not_want_to_be_compared_is_in_nobodys_group(mine, ansim):
    use(homes(9, ansim))
    use(homes(5, ansim, compares=False))
    owner = make.resident()
    use(homes(5, ansim, owner=owner))
    assert neighbours_of(mine, JULY).homes == 14

    withdraw_consent(owner, Consent.Purpose.COMPARISON)
    assert neighbours_of(mine, JULY) is None


def test_who_does_not_want_to_be_compared_sees_no_comparison(mine, ansim):
    use(homes(12, ansim))
    mine.compares = False
    mine.save(update_fields=["compares"])
    assert neighbours_of(mine, JULY) is None


def test_without_the_owners_consent_there_is_no_comparison(ansim):
    owner = make.resident()
    home = homes(1, ansim, owner=owner)[0]
    use([home], [9])
    use(homes(12, ansim))
    assert neighbours_of(home, JULY) is not None

    withdraw_consent(owner, Consent.Purpose.COMPARISON)
    assert neighbours_of(home, JULY) is None


def test_buildings_and_samples_are_not_compared(mine, ansim):
    use(homes(9, ansim))
    use(homes(5, ansim, kind="facility"))
    use(homes(5, ansim, origin="sample"))
    assert neighbours_of(mine, JULY) is None


def test_months_with_few_days_do_not_count(mine, ansim):
    street = homes(12, ansim)
    all_save(street[:9])
    all_save(street[9:], days=19)
    assert neighbours_of(mine, JULY) is None


def test_a_young_month_shows_the_month_before(mine, ansim):
    street = homes(12, ansim)
    use(street, month=JUNE)
    use([mine], [8], month=JUNE)
    mine.savings.filter(month=JULY).update(days=12)
    found = neighbours_of(mine, JULY)
    assert (found.month, found.mine) == (JUNE, 8)


@pytest.mark.parametrize("others", [9, 10, 60])
def test_four_questions_are_enough(mine, ansim, others, django_assert_max_num_queries):
    use(homes(others, ansim, people_band="1"))
    with django_assert_max_num_queries(4):
        neighbours_of(mine, JULY)


@pytest.mark.parametrize(
    ("a_day", "sentence"),
    [
        (5, "Your home uses little. Thank you for that."),
        (10, "Your home uses about as much as most homes like it."),
        (
            20,
            "Your home uses more than most homes like it. There can be good reasons "
            "for that.",
        ),
    ],
)
def test_words_thank_and_never_blame(ansim, a_day, sentence):
    home = homes(1, ansim)[0]
    use([home], [a_day])
    use(homes(12, ansim))
    with translation.override("en"):
        card = neighbour_card(neighbours_of(home, JULY))
    assert card.words == sentence
    assert [row.name for row in card.rows] == ["mine", "thrifty", "middle", "many"]
    assert max(row.width for row in card.rows) == 100


def test_the_card_says_which_group_was_used(mine, ansim):
    use(homes(12, ansim, heating="electric", origin="simulated"))
    with translation.override("en"):
        card = neighbour_card(neighbours_of(mine, JULY))
    assert card.group == (
        "July 2026, compared with 12 homes of Daegu that have this in common: "
        "weather station. Some of them are simulated for the demonstration."
    )


def test_the_page_shows_the_comparison(mine, ansim, client):
    use(homes(12, ansim))
    client.force_login(mine.memberships.get().person)
    with translation.override("en"):
        page = client.get("/energy/", headers={"accept-language": "en"})
    assert "ll-spread__fill--mine" in page.content.decode()

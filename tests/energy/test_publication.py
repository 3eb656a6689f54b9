"""The publication rule: nothing hidden can be computed from what is shown."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.energy.selectors.publication import (
    DOMINATED,
    FEW,
    PARTNER,
    Area,
    Group,
    hidden_areas,
    least_homes,
    may_publish,
    refusal,
    together,
)


def group(homes, largest=None):
    """Homes of 100 kWh each, of which one may use more."""
    if not homes:
        return Group()
    largest = 100.0 if largest is None else float(largest)
    return Group(homes, ((100.0 * (homes - 1) + largest, largest),))


def city(*gus):
    """Areas of a city whose gus hold dongs of these groups."""
    areas = []
    for number, dongs in enumerate(gus):
        gu = f"gu{number}"
        areas.append(Area(gu, "city", together(dongs)))
        areas += [
            Area(f"{gu}-{place:02}", gu, dong) for place, dong in enumerate(dongs)
        ]
    return [Area("city", None, together(chain(*gus))), *areas]


def test_ten_homes_are_enough_and_nine_are_not():
    assert may_publish(group(10))
    assert refusal(group(9)) == FEW


def test_no_home_makes_up_more_than_a_quarter():
    assert may_publish(group(13, 400))
    assert refusal(group(13, 401)) == DOMINATED


def test_one_amount_that_is_dominated_hides_all():
    both = Group(12, ((1200.0, 100.0), (1200.0, 301.0)))
    assert refusal(both) == DOMINATED


def test_a_sum_of_nothing_is_not_shown():
    assert refusal(Group(12, ((0.0, 0.0),))) == DOMINATED


@pytest.mark.parametrize("setting", [3, 0, None, "many"])
def test_the_setting_never_goes_below_ten(settings, setting):
    settings.PUBLISH_MIN_HOMES = setting
    assert least_homes() == 10


def test_the_setting_may_ask_for_more(settings):
    settings.PUBLISH_MIN_HOMES = 25
    assert refusal(group(24)) == FEW


def test_large_areas_hide_nothing():
    assert hidden_areas(city([group(30), group(12)], [group(40)])) == {}


def test_a_small_dong_takes_another_with_it():
    hidden = hidden_areas(city([group(40), group(15), group(4), group(60)]))
    # 4 + 15 homes would be under twenty, so the dong of 40 goes with it
    assert hidden == {"gu0-02": FEW, "gu0-00": PARTNER}


def test_two_small_dongs_of_twenty_homes_hide_each_other():
    hidden = hidden_areas(city([group(8), group(9), group(7), group(50)], [group(80)]))
    assert hidden == {"gu0-00": FEW, "gu0-01": FEW, "gu0-02": FEW}


def test_a_small_gu_does_not_leak_through_its_city():
    hidden = hidden_areas(city([group(4)], [group(50)], [group(60)]))
    assert hidden["gu0"] == FEW
    assert {"gu1", "gu1-00"} <= set(hidden)
    assert not {"city", "gu2", "gu2-00"} & set(hidden)


def test_a_hidden_large_home_does_not_leak_as_a_difference():
    hidden = hidden_areas(city([group(30, 9000), group(30)], [group(200)]))
    assert hidden["gu0-00"] == DOMINATED
    assert "gu0" in hidden


def test_an_empty_dong_protects_nobody():
    hidden = hidden_areas(city([group(40), group(4), group(0), group(30)]))
    assert hidden["gu0-03"] == PARTNER


groups = st.builds(
    group, st.integers(0, 30), st.sampled_from([100, 100, 100, 500, 3000])
)
cities = st.lists(st.lists(groups, min_size=1, max_size=3), min_size=1, max_size=3)


def leaves_of(areas):
    inner = {area.parent for area in areas}
    return [area for area in areas if area.key not in inner and area.group.homes]


def vector(key, areas, leaves):
    """Which dongs an area's sum adds up."""
    above = {area.key: area.parent for area in areas}
    line = []
    for leaf in leaves:
        here = leaf.key
        while here is not None and here != key:
            here = above[here]
        line.append(1.0 if here == key else 0.0)
    return line


def can_be_computed(known, wanted):
    rank = np.linalg.matrix_rank(known) if len(known) else 0
    return np.linalg.matrix_rank(np.array([*known, wanted])) == rank


@given(cities)
def test_every_sum_that_can_be_computed_may_be_shown(gus):
    areas = city(*gus)
    hidden = hidden_areas(areas)
    leaves = leaves_of(areas)
    if not leaves:
        return
    known = [
        vector(area.key, areas, leaves) for area in areas if area.key not in hidden
    ]
    for size in range(1, len(leaves) + 1):
        for chosen in combinations(range(len(leaves)), size):
            wanted = [float(place in chosen) for place in range(len(leaves))]
            if can_be_computed(known, wanted):
                assert may_publish(together(leaves[place].group for place in chosen))


@given(cities)
def test_no_hidden_dong_can_be_computed(gus):
    areas = city(*gus)
    hidden = hidden_areas(areas)
    leaves = leaves_of(areas)
    known = [
        vector(area.key, areas, leaves) for area in areas if area.key not in hidden
    ]
    for leaf in leaves:
        if leaf.key in hidden:
            assert not can_be_computed(known, vector(leaf.key, areas, leaves))


@given(cities)
def test_what_hides_only_for_others_is_needed(gus):
    areas = city(*gus)
    hidden = hidden_areas(areas)
    assert hidden_areas(areas) == hidden
    for area in areas:
        if refusal(area.group):
            assert hidden[area.key] == refusal(area.group)

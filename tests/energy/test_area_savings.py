"""Areas: sums, who is left out and why, the comparison, what is hidden."""

from datetime import date
from decimal import Decimal
from math import sqrt

import pytest

from livinglab.energy.models import (
    AreaSaving,
    Baseline,
    Premises,
    Saving,
)
from livinglab.energy.selectors.areas import area_figure, area_figures
from livinglab.energy.services.neighbourhoods import compute_next, mark_area_due
from livinglab.energy.tasks.areas import sweep_due_areas
from livinglab.people.models import Consent
from livinglab.people.services import give_consent
from tests import make
from tests.energy.street import JULY, MONTHS, all_save, dong, homes, save


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-08-20 12:00+09:00")


@pytest.fixture
def ansim(daegu):
    return dong("2714074200", gu="27140")


@pytest.fixture
def sinam(daegu):
    return dong("2714051000", gu="27140")


def compute(city, months=(JULY,)):
    mark_area_due(city.pk, months)
    while compute_next() is not None:
        pass


def area(code, month=JULY, *, kind="home", span="month"):
    return AreaSaving.objects.get(code=code, month=month, kind=kind, span=span)


def test_an_areas_saving_is_the_sum_of_its_homes(ansim, daegu):
    street = homes(12, ansim)
    Saving.objects.bulk_create(
        save(home, expected=200 + 10 * n, saved=20 + n, half=5 + n)
        for n, home in enumerate(street)
    )
    compute(daegu)

    found = area(ansim.code)
    assert found.homes == 12
    assert found.expected_kwh == sum(200 + 10 * n for n in range(12))
    assert found.saved_kwh == sum(20 + n for n in range(12))
    assert found.actual_kwh == found.expected_kwh - found.saved_kwh
    assert found.saved_won == 150 * found.saved_kwh
    halves = [5 + n for n in range(12)]
    half = sqrt(0.9 * sum(one**2 for one in halves) + 0.1 * sum(halves) ** 2)
    assert float(found.half_width_kwh) == pytest.approx(half, abs=0.001)
    assert found.half_width_won == round(150 * half)
    assert found.is_published


def test_a_dong_its_gu_and_its_city_each_have_a_figure(ansim, daegu):
    all_save(homes(12, ansim))
    compute(daegu)
    rows = AreaSaving.objects.filter(span="month")
    assert set(rows.values_list("level", "code")) == {
        ("dong", ansim.code),
        ("gu", "27140"),
        ("city", "daegu"),
    }


def test_nine_homes_are_hidden_and_ten_are_shown(ansim, daegu):
    street = homes(10, ansim)
    all_save(street[:9])
    compute(daegu)
    assert area(ansim.code).hidden_because == "few"
    assert area_figure(ansim.code, JULY).saved_kwh is None

    all_save(street[9:])
    compute(daegu)
    assert area_figure(ansim.code, JULY).saved_kwh == 300


def test_a_home_that_makes_up_a_third_hides_the_area(ansim, daegu):
    street = homes(20, ansim)
    all_save(street[1:])
    save(street[0], expected=3000).save()
    compute(daegu)
    assert area(ansim.code).hidden_because == "dominated"
    assert not AreaSaving.objects.filter(is_published=True).exists()


def test_a_small_dong_cannot_be_computed_from_its_gu(ansim, sinam, daegu):
    third = dong("2714052000", gu="27140")
    for where, count in ((ansim, 14), (sinam, 4), (third, 40)):
        all_save(homes(count, where))
    compute(daegu)
    assert area("27140").is_published
    assert area(sinam.code).hidden_because == "few"
    hidden = AreaSaving.objects.filter(span="month", level="dong", is_published=False)
    assert sum(hidden.values_list("homes", flat=True)) >= 20


def test_homes_left_out_are_counted_by_reason(ansim, daegu):
    all_save(homes(10, ansim))
    street = homes(5, ansim)
    all_save(street[:1], is_weather_corrected=False)
    all_save(
        street[1:2],
        state="collecting",
        is_weather_corrected=False,
        expected_kwh=None,
        saved_kwh=None,
    )
    all_save(street[2:3], expected_won=None)
    all_save(street[3:4])
    Baseline.objects.create(
        premises=street[3],
        kind="daily",
        starts_on=JULY,
        ends_on=JULY,
        n=340,
        cvrmse=1.2,
        method="test/1",
        input_digest="",
    )
    all_save(homes(2, ansim, owner=make.person()))
    homes(3, ansim, joined_on=date(2026, 8, 2))
    compute(daegu)

    found = area(ansim.code)
    assert found.homes == 10
    assert found.excluded == {
        "collecting": 1,
        "no_consent": 2,
        "no_data": 1,
        "not_priced": 1,
        "not_weather_corrected": 1,
        "poor_model": 1,
    }


def test_a_home_counts_only_with_every_owners_consent(ansim, daegu):
    street = homes(10, ansim)
    all_save(street)
    other = make.person()
    street[0].memberships.create(person=other, right="owner")
    compute(daegu)
    assert area(ansim.code).homes == 9

    give_consent(other, Consent.Purpose.NEIGHBOURHOOD)
    compute(daegu)
    assert area(ansim.code).homes == 10


def test_meters_of_a_published_sample_stand_elsewhere(ansim, daegu):
    all_save(homes(10, ansim))
    all_save(homes(3, ansim, origin=Premises.Origin.SAMPLE))
    compute(daegu)
    assert area(ansim.code).homes == 10
    assert area(ansim.code).excluded == {}


def test_public_buildings_are_shown_because_their_operator_agreed(ansim, daegu):
    halls = homes(2, ansim, kind="facility", publishes=True)
    halls += homes(1, ansim, kind="facility")
    all_save(halls, expected=9000, saved=1000, half=300)
    compute(daegu)

    found = area_figure(ansim.code, JULY, kind="facility")
    assert (found.homes, found.saved_kwh, found.goal_share) == (2, 2000, 0.10)
    assert found.excluded == {"no_consent": 1}


def test_without_thirty_comparison_homes_the_difference_is_missing(ansim, daegu):
    all_save(homes(12, ansim))
    all_save(homes(29, ansim, part="comparison"), saved=3)
    compute(daegu)
    found = area_figure(ansim.code, JULY)
    assert not found.has_comparison
    assert found.homes == 12


def test_the_difference_to_the_comparison_group_has_its_own_range(ansim, sinam, daegu):
    all_save(homes(12, ansim))
    all_save(homes(36, sinam, part="comparison"), saved=3, half=18)
    compute(daegu)
    found = area(ansim.code)
    assert found.comparison_homes == 36
    assert found.comparison_share == pytest.approx(0.01)
    assert found.difference_share == pytest.approx(0.09)
    own, other = 12 / sqrt(12) / 300, 18 / sqrt(36) / 300
    assert found.difference_half_width == pytest.approx(
        sqrt(own**2 + other**2), rel=1e-4
    )


def test_comparison_homes_of_another_station_do_not_count(ansim, sinam, daegu):
    all_save(homes(12, ansim))
    far = make.station(119)
    all_save(homes(40, sinam, part="comparison", station=far), saved=3)
    compute(daegu)
    assert area(ansim.code).difference_share is None


def test_twelve_months_are_the_sum_of_the_months(ansim, daegu):
    street = homes(12, ansim)
    all_save(street, MONTHS)
    all_save(street, [JULY], span="year", expected=2100, saved=210, half=40)
    compute(daegu, MONTHS)
    year = area(ansim.code, span="year")
    assert (year.months, year.homes, year.saved_kwh) == (7, 12, 12 * 210)
    assert float(year.half_width_kwh) == pytest.approx(
        40 * sqrt(0.9 * 12 + 0.1 * 144), abs=0.001
    )
    assert year.is_published


def test_a_hidden_month_is_not_in_the_twelve_months(ansim, daegu):
    street = homes(12, ansim)
    all_save(street[:5], MONTHS[:1])
    all_save(street, MONTHS[1:])
    compute(daegu, MONTHS)
    year = area(ansim.code, span="year")
    assert (year.months, year.saved_kwh) == (6, 12 * 6 * 30)


def test_a_running_month_is_told_when_it_is_over(ansim, daegu, time_machine):
    august = date(2026, 8, 1)
    all_save(homes(12, ansim), [august])
    compute(daegu, [august])
    assert area(ansim.code, august).hidden_because == "running"
    assert area_figures(ansim.code) == []

    time_machine.move_to("2026-09-01 04:00+09:00")
    sweep_due_areas()
    assert area_figure(ansim.code, august).saved_kwh == 360


def test_public_numbers_are_rounded(ansim, daegu):
    street = homes(11, ansim)
    all_save(street, saved=30.4)
    compute(daegu)
    found = area_figure(ansim.code, JULY)
    assert area(ansim.code).saved_kwh == Decimal("334.4")
    assert found.saved_kwh == 330
    assert found.saved_won == 50_000


def test_a_range_that_holds_nothing_is_no_visible_change(ansim, daegu):
    all_save(homes(12, ansim), saved=2)
    compute(daegu)
    assert area_figure(ansim.code, JULY).state == "no_visible_change"

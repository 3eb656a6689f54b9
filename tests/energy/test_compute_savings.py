"""From stored days and weather to what a home saved."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from livinglab.energy.models import EVERY_MONTH, Baseline, Premises, Saving
from livinglab.energy.services.savings import mark_due, mark_everything_due
from livinglab.energy.services.savings.figures import Figure
from tests import make
from tests.energy import savings_world as lab

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 1)


def computed(**facts: object) -> lab.World:
    world = lab.world(**facts)  # type: ignore[arg-type]
    mark_everything_due()
    lab.compute_all()
    return world


def of(home: Premises, month: date, span: str = "month") -> Saving:
    return Saving.objects.get(premises=home, span=span, month=month)


def test_a_home_that_uses_a_fifth_less_is_told_so() -> None:
    home = computed().homes[0]

    baseline = Baseline.objects.get(premises=home)
    assert (baseline.kind, baseline.n, baseline.missing) == ("daily", 365, 0)
    assert baseline.starts_on == date(2024, 1, 2)
    assert baseline.ends_on == date(2024, 12, 31)
    assert baseline.model == "cdd_hdd"
    july = of(home, JULY)
    assert july.state == "saving"
    assert (july.days, july.days_possible) == (31, 31)
    assert july.saved_kwh == july.expected_kwh - july.actual_kwh
    assert float(july.saved_kwh / july.expected_kwh) == pytest.approx(0.2, abs=0.03)
    assert july.saved_kwh_low < july.saved_kwh < july.saved_kwh_high
    year = of(home, date(2025, 12, 1), "year")
    assert float(year.saved_kwh / year.expected_kwh) == pytest.approx(0.2, abs=0.01)


def test_the_actual_use_is_the_sum_of_the_days_to_the_last_watt_hour() -> None:
    world = computed(homes=1)
    first = (JULY - lab.FIRST).days
    assert of(world.homes[0], JULY).actual_kwh == Decimal(
        int(world.use[0, first : first + 31].sum())
    ).scaleb(-3)


def test_the_day_of_joining_counts_for_neither_side() -> None:
    home = computed(homes=1).homes[0]
    january = of(home, date(2025, 1, 1))
    assert (january.days, january.days_possible) == (30, 30)


def test_a_year_is_the_sum_of_its_months() -> None:
    home = computed(homes=1).homes[0]
    year = of(home, date(2025, 12, 1), "year")
    months = list(Saving.objects.filter(premises=home, span="month", month__year=2025))
    assert len(months) == 12
    for name in ("days", "expected_kwh", "actual_kwh", "saved_kwh", "saved_won"):
        assert getattr(year, name) == sum(getattr(month, name) for month in months)
    assert year.weather_kwh == sum(month.weather_kwh for month in months)
    assert year.co2_kg == sum(month.co2_kg for month in months)


def test_a_home_that_changed_nothing_shows_no_visible_change() -> None:
    home = computed(homes=1, saves=0.0, noise=1500.0).homes[0]
    months = Saving.objects.filter(premises=home, span="month")
    assert months.filter(state="no_visible_change").count() >= len(months) - 2
    assert of(home, date(2025, 12, 1), "year").state == "no_visible_change"


def test_a_home_that_uses_more_is_told_without_a_range_across_zero() -> None:
    july = of(computed(homes=1, saves=-0.3).homes[0], JULY)
    assert july.state == "using_more"
    assert july.saved_kwh_high < 0


def test_missing_days_leave_both_sides() -> None:
    world = lab.world(homes=1)
    home = world.homes[0]
    lab.store(home, JULY + timedelta(days=3), [-1, 0, -1, -1])
    mark_everything_due()
    lab.compute_all()
    july = of(home, JULY)
    assert (july.days, july.days_possible) == (27, 31)
    assert float(july.saved_kwh / july.expected_kwh) == pytest.approx(0.2, abs=0.03)


def test_days_without_weather_leave_both_sides() -> None:
    world = lab.world(homes=1)
    world.station.days.filter(day=JULY).update(tmean=None)
    world.station.days.filter(day=JULY + timedelta(days=1)).delete()
    mark_everything_due()
    lab.compute_all()
    assert of(world.homes[0], JULY).days == 29


def test_a_home_that_has_just_begun_is_collecting() -> None:
    _station, _warm = lab.weather()
    home = make.premises(joined_on=date(2025, 3, 1))
    lab.store(home, date(2025, 3, 1), [8000] * 118)
    mark_everything_due()
    lab.compute_all()
    baseline = Baseline.objects.get(premises=home)
    assert (baseline.kind, baseline.n) == ("none", 118)
    april = of(home, date(2025, 4, 1))
    assert april.state == "collecting"
    assert april.actual_kwh == Decimal("240.000")
    assert april.expected_kwh is None
    assert april.saved_won is None


def test_a_home_without_history_gets_the_first_year_as_its_baseline() -> None:
    world = lab.weather()[1]
    home = make.premises(joined_on=date(2024, 3, 1))
    chance = np.random.default_rng(1)
    use = 8000 + 60 * np.maximum(15 - world, 0) + chance.normal(0, 200, world.size)
    lab.store(home, date(2024, 3, 1), np.rint(use[60:]).astype(int))
    mark_everything_due()
    lab.compute_all()
    baseline = Baseline.objects.get(premises=home)
    assert baseline.kind == "daily"
    assert baseline.n >= 329
    first = Saving.objects.filter(premises=home, expected_kwh__isnull=False).first()
    assert first is not None
    assert first.month >= baseline.ends_on.replace(day=1)
    before = of(home, date(2024, 6, 1))
    assert before.state == "collecting"


def test_a_home_without_anything_has_no_figures() -> None:
    home = make.premises()
    make.station(112)
    mark_everything_due()
    lab.compute_all()
    assert not Saving.objects.filter(premises=home).exists()
    assert Baseline.objects.get(premises=home).kind == "none"
    assert lab.due() == set()


def test_bills_alone_make_a_baseline_and_figures() -> None:
    world = lab.world(homes=1)
    home = make.premises(joined_on=lab.JOINED, name="고지서만 있는 집")
    for month in range(1, 28):
        start = date(2024 + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        end = date(2024 + month // 12, month % 12 + 1, 1)
        wh = world.use[0, (start - lab.FIRST).days : (end - lab.FIRST).days].sum()
        make.bill(home, start, end, kwh=Decimal(int(wh)) / 1000)
    mark_everything_due()
    lab.compute_all()
    baseline = Baseline.objects.get(premises=home)
    assert baseline.kind == "billing"
    assert baseline.n >= 9
    year = of(home, date(2025, 12, 1), "year")
    assert float(year.saved_kwh / year.expected_kwh) == pytest.approx(0.2, abs=0.03)
    assert of(home, JULY).days == 31
    assert year.state == "saving"


def test_one_earlier_year_is_compared_by_the_month_and_says_so() -> None:
    lab.weather()
    home = make.premises(joined_on=date(2025, 6, 1))
    lab.store(home, date(2024, 6, 1), [9000] * 60)
    lab.store(home, date(2025, 6, 1), [8000] * 60)
    mark_everything_due()
    lab.compute_all()
    june = of(home, date(2025, 6, 1))
    assert Baseline.objects.get(premises=home).kind == "same_month"
    assert not june.is_weather_corrected
    assert june.state == "collecting"
    assert june.expected_kwh == Decimal("270.000")
    assert june.saved_kwh == Decimal("30.000")
    assert june.saved_kwh_low is None
    assert june.saved_won is not None


def test_won_are_priced_through_the_tiers_at_both_ends_of_the_range() -> None:
    july = of(computed(homes=1).homes[0], JULY)
    assert july.saved_won == july.expected_won - july.actual_won
    assert july.saved_won_low < july.saved_won < july.saved_won_high
    assert july.tariff.startswith("residential_low 20")


def test_both_public_schemes_stand_beside_our_figure() -> None:
    home = computed(homes=1).homes[0]
    cashback = of(home, JULY).schemes["cashback"]
    assert cashback["reason"] == "paid"
    assert cashback["won"] > 0
    points = of(home, date(2025, 6, 1), "year").schemes["carbon_points"]
    assert points["points"] > 0


def test_the_weather_has_its_own_part() -> None:
    world = lab.world(homes=1)
    cold = world.station.days.filter(day__range=(JULY, JULY + timedelta(days=30)))
    cold.update(tmean=20.0)
    mark_everything_due()
    lab.compute_all()
    july = of(world.homes[0], JULY)
    assert july.weather_kwh > 20


def test_an_unfinished_queue_is_finished_in_small_batches_with_the_same_digits() -> (
    None
):
    computed(homes=7)
    together = lab.figures()
    lab.forget_everything()
    mark_everything_due()
    lab.compute_all(most=2)
    assert lab.figures() == together


def test_nothing_is_left_due_afterwards() -> None:
    world = lab.world(homes=2)
    mark_everything_due()
    assert lab.due() == {(home.pk, EVERY_MONTH) for home in world.homes}
    lab.compute_all()
    assert lab.due() == set()


def test_a_figure_names_every_column_of_a_saving() -> None:
    columns = [field.attname for field in Saving._meta.concrete_fields]
    assert sorted(Figure._fields) == sorted(set(columns) - {"id"})


def test_six_weeks_without_data_before_joining_leave_the_baseline_where_it_is() -> None:
    world = lab.world(homes=2)
    gappy, whole = world.homes
    lab.store(gappy, date(2024, 7, 1), [-1] * 45)
    mark_everything_due()
    lab.compute_all()

    baseline = Baseline.objects.get(premises=gappy)
    assert (baseline.kind, baseline.n, baseline.missing) == ("daily", 320, 45)
    assert baseline.ends_on == date(2024, 12, 31)
    assert baseline.details["spread"]["known"][6] == 0
    march = date(2025, 3, 1)
    usual = half(of(gappy, march)) / half(of(whole, march))
    assert half(of(gappy, JULY)) / half(of(whole, JULY)) > 1.15 * usual


def half(saving: Saving) -> float:
    assert saving.saved_kwh_high is not None
    assert saving.saved_kwh_low is not None
    return float(saving.saved_kwh_high - saving.saved_kwh_low) / 2


def test_a_gap_that_is_filled_later_makes_the_baseline_whole() -> None:
    world = lab.world(homes=1)
    (home,) = world.homes
    first = date(2024, 7, 1)
    lost = world.use[0, (first - lab.FIRST).days :][:45].tolist()
    lab.store(home, first, [-1] * 45)
    mark_everything_due()
    lab.compute_all()
    lab.store(home, first, lost)
    mark_due(home, first, first + timedelta(days=44), "upload")
    lab.compute_all()

    baseline = Baseline.objects.get(premises=home)
    assert (baseline.n, baseline.missing) == (365, 0)
    assert of(home, JULY).saved_kwh is not None


def test_a_gap_while_reporting_leaves_the_days_out_on_both_sides() -> None:
    world = lab.world(homes=2)
    gappy, whole = world.homes
    lab.store(gappy, date(2025, 6, 10), [-1] * 40)
    mark_everything_due()
    lab.compute_all()

    june, july = of(gappy, date(2025, 6, 1)), of(gappy, JULY)
    assert (june.days, june.days_possible) == (9, 30)
    assert (july.days, july.days_possible) == (12, 31)
    assert half(july) < half(of(whole, JULY))
    year = of(gappy, date(2025, 12, 1), "year")
    assert year.days == of(whole, date(2025, 12, 1), "year").days - 40

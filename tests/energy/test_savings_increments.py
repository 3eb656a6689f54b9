"""Exactly what a change moves is computed again, to the digits of a full run."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

import pytest

from livinglab.energy.models import (
    EVERY_MONTH,
    AreaDue,
    Baseline,
    DeclaredEvent,
    Premises,
    Saving,
    SavingsDue,
)
from livinglab.energy.services import savings
from livinglab.energy.services.savings import computing
from tests import make
from tests.energy import savings_world as lab

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 1)
MONTHS_SINCE_JOINING = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(16)]


@pytest.fixture(scope="module")
def computed(kept_rows: None) -> lab.World:
    made = lab.world(homes=3)
    savings.mark_everything_due()
    lab.compute_all()
    AreaDue.objects.all().delete()
    return made


@pytest.fixture
def world(computed: lab.World, db: None) -> lab.World:
    return deepcopy(computed)


def assert_same_as_a_full_run() -> None:
    lab.compute_all()
    increment = lab.figures()
    lab.forget_everything()
    savings.mark_everything_due()
    lab.compute_all()
    assert increment == lab.figures()


def test_new_use_after_the_baseline_moves_its_month_alone(world: lab.World) -> None:
    home = world.homes[0]
    lab.store(home, date(2026, 3, 10), [5000, 5100])
    savings.mark_due(home, date(2026, 3, 10), date(2026, 3, 11), "upload")
    assert lab.due() == {(home.pk, date(2026, 3, 1))}
    assert_same_as_a_full_run()


def test_corrected_use_moves_the_later_year_it_is_compared_with(
    world: lab.World,
) -> None:
    home = world.homes[0]
    lab.store(home, date(2025, 2, 3), [12_000])
    savings.mark_due(home, date(2025, 2, 3), date(2025, 2, 3), "upload")
    assert lab.due() == {(home.pk, date(2025, 2, 1)), (home.pk, date(2026, 2, 1))}
    assert_same_as_a_full_run()


def test_use_within_the_baseline_makes_everything_of_the_home_due(
    world: lab.World,
) -> None:
    home = world.homes[1]
    lab.store(home, date(2024, 5, 5), [30_000])
    savings.mark_due(home, date(2024, 5, 5), date(2024, 5, 5), "upload")
    assert lab.due() == {(home.pk, EVERY_MONTH)}
    assert_same_as_a_full_run()


def test_use_across_months_marks_each_of_them(world: lab.World) -> None:
    home = world.homes[0]
    savings.mark_due(home, date(2026, 1, 31), date(2026, 3, 1), "upload")
    assert lab.due() == {(home.pk, date(2026, month, 1)) for month in (1, 2, 3)}


def test_days_far_apart_leave_the_months_between_alone(world: lab.World) -> None:
    home = world.homes[0]
    days = [date(2025, 11, 2), date(2026, 2, 3)]
    savings.mark_days_due(home, days, "upload")
    assert lab.due() == {(home.pk, day.replace(day=1)) for day in days}
    savings.mark_days_due(home, [], "upload")


def test_a_computed_month_moves_the_twelve_months_it_is_part_of(
    world: lab.World,
) -> None:
    home = world.homes[0]
    before = lab.figures()
    lab.store(home, date(2025, 12, 3), [50_000])
    savings.mark_due(home, date(2025, 12, 3), date(2025, 12, 3), "upload")
    lab.compute_all()
    after = lab.figures()
    moved = {key for key in after if after[key] != before[key]}
    assert moved == {
        ("saving", home.pk, "month", date(2025, 12, 1)),
        *(
            ("saving", home.pk, "year", month)
            for month in MONTHS_SINCE_JOINING
            if month >= date(2025, 12, 1)
        ),
    }


def test_an_increment_writes_nothing_else(world: lab.World) -> None:
    home = world.homes[0]
    old = dict(Saving.objects.values_list("pk", "computed_at"))
    savings.mark_due(home, date(2026, 3, 1), date(2026, 3, 1), "upload")
    lab.compute_all()
    new = dict(Saving.objects.values_list("pk", "computed_at"))
    touched = {pk for pk in new if new[pk] != old.get(pk)}
    rows = Saving.objects.filter(pk__in=touched).values_list(
        "premises", "span", "month"
    )
    assert {(premises, month) for premises, _span, month in rows} == {
        (home.pk, date(2026, 3, 1)),
        (home.pk, date(2026, 4, 1)),
    }


def test_new_weather_moves_the_month_of_homes_with_use_on_that_day(
    world: lab.World,
) -> None:
    lab.store(world.homes[2], JULY, [-1])
    savings.mark_due(world.homes[2], JULY, JULY, "upload")
    lab.compute_all()
    world.station.days.filter(day=JULY).update(tmean=31.5)
    savings.mark_weather_due(world.station, [JULY], "weather")
    assert lab.due() == {(home.pk, JULY) for home in world.homes[:2]}
    assert_same_as_a_full_run()


def test_weather_within_the_baselines_makes_everything_due(world: lab.World) -> None:
    day = date(2024, 8, 8)
    world.station.days.filter(day=day).update(tmean=33.0)
    savings.mark_weather_due(world.station, [day], "weather")
    assert lab.due() == {(home.pk, EVERY_MONTH) for home in world.homes}
    assert_same_as_a_full_run()


def test_weather_of_another_station_moves_nothing(world: lab.World) -> None:
    assert savings.mark_weather_due(make.station(143), [JULY], "weather") == 0
    assert lab.due() == set()


def test_a_tariff_table_moves_the_months_it_prices_until_the_next_one(
    world: lab.World,
) -> None:
    savings.mark_tariff_due("residential_low", date(2026, 2, 1))
    late = [month for month in MONTHS_SINCE_JOINING if month >= date(2026, 2, 1)]
    assert lab.due() == {(home.pk, month) for home in world.homes for month in late}


def test_a_table_of_another_kind_moves_nothing(world: lab.World) -> None:
    assert savings.mark_tariff_due("general_a1_low", date(2020, 1, 1)) == 0


def test_a_levy_moves_every_kind(world: lab.World) -> None:
    assert savings.mark_tariff_due("levies", date(2026, 4, 1)) == len(world.homes)


def test_a_new_method_version_makes_its_homes_due(world: lab.World) -> None:
    Baseline.objects.filter(premises=world.homes[0]).update(method="caltrack2-old/1")
    assert savings.mark_method_due() == 1
    assert lab.due() == {(world.homes[0].pk, EVERY_MONTH)}
    assert_same_as_a_full_run()


def test_a_baseline_is_fitted_again_only_when_its_inputs_changed(
    world: lab.World,
) -> None:
    home = world.homes[0]
    Baseline.objects.filter(premises=home).update(mu=99.0)
    savings.mark_premises_due(home, "asked")
    lab.compute_all()
    assert Baseline.objects.get(premises=home).mu == 99.0
    lab.store(home, date(2024, 5, 5), [30_000])
    savings.mark_premises_due(home, "asked")
    lab.compute_all()
    assert Baseline.objects.get(premises=home).mu < 20


def test_use_that_is_taken_back_takes_its_figures_with_it(world: lab.World) -> None:
    home = world.homes[0]
    lab.store(home, date(2026, 4, 1), [-1] * 30)
    savings.mark_due(home, date(2026, 4, 1), date(2026, 4, 30), "erased")
    lab.compute_all()
    gone = Saving.objects.filter(premises=home, month=date(2026, 4, 1))
    assert not gone.exists()
    assert_same_as_a_full_run()


def test_a_home_marked_again_while_it_is_computed_stays_due(
    world: lab.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = world.homes[0]
    savings.mark_due(home, date(2026, 3, 1), date(2026, 3, 1), "upload")
    old = lab.figures()
    count = computing.count

    def interrupted(*args: object) -> object:
        lab.store(home, date(2026, 3, 1), [44_000])
        savings.mark_due(home, date(2026, 3, 1), date(2026, 3, 1), "upload")
        return count(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(computing, "count", interrupted)
    savings.compute_next()
    assert lab.figures() == old
    assert lab.due() == {(home.pk, date(2026, 3, 1))}
    monkeypatch.undo()
    assert_same_as_a_full_run()


def test_a_row_a_dead_worker_holds_is_free_after_its_lease(
    world: lab.World, settings: object
) -> None:
    savings.mark_premises_due(world.homes[0], "asked")
    SavingsDue.objects.claim(seconds=60)
    assert savings.compute_next() is None
    savings.release_claims()
    assert savings.compute_next() == 1


def test_a_home_that_breaks_the_computation_holds_up_nobody(
    world: lab.World,
) -> None:
    savings.mark_everything_due()
    SavingsDue.objects.filter(premises=world.homes[0]).update(attempts=2)
    assert savings.compute_next() == 2
    assert lab.due() == {(world.homes[0].pk, EVERY_MONTH)}
    assert savings.compute_next() == 1


def test_a_home_that_was_given_up_is_tried_again_at_night(world: lab.World) -> None:
    savings.mark_premises_due(world.homes[0], "asked")
    SavingsDue.objects.update(attempts=100)
    assert savings.compute_next() is None
    assert savings.waiting().given_up == 1
    savings.try_again()
    assert savings.compute_next() == 1


def test_areas_are_due_in_the_months_that_moved(world: lab.World) -> None:
    home = world.homes[0]
    savings.mark_due(home, date(2026, 3, 1), date(2026, 3, 1), "upload")
    lab.compute_all()
    months = set(AreaDue.objects.values_list("month", flat=True))
    assert {date(2026, 3, 1), date(2026, 4, 1)} <= months
    assert all(month >= date(2026, 3, 1) for month in months)


def restart(home: Premises, day: date) -> None:
    DeclaredEvent.objects.create(
        premises=home,
        kind=DeclaredEvent.Kind.MOVED,
        effect=DeclaredEvent.Effect.RESTART,
        on=day,
    )
    savings.mark_premises_due(home, "event")


def test_a_declared_new_start_keeps_the_old_figures_and_collects_anew(
    world: lab.World,
) -> None:
    home = world.homes[0]
    june = Saving.objects.get(premises=home, span="month", month=date(2025, 6, 1))
    restart(home, date(2025, 9, 10))
    lab.compute_all()
    again = Saving.objects.get(premises=home, span="month", month=date(2025, 6, 1))
    assert again.saved_kwh == june.saved_kwh
    baseline = Baseline.objects.get(premises=home)
    assert (baseline.kind, baseline.starts_on) == ("none", date(2025, 9, 10))
    september = Saving.objects.get(premises=home, span="month", month=date(2025, 9, 1))
    assert (september.days, september.days_possible) == (9, 9)
    october = Saving.objects.get(premises=home, span="month", month=date(2025, 10, 1))
    assert october.state == "collecting"
    assert_same_as_a_full_run()


def test_a_tariff_change_reaches_months_before_a_new_start(world: lab.World) -> None:
    home = world.homes[0]
    restart(home, date(2025, 3, 10))
    lab.compute_all()
    before = lab.figures()
    savings.mark_tariff_due("residential_low", date(2020, 1, 1))
    lab.compute_all()
    assert lab.figures() == before


def test_days_a_resident_asks_to_leave_out_count_for_neither_side(
    world: lab.World,
) -> None:
    home = world.homes[0]
    DeclaredEvent.objects.create(
        premises=home,
        kind=DeclaredEvent.Kind.OTHER,
        effect=DeclaredEvent.Effect.FREEZE,
        on=JULY,
        until=JULY + timedelta(days=9),
    )
    savings.mark_premises_due(home, "event")
    lab.compute_all()
    july = Saving.objects.get(premises=home, span="month", month=JULY)
    assert july.days == 21

"""Areas: sums, who is left out and why, comparison, due rows, nothing lost."""

import random
from datetime import date, timedelta
from decimal import Decimal
from math import sqrt

import pytest
from django.utils import timezone

from livinglab.energy.events import savings_computed
from livinglab.energy.models import (
    EVERY_MONTH,
    AreaDue,
    AreaSaving,
    Baseline,
    Premises,
    Saving,
    SavingsDue,
)
from livinglab.energy.selectors.areas import area_figure, area_figures
from livinglab.energy.services import neighbourhoods
from livinglab.energy.services.erasure import erase_person
from livinglab.energy.services.neighbourhoods import compute_next, mark_area_due
from livinglab.energy.services.premises import change_premises, make_owner
from livinglab.energy.tasks.areas import check_areas, sweep_due_areas
from livinglab.goals.models import Goal, MeasurementDue
from livinglab.goals.registry import Period, indicators
from livinglab.kernel import realtime
from livinglab.people.models import Consent
from livinglab.people.services import give_consent, withdraw_consent
from tests import make
from tests.energy.street import JULY, MONTHS, all_save, dong, homes, save

FIGURES = [
    column.name
    for column in AreaSaving._meta.concrete_fields
    if column.name not in {"id", "computed_at"}
]


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


def everything():
    order = ("level", "code", "kind", "span", "month")
    return list(AreaSaving.objects.order_by(*order).values(*FIGURES))


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


def test_a_month_marked_again_meanwhile_stays_due(ansim, daegu, monkeypatch):
    all_save(homes(12, ansim))
    mark_area_due(daegu.pk, [JULY])
    computing = neighbourhoods.computing
    really = computing.compute_months

    def slow(city, months):
        codes = really(city, months)
        mark_area_due(city.pk, [JULY])
        return codes

    monkeypatch.setattr(computing, "compute_months", slow)
    compute_next()
    assert AreaDue.objects.get().claimed_until is None
    assert area(ansim.code).homes == 12


def test_a_failed_computation_writes_nothing_and_stays_due(ansim, daegu, monkeypatch):
    all_save(homes(12, ansim))
    mark_area_due(daegu.pk, [JULY])
    writer = neighbourhoods.computing.Writer
    monkeypatch.setattr(writer, "write_years", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        compute_next()
    assert not AreaSaving.objects.exists()
    assert AreaDue.objects.count() == 1
    assert compute_next() is None  # held, as by a worker that died

    monkeypatch.undo()
    AreaDue.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    compute_next()
    assert area(ansim.code).homes == 12


def test_nobody_else_works_on_a_city_meanwhile(ansim, daegu):
    mark_area_due(daegu.pk, [JULY])
    AreaDue.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    mark_area_due(daegu.pk, [date(2026, 6, 1)])
    assert compute_next() is None


def test_areas_wait_for_the_last_home_but_not_for_ever(ansim, daegu, time_machine):
    street = homes(12, ansim)
    all_save(street)
    SavingsDue.objects.create(premises=street[0], month=JULY, token=1, reason="test")
    mark_area_due(daegu.pk, [JULY])
    assert compute_next() is None

    time_machine.shift(timedelta(minutes=11))
    assert compute_next() == 1


def test_every_month_is_spread_to_the_months_there_are(ansim, daegu):
    all_save(homes(12, ansim), MONTHS)
    compute(daegu, [EVERY_MONTH])
    assert AreaSaving.objects.filter(level="city", span="month").count() == 7
    assert not AreaDue.objects.exists()


def test_step_by_step_gives_what_computing_everything_gives(ansim, sinam, daegu):
    chance = random.Random(4)
    street = [*homes(25, ansim), *homes(14, sinam), *homes(6, dong("2711051700"))]
    measuring = homes(33, sinam, part="comparison")
    for month in MONTHS:
        for home in [*street, *measuring]:
            for span in ("month", "year"):
                save(
                    home,
                    month,
                    span=span,
                    expected=chance.uniform(100, 500),
                    saved=chance.uniform(-40, 80),
                    half=chance.uniform(5, 30),
                ).save()
        compute(daegu, [month])
    Saving.objects.filter(premises=street[3], month__gte=MONTHS[2]).delete()
    compute(daegu, MONTHS[2:])
    step_by_step = everything()

    AreaSaving.objects.all().delete()
    compute(daegu, [EVERY_MONTH])
    assert everything() == step_by_step
    assert len(step_by_step) > 50


def test_an_area_without_homes_loses_its_figure(ansim, daegu):
    street = homes(12, ansim)
    all_save(street)
    compute(daegu)
    Premises.objects.filter(pk__in=[home.pk for home in street]).delete()
    compute(daegu)
    assert not AreaSaving.objects.exists()


@pytest.mark.parametrize("count", [2, 8])
def test_the_questions_do_not_grow_with_homes(
    ansim, daegu, count, django_assert_max_num_queries
):
    for number in range(count):
        all_save(homes(12, dong(f"27140{number:05}", gu="27140")), MONTHS[:6])
    mark_area_due(daegu.pk, MONTHS[:6])
    with django_assert_max_num_queries(24):
        compute_next()
    assert AreaSaving.objects.filter(level="dong", span="month").count() == 6 * count


def test_consent_given_or_withdrawn_moves_the_city(
    ansim, daegu, django_capture_on_commit_callbacks
):
    owner = make.resident()
    all_save(homes(12, ansim, owner=owner))
    compute(daegu)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(owner, Consent.Purpose.NEIGHBOURHOOD)
    assert area(ansim.code).homes == 0
    assert area_figure(ansim.code, JULY).saved_kwh is None


def test_whoever_looks_at_the_area_is_told(
    ansim, daegu, monkeypatch, django_capture_on_commit_callbacks
):
    heard = []
    monkeypatch.setattr(
        neighbourhoods.computing, "announce", lambda *said: heard.append(said)
    )
    all_save(homes(12, ansim))
    with django_capture_on_commit_callbacks(execute=True):
        mark_area_due(daegu.pk, [JULY])
    assert ("area:" + ansim.code, "savings") in heard
    assert realtime.may_listen(None, "area:" + ansim.code)


def test_computed_homes_wake_the_areas(ansim, daegu):
    street = homes(12, ansim)
    all_save(street)
    mark_area_due(daegu.pk, [JULY])
    savings_computed.send_robust(Saving, premises_ids=tuple(h.pk for h in street))
    assert area(ansim.code).homes == 12


def test_the_night_finds_what_nobody_told(ansim, daegu):
    street = homes(12, ansim)
    all_save(street)
    compute(daegu)
    street[0].delete()
    assert not AreaDue.objects.exists()
    check_areas()
    assert area(ansim.code).homes == 11
    assert neighbourhoods.mark_stale_areas_due() == 0


def test_figures_of_an_older_method_are_computed_again(ansim, daegu):
    all_save(homes(12, ansim))
    compute(daegu)
    AreaSaving.objects.update(method="areas/0", homes=99)
    check_areas()
    assert area(ansim.code).homes == 12


def goal(code, city):
    return Goal.objects.create(
        code=code,
        city=city,
        kind="effect",
        direction="down",
        unit="%",
        baseline=0,
        target=-20,
    )


def test_the_programme_counts_the_citys_bill(ansim, daegu):
    goal("DG-N1", daegu)
    all_save(homes(12, ansim))
    compute(daegu)
    assert set(MeasurementDue.objects.values_list("period", flat=True)) == {
        "2026-07",
        "2026",
    }
    counted = indicators()["DG-N1"].count(daegu.pk, Period("2026-07"))
    assert (counted.value, counted.units) == (-10.0, 12)
    assert counted.low == pytest.approx(-11.67, abs=0.01)
    assert counted.high == pytest.approx(-8.33, abs=0.01)
    assert indicators()["DG-N1"].count(daegu.pk, Period("2026")).value == -10.0


def test_the_programme_counts_nothing_that_is_hidden(ansim, daegu):
    all_save(homes(9, ansim))
    compute(daegu)
    for code in ("SH-N1", "SH-N2", "DG-N1", "DG-N2"):
        assert indicators()[code].count(daegu.pk, Period("2026-07")) is None
        assert indicators()[code].count(daegu.pk, Period("2026")) is None


def test_a_home_that_moves_or_changes_owners_moves_its_areas(ansim, daegu):
    owner = make.resident()
    home = homes(1, ansim, owner=owner)[0]
    change_premises(home, {"neighbourhood": make.neighbourhood()}, by=owner)
    assert set(AreaDue.objects.values_list("city__code", flat=True)) == {
        "daegu",
        "siheung",
    }
    AreaDue.objects.all().delete()
    member = home.memberships.create(person=make.resident(), right="member")
    make_owner(member, by=owner)
    assert AreaDue.objects.get().month == EVERY_MONTH


def test_a_person_who_leaves_takes_the_home_out_of_the_figures(ansim, daegu):
    owner = make.resident()
    all_save([*homes(11, ansim), *homes(1, ansim, owner=owner)])
    compute(daegu)
    erase_person(owner)
    while compute_next() is not None:
        pass
    assert area(ansim.code).homes == 11

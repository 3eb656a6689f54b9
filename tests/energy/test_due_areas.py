"""Areas that are due: computed once, in any order, told on; nothing lost."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from livinglab.energy.events import savings_computed
from livinglab.energy.models import (
    EVERY_MONTH,
    AreaDue,
    AreaSaving,
    Premises,
    Saving,
    SavingsDue,
)
from livinglab.energy.selectors.areas import area_figure
from livinglab.energy.services import neighbourhoods
from livinglab.energy.services.erasure import erase_person
from livinglab.energy.services.neighbourhoods import compute_next, mark_area_due
from livinglab.energy.services.premises import change_premises, make_owner
from livinglab.energy.tasks.areas import check_areas
from livinglab.goals.models import Goal, MeasurementDue
from livinglab.goals.registry import Period, indicators
from livinglab.kernel import realtime
from livinglab.people.models import Consent
from livinglab.people.services import withdraw_consent
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

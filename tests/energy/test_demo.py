"""A small demonstration goes through the import and the computation of everyone."""

import io
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from rich.console import Console

from livinglab.energy.demo import table
from livinglab.energy.demo.figures import Line
from livinglab.energy.demo.plan import Story, plan_homes
from livinglab.energy.demo.progress import Steps
from livinglab.energy.demo.story import Demonstration, seeds
from livinglab.energy.models import (
    Baseline,
    Bill,
    DailyUse,
    Membership,
    Premises,
    RegisterReading,
    Saving,
    Upload,
)
from livinglab.energy.tasks.areas import sweep_due_areas
from livinglab.energy.tasks.savings import sweep_due_savings
from livinglab.energy.tasks.uploads import sweep_uploads
from livinglab.observations.models import DailyWeather
from livinglab.people.models import Person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HOMES = 10


def quiet() -> Steps:
    return Steps(Console(file=io.StringIO()))


def build(homes: int = HOMES) -> Demonstration:
    call_command("seed", verbosity=0, stdout=io.StringIO())
    demonstration = Demonstration.here(seeds(homes))
    demonstration._build(quiet(), threading.Event(), None)
    return demonstration


def compute() -> None:
    sweep_uploads()
    sweep_due_savings()
    sweep_due_areas()


def of_key(key: str) -> Premises:
    return Premises.objects.get(memberships__person__email__startswith=f"{key}@")


@pytest.fixture(scope="module")
def built(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demonstration]:
    """Built once for all tests here, in a transaction that is rolled back."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(DATA_DIR=folder, DEMO=True),
        time_machine.travel("2026-11-23 12:00+09:00", tick=False),
        transaction.atomic(),
    ):
        demonstration = build()
        compute()
        yield demonstration
        transaction.set_rollback(True)


def test_every_home_of_the_plan_is_there_and_marked_as_simulated(
    built: Demonstration,
) -> None:
    assert Premises.objects.count() == len(built.plans) == 2 * (HOMES + 1)
    origins = set(Premises.objects.values_list("origin", flat=True))
    assert origins == {Premises.Origin.SIMULATED}
    assert Premises.objects.facilities().count() == 2
    sources = set(DailyWeather.objects.values_list("source", flat=True))
    assert sources == {DailyWeather.Source.GENERATED}


def test_files_are_read_and_the_web_page_is_refused_in_words(
    built: Demonstration,
) -> None:
    states = Upload.objects.values_list("state", flat=True)
    assert set(states) == {Upload.State.IMPORTED, Upload.State.REFUSED}
    refused = Upload.objects.filter(state=Upload.State.REFUSED)
    assert {row.messages[0]["code"] for row in refused} == {"web_page"}
    assert refused.count() == 2


def test_stored_days_are_what_was_simulated(built: Demonstration) -> None:
    plan = next(plan for plan in built.plans if plan.story == Story.DAILY)
    home = Premises.objects.get(memberships__person__email=plan.email)
    year = DailyUse.objects.get(meter__premises=home, year=TODAY.year)
    known = np.frombuffer(bytes(year.wh), "<i4")
    assert (known[: TODAY.timetuple().tm_yday - 1] > 0).mean() > 0.9
    assert (known[TODAY.timetuple().tm_yday - 1 :] <= 0).all()


def test_every_story_reaches_its_state(built: Demonstration) -> None:
    assert Baseline.objects.get(premises=of_key("resident")).kind == "daily"
    assert Baseline.objects.get(premises=of_key("bills")).kind == "billing"
    assert Bill.objects.filter(premises=of_key("bills")).count() >= 20
    readings = RegisterReading.objects.filter(meter__premises=of_key("readings"))
    assert readings.count() >= 20
    newest = Saving.objects.filter(premises=of_key("resident"), span="year").last()
    assert newest is not None
    assert newest.state == Saving.State.SAVING
    more = Saving.objects.filter(premises=of_key("using-more"), span="year").last()
    assert more is not None
    assert more.state == Saving.State.USING_MORE
    collecting = Saving.objects.filter(premises=of_key("collecting")).last()
    assert collecting is None or collecting.state in {"collecting", "none"}


def test_the_caregiver_belongs_to_the_home_she_looks_after(
    built: Demonstration,
) -> None:
    caregiver = Person.objects.get(email__startswith="caregiver@")
    membership = Membership.objects.get(person=caregiver)
    assert membership.right == Membership.Right.MEMBER
    assert membership.premises == of_key("elder")


def test_a_second_start_changes_nothing(built: Demonstration) -> None:
    before = Premises.objects.count(), Upload.objects.count(), Person.objects.count()
    with time_machine.travel("2026-12-05 12:00+09:00", tick=False):
        build()
    after = Premises.objects.count(), Upload.objects.count(), Person.objects.count()
    assert after == before


def test_the_table_tells_days_band_truth_and_coverage(built: Demonstration) -> None:
    page = io.StringIO()
    console = Console(file=page, width=160)
    built.print(console, "http://127.0.0.1:8000/")
    text = page.getvalue()
    assert "정왕1동" in text
    assert "The 90 % band covers the truth in" in text
    assert "resident@demo.livinglab.example" in text
    assert "/energy/demo/" in text


def test_the_estimates_are_near_the_truth(built: Demonstration) -> None:
    held, of = table.coverage(built.lines())
    assert of >= 6
    assert held / of >= 0.7  # a dozen homes; the study measures hundreds


def test_the_truth_is_counted_over_the_days_of_the_estimate(
    built: Demonstration,
) -> None:
    lines: list[Line] = built.lines()
    known = [line for line in lines if line.is_covered is not None and line.plan]
    for line in known:
        assert line.plan is not None
        assert line.saving is not None
        assert line.saving.days > (200 if line.plan.story == Story.LONG_GAP else 300)
        if line.plan.is_comparison:
            assert line.true_kwh == 0


def test_the_plan_is_the_same_every_time_and_twelve_months_old() -> None:
    places = seeds()["places"]
    plans = plan_homes(places, TODAY, seed=5)
    assert plans == plan_homes(places, TODAY, seed=5)
    assert len(plans) == 302
    assert sum(plan.is_comparison for plan in plans) == 60
    for plan in plans:
        if plan.story != Story.COLLECTING:
            assert plan.joined_on <= date(2025, 11, 1)
            assert plan.joined_on - plan.first_day >= timedelta(365)

"""`manage.py savings recompute`, and what wakes the computing."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from livinglab.energy.models import EVERY_MONTH, Saving, SavingsDue
from livinglab.energy.services import savings
from livinglab.energy.tasks.savings import begin_the_night, sweep_due_savings
from livinglab.observations.events import weather_changed
from tests import make
from tests.energy import savings_world as lab

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    told = StringIO()
    call_command("savings", *words, stdout=told)
    return told.getvalue()


def test_everything_is_computed_from_the_facts() -> None:
    world = lab.world(homes=2)
    told = run("recompute")
    assert "2/2" in told
    assert Saving.objects.filter(premises=world.homes[1]).exists()
    assert lab.due() == set()


def test_an_unfinished_run_is_gone_on_with() -> None:
    lab.world(homes=4)
    savings.mark_everything_due()
    savings.compute_next(most=1)
    SavingsDue.objects.claim(seconds=600)
    told = run("recompute")
    assert "3/3" in told
    assert lab.due() == set()


def test_an_unfinished_run_can_be_begun_again() -> None:
    lab.world(homes=3)
    savings.mark_everything_due()
    savings.compute_next(most=1)
    assert "3/3" in run("recompute", "--anew")


def test_one_home_or_one_city_can_be_chosen() -> None:
    world = lab.world(homes=2)
    make.premises(neighbourhood=make.neighbourhood("2714074200"))
    assert "1/1" in run("recompute", "--home", str(world.homes[0].pk))
    assert "2/2" in run("recompute", "--city", "siheung")
    with pytest.raises(CommandError):
        run("recompute", "--city", "atlantis")


def test_the_status_tells_how_many_wait() -> None:
    lab.world(homes=2)
    savings.mark_everything_due()
    assert "2" in run("status")


def test_a_sweep_computes_what_a_lost_message_left() -> None:
    lab.world(homes=1)
    savings.mark_everything_due()
    sweep_due_savings()
    assert lab.due() == set()
    assert Saving.objects.exists()


def test_the_night_computes_what_an_older_method_made() -> None:
    world = lab.world(homes=1)
    savings.mark_everything_due()
    lab.compute_all()
    baseline = world.homes[0].baseline
    type(baseline).objects.update(method="caltrack2-old/1")
    begin_the_night()
    baseline.refresh_from_db()
    assert baseline.method == "caltrack2-daily-0.5c/2"


def test_a_mark_wakes_the_computing_after_the_commit(
    django_capture_on_commit_callbacks,
) -> None:
    world = lab.world(homes=1)
    with django_capture_on_commit_callbacks(execute=True):
        savings.mark_due(world.homes[0], date(2025, 7, 1), date(2025, 7, 1), "upload")
    assert lab.due() == set()
    assert Saving.objects.filter(premises=world.homes[0]).exists()


def test_announced_weather_marks_the_homes_it_concerns() -> None:
    world = lab.world(homes=1)
    weather_changed.send_robust(
        None, station_id=world.station.pk, days=(date(2024, 8, 8),)
    )
    assert lab.due() == {(world.homes[0].pk, EVERY_MONTH)}


def test_a_computed_home_is_announced_by_name_alone(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    heard: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "livinglab.energy.listeners.announce_all",
        lambda names, what: heard.extend((name, what) for name in names),
    )
    world = lab.world(homes=1)
    savings.mark_everything_due()
    with django_capture_on_commit_callbacks(execute=True):
        lab.compute_all()
    assert (f"premises:{world.homes[0].pk}", "savings") in heard


def test_few_questions_serve_many_homes(django_assert_max_num_queries) -> None:
    lab.world(homes=20)
    savings.mark_everything_due()
    with django_assert_max_num_queries(50):
        savings.compute_next()

"""Goals over HTTP, and the seeds behind them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from livinglab.goals.models import Goal
from livinglab.goals.registry import Counted, Period
from livinglab.goals.seeding import seed_goals
from livinglab.goals.services import record_measurement

PROMISED = {
    "SH-N1": (0, -20),
    "SH-N2": (0, -10),
    "SH-E1": (0, -5),
    "SH-E2": (0, -2),
    "DG-T1": (21.9, 32.4),
    "DG-S1": (29.3, 90),
    "DG-A1": (0, 90),  # named by the programme without a number: our proposal
}
EFFECTS = {"SH-N1", "SH-N2", "DG-A1"}


def test_the_goals_of_the_programme_are_there(seeded: str, client: Client) -> None:
    rows = client.get("/api/v1/goals/").json()
    assert {r["code"]: (r["baseline"], r["target"]) for r in rows} == PROMISED
    assert {r["code"] for r in rows if r["kind"] == "effect"} == EFFECTS
    assert all(row["latest"] is None and row["verdict"] == "none" for row in rows)


def test_seeding_again_keeps_what_people_changed(household: Goal) -> None:
    household.responsible = "에너지팀"
    household.save()
    seed_goals(Path(settings.SEEDS_DIR))
    household.refresh_from_db()
    assert household.responsible == "에너지팀"
    assert Goal.objects.count() == 7


def test_the_newest_measurement_and_what_may_be_said(
    household: Goal, client: Client
) -> None:
    for month, value in ((9, -8.0), (10, -10.0), (11, -12.0)):
        counted = Counted(value, 20, low=value - 2, high=value + 2)
        record_measurement(household, Period(f"2026-{month:02}"), counted, method="1")
    row = client.get("/api/v1/goals/?city=siheung").json()[0]
    assert row["latest"]["period"] == "2026-11"
    assert (row["progress"], row["verdict"]) == (0.6, "on_the_way")

    year = Counted(-11.0, 20, low=-12.0, high=-10.0)
    record_measurement(household, Period("2026"), year, method="1")
    detail = client.get("/api/v1/goals/SH-N1/").json()
    assert detail["latest"]["period"] == "2026"
    assert [m["period"] for m in detail["history"]] == ["2026-09", "2026-10", "2026-11"]
    assert detail["trap_ko"]


def test_below_three_periods_it_is_too_early(household: Goal, client: Client) -> None:
    record_measurement(
        household, Period("2026-11"), Counted(-21.0, 20, -22.0, -20.5), method="1"
    )
    assert client.get("/api/v1/goals/SH-N1/").json()["verdict"] == "too_early"


def test_goals_and_their_measurements_take_two_queries(
    household: Goal, client: Client, django_assert_num_queries: Any
) -> None:
    for month in range(1, 12):
        key = Period(f"2026-{month:02}")
        record_measurement(household, key, Counted(-1.0, 20), method="1")
    with django_assert_num_queries(2):
        client.get("/api/v1/goals/")


def test_unknown_goals_and_cities_are_not_found(seeded: str, client: Client) -> None:
    assert client.get("/api/v1/goals/XX-1/").status_code == 404
    assert client.get("/api/v1/goals/?city=seoul").status_code == 404

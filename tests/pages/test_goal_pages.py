"""목표: bars with what stands behind them; effect and context never in one list."""

import csv
import io
from datetime import date

import pytest

from livinglab.goals.models import Goal, Measurement
from tests import make


def a_goal(code="SH-T1", kind="effect", **more):
    facts = {
        "city": make.city(), "name_ko": "가정 전기요금", "name_en": "Household bill",
        "direction": "down", "unit": "%", "baseline": 0, "target": -20,
        "source_ko": "보도자료", "source_en": "press release",
    }  # fmt: skip
    return Goal.objects.create(code=code, kind=kind, **{**facts, **more})


def measured(goal, value, period="2026-10"):
    return Measurement.objects.create(
        goal=goal, period=period, first_day=date(2026, 10, 1),
        last_day=date(2026, 10, 31), value=value, low=value - 2, high=value + 2,
        units=231, method="caltrack-2.0/1", source="231 homes",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_goal_shows_baseline_now_target_and_who_stands_behind_it(client):
    measured(a_goal(), -12.4)
    text = client.get("/goals/").text
    for said in ("−12.4 %", "시작 0 %", "목표 −20 %", "231곳", "2026년 10월"):
        assert said in text


@pytest.mark.django_db
def test_a_goal_nobody_measured_shows_no_number(client):
    a_goal()
    text = client.get("/goals/").text
    assert "아직 재지 못했어요" in text
    assert "ll-goal-bar" not in text


@pytest.mark.django_db
def test_effect_and_context_are_in_lists_of_their_own(client):
    a_goal()
    a_goal("SH-T2", "context", name_ko="미세먼지")
    effect, context = client.get("/goals/").text.split("도시의 상태")
    assert "가정 전기요금" in effect
    assert "미세먼지" not in effect
    assert "미세먼지" in context


@pytest.mark.django_db
def test_a_reached_goal_says_so(client):
    measured(a_goal(), -21)
    assert "달성" in client.get("/goals/").text


@pytest.mark.django_db
def test_the_page_of_a_goal_says_how_it_is_measured(client):
    goal = a_goal(definition_ko="고정 요금표 기준", trap_ko="날씨 탓일 수 있어요")
    measured(goal, -12.4)
    text = client.get(f"/goals/{goal.code}/").text
    for said in (
        "고정 요금표 기준",
        "날씨 탓일 수 있어요",
        "caltrack-2.0/1",
        "보도자료",
    ):
        assert said in text


@pytest.mark.django_db
def test_an_unknown_goal_is_not_found(client):
    assert client.get("/goals/none/").status_code == 404


@pytest.mark.django_db
def test_the_csv_holds_every_measurement_and_empty_goals_too(client):
    measured(a_goal(), -12.4)
    a_goal("SH-T2")
    text = client.get("/goals/goals.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["value"] for row in rows] == ["-12.4", ""]


@pytest.mark.django_db
@pytest.mark.parametrize("goals", [1, 10])
def test_the_list_asks_the_same_few_questions_for_ten_times_the_goals(
    goals, client, django_assert_max_num_queries
):
    for n in range(goals):
        measured(a_goal(f"SH-T{n}"), -n)
    with django_assert_max_num_queries(4):
        client.get("/goals/")

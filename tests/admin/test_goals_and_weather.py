"""What coordinators change: sheets, surveys, weather files, roles."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from livinglab.goals.models import Goal, Measurement
from livinglab.goals.registry import Counted, Period
from livinglab.goals.seeding import seed_goals
from livinglab.goals.services import record_measurement
from livinglab.observations.models import DailyWeather, WeatherFetch
from livinglab.people.models import Person, Role
from livinglab.places.models import City
from tests import make
from tests.admin.conftest import changelist, page_of

ADD = f"{changelist(Measurement)}add/"
LOAD = "/admin/observations/station/load/"


@pytest.fixture
def goals(siheung: City, daegu: City) -> str:
    return seed_goals(Path(settings.SEEDS_DIR))


@pytest.fixture
def as_daegu(client: Client, daegu_coordinator: Person) -> Client:
    client.force_login(daegu_coordinator)
    return client


def survey_of(goal: Goal, **facts: Any) -> dict[str, Any]:
    survey = {"goal": goal.pk, "period": "2025", "value": "24.1", "units": "3200"}
    return survey | {"low": "", "high": "", "source": "교통조사 2025"} | facts


def test_the_coordinator_types_a_survey_in(goals: str, as_daegu: Client) -> None:
    goal = Goal.objects.get(code="DG-T1")
    assert as_daegu.post(ADD, survey_of(goal)).status_code == 302
    found = Measurement.objects.get()
    assert (found.value, found.method, found.source) == (
        24.1,
        "by hand",
        "교통조사 2025",
    )

    facts = survey_of(goal, value="24.4")
    assert as_daegu.post(page_of(found), facts).status_code == 302
    assert Measurement.objects.get().value == 24.4


@pytest.mark.parametrize(
    "odd", [{"period": "2025-13"}, {"low": "30", "high": "40"}, {"source": ""}]
)
def test_a_survey_that_contradicts_itself_is_not_stored(
    odd: dict[str, str], goals: str, as_daegu: Client
) -> None:
    goal = Goal.objects.get(code="DG-T1")
    as_daegu.post(ADD, survey_of(goal, **odd))
    assert not Measurement.objects.exists()


def test_another_citys_goal_takes_no_value(goals: str, as_daegu: Client) -> None:
    as_daegu.post(ADD, survey_of(Goal.objects.get(code="SH-E1")))
    assert not Measurement.objects.exists()


def test_a_counted_value_is_not_changed_by_hand(
    goals: str, as_coordinator: Client
) -> None:
    goal = Goal.objects.get(code="SH-N1")
    counted = record_measurement(goal, Period("2025"), Counted(-1.0, 20), method="1")
    as_coordinator.post(page_of(counted), survey_of(goal, value="-20"))
    assert Measurement.objects.get().value == -1.0


def test_the_sheet_of_the_own_citys_goal_is_corrected(
    goals: str, as_coordinator: Client
) -> None:
    goal = Goal.objects.get(code="SH-N1")
    page = as_coordinator.get(page_of(goal))
    sheet = {
        name: value
        for name, value in page.context["adminform"].form.initial.items()
        if value is not None
    }
    sheet |= {
        "measurements-TOTAL_FORMS": 0,
        "measurements-INITIAL_FORMS": 0,
        "responsible": "에너지팀",
        "code": "HACK",
    }
    assert as_coordinator.post(page_of(goal), sheet).status_code == 302
    goal.refresh_from_db()
    assert (goal.responsible, goal.code) == ("에너지팀", "SH-N1")
    other = Goal.objects.get(code="DG-T1")
    assert as_coordinator.get(page_of(other)).status_code == 404


def weather(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("weather.csv", text.encode("cp949"))


GOOD = "지점,지점명,일시,평균기온(°C)\n143,대구,2026-01-01,-1.2\n"


def test_a_weather_file_is_looked_at_first_and_then_stored(as_daegu: Client) -> None:
    make.station(143)
    looked = as_daegu.post(LOAD, {"file": weather(GOOD), "source": "kma"})
    assert looked.context["found"]["days"] == 1
    assert not DailyWeather.objects.exists()

    facts = {"file": weather(GOOD), "source": "kma", "store": "1"}
    assert as_daegu.post(LOAD, facts).status_code == 302
    assert DailyWeather.objects.get().tmean == -1.2


def test_a_file_that_is_no_weather_is_refused_with_a_sentence(as_daegu: Client) -> None:
    answer = as_daegu.post(
        LOAD, {"file": weather("<html>"), "source": "kma", "store": 1}
    )
    assert answer.status_code == 200
    assert list(answer.context["messages"])
    assert not DailyWeather.objects.exists()


def test_generated_weather_cannot_be_uploaded(as_daegu: Client) -> None:
    make.station(143)
    facts = {"file": weather(GOOD), "source": "generated", "store": "1"}
    as_daegu.post(LOAD, facts)
    assert not DailyWeather.objects.exists()


def test_evaluators_load_no_weather(as_evaluator: Client) -> None:
    assert as_evaluator.get(LOAD).status_code == 403


def test_a_fetch_that_needed_a_person_is_tried_again(as_coordinator: Client) -> None:
    fetch = WeatherFetch.objects.create(
        station=make.station(112),
        first="2026-01-01",
        last="2026-01-02",
        state=WeatherFetch.State.NEEDS_PERSON,
    )
    as_coordinator.post(
        changelist(WeatherFetch),
        {"action": "try_again", "_selected_action": [fetch.pk]},
    )
    assert WeatherFetch.objects.due().exists()


def test_the_operator_gives_roles_and_nobody_else(
    as_operator: Client, stranger: Person, siheung: City
) -> None:
    facts = {"person": stranger.pk, "kind": "coordinator", "city": siheung.pk}
    assert as_operator.post(f"{changelist(Role)}add/", facts).status_code == 302
    assert stranger.roles.get().kind == "coordinator"


def test_a_coordinator_gives_no_roles(
    as_coordinator: Client, stranger: Person, siheung: City
) -> None:
    facts = {"person": stranger.pk, "kind": "coordinator", "city": siheung.pk}
    assert as_coordinator.post(f"{changelist(Role)}add/", facts).status_code == 403
    assert not stranger.roles.exists()

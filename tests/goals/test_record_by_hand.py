"""Values that others measured: who may type them in, and what is refused."""

import pytest

from livinglab.goals.errors import CountedByItself, MeasurementRefused
from livinglab.goals.models import Goal
from livinglab.goals.registry import Counted, Period, indicator
from livinglab.goals.services import change_goal, record_by_hand
from livinglab.kernel.errors import NotAllowed
from livinglab.people.models import Person

SURVEY = Counted(value=24.1, units=3200, source="travel survey 2025")


def test_the_coordinator_of_the_city_records_a_survey(
    survey: Goal, daegu_coordinator: Person
) -> None:
    found = record_by_hand(survey, "2025", SURVEY, by=daegu_coordinator)
    assert (found.value, found.method, found.has_band) == (24.1, "by hand", False)


def test_nobody_else_may(survey: Goal, coordinator: Person, stranger: Person) -> None:
    for person in (coordinator, stranger):
        with pytest.raises(NotAllowed):
            record_by_hand(survey, "2025", SURVEY, by=person)
        with pytest.raises(NotAllowed):
            change_goal(survey, by=person, responsible="me")
    assert not survey.measurements.exists()


def test_a_goal_the_lab_counts_takes_no_typed_value(
    household: Goal, coordinator: Person
) -> None:
    @indicator("SH-N1", version="1")
    def household_bill(city_id: int, period: Period) -> Counted | None:
        return None

    with pytest.raises(CountedByItself):
        record_by_hand(household, "2025", SURVEY, by=coordinator)


@pytest.mark.parametrize("period", ["", "25", "2025-13", "2025-1", "2025-01-01"])
def test_a_period_is_a_year_or_a_month(
    survey: Goal, daegu_coordinator: Person, period: str
) -> None:
    with pytest.raises(MeasurementRefused):
        record_by_hand(survey, period, SURVEY, by=daegu_coordinator)


def test_a_value_without_a_source_is_refused(
    survey: Goal, daegu_coordinator: Person
) -> None:
    with pytest.raises(MeasurementRefused):
        record_by_hand(survey, "2025", Counted(24.1, 10), by=daegu_coordinator)


def test_the_coordinator_corrects_the_sheet(
    survey: Goal, daegu_coordinator: Person
) -> None:
    change_goal(survey, by=daegu_coordinator, responsible="교통정책과")
    survey.refresh_from_db()
    assert survey.responsible == "교통정책과"
    with pytest.raises(ValueError, match="sheet"):
        change_goal(survey, by=daegu_coordinator, code="X")

"""Several processes at once: everything is told once, every step is taken once."""

import pytest
from django.db import connection

from tests.apart import apart
from tests.issues import merge_race
from tests.issues.desk_race import COORDINATORS, race
from tests.issues.once import FIXED, LATE, hunt
from tests.notifications.mail_log import SETTINGS


@pytest.mark.django_db(transaction=True)
def test_five_workers_and_a_jump_over_a_holiday_tell_once(tmp_path):
    log = {"MAIL_LOG": str(tmp_path / "mail.log")}
    found = apart(hunt, folder=tmp_path, on_server=True, **SETTINGS | log)

    assert found["database"] == connection.vendor
    assert found["exit_codes"] == [0] * 5
    assert (found["late"], found["late_told"]) == (LATE, LATE)
    assert found["told_on"] == ["2026-09-28"]  # neither before nor on the holiday
    assert found["unasked"] == 0
    for who in ("reporter", "neighbour"):
        assert found["told"][f"{who} issues.closed"] == FIXED
        assert found["told"][f"{who} issues.still_fixed"] == FIXED
        assert found["told"][f"{who} issues.outcome"] == 1
    assert found["told"]["neighbour issues.places"] == 1


@pytest.mark.django_db(transaction=True)
def test_of_coordinators_at_the_same_moment_one_wins_and_no_word_is_lost(tmp_path):
    found = apart(race, folder=tmp_path, on_server=True, **SETTINGS)

    assert found["database"] == connection.vendor
    assert found["exit_codes"] == [0] * COORDINATORS
    for told in found["reports"]:
        assert sorted(told["answers"]) == ["told"] * (COORDINATORS - 1) + ["won"]
        assert told["version"] == 1
        assert told["words"] == [told["of_the_winner"]]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_join_the_same_reports_one_is_told_and_none_is_lost(tmp_path):
    found = apart(merge_race.race, folder=tmp_path, on_server=True, **SETTINGS)

    assert found["database"] == connection.vendor
    assert found["exit_codes"] == [0, 0]
    assert found["pairs"] == [["told", "won"]] * merge_race.PAIRS
    assert found["left_on_a_copy"] == 0
    assert found["copies"] == found["won"]

"""Five workers, a clock jump over a holiday: everything is told once."""

import threading
from datetime import date

import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from livinglab.issues.services.answering import answer_issue
from livinglab.issues.services.following import follow_place
from livinglab.issues.services.news import tell_of_places
from livinglab.issues.services.reminding import remind_of_late_work
from livinglab.issues.services.telling import changes_to_tell, tell_of_change
from livinglab.issues.services.verdicts import ask_verdict, due_verdicts
from livinglab.notifications.models import Notice
from tests import make
from tests.apart import apart
from tests.issues import world
from tests.issues.once import FIXED, LATE, hunt
from tests.notifications.mail_log import SETTINGS


@pytest.mark.django_db(transaction=True)
def test_five_workers_and_a_jump_over_a_holiday_tell_once(tmp_path):
    log = {"MAIL_LOG": str(tmp_path / "mail.log")}
    found = apart(hunt, folder=tmp_path, **SETTINGS | log)

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
def test_five_threads_on_postgresql_tell_once(resident, neighbour, coordinator):
    if connection.vendor != "postgresql":
        pytest.skip("one SQLite in memory has no five connections")
    start = threading.Barrier(5)

    def work():
        start.wait()
        for change in changes_to_tell():
            tell_of_change(change)
        for verdict in due_verdicts():
            ask_verdict(verdict)
        remind_of_late_work()
        tell_of_places()
        connections.close_all()

    with time_machine.travel("2026-09-28 09:05+09:00"):
        follow_place("동네", neighbourhood=make.neighbourhood(), by=neighbour)
        for _n in range(LATE):
            world.issue(due_on=date(2026, 9, 23), answered_at=timezone.now())
        mended = world.issue(resident, due_on=date(2026, 12, 31))
        answer_issue(mended, "resolved", words="메웠어요.", by=coordinator)
        mended.changes.update(told_at=None)
        mended.verdicts.all().delete()
        Notice.objects.all().delete()
        threads = [threading.Thread(target=work) for _n in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    late = Notice.objects.filter(kind="issues.escalated")
    assert sum(notice.facts["count"] for notice in late) == LATE
    assert Notice.objects.filter(kind="issues.closed").count() == 1
    assert Notice.objects.filter(kind="issues.places").count() == 1

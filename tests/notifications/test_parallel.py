"""Many workers at once, and workers that are killed: nothing goes out twice."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection, connections

from livinglab.notifications.models import Delivery
from livinglab.notifications.services.sending import deliver_due
from tests.apart import apart
from tests.notifications.hunt import deaths, parallel
from tests.notifications.mail_log import SETTINGS
from tests.notifications.test_notify import tell


@pytest.fixture
def real_time(noon: time_machine.Traveller) -> None:
    """Leases end and workers die by the clock of the machine."""
    noon.move_to(time_machine.escape_hatch.time.time(), tick=True)


def hunt(folder: Path, work: Callable[..., Any], *numbers: int) -> dict[str, Any]:
    """Workers in a process and a database of their own."""
    log = {"MAIL_LOG": str(folder / "mail.log")}
    found: dict[str, Any] = apart(work, *numbers, folder=folder, **SETTINGS | log)
    return found


@pytest.mark.django_db(transaction=True)
def test_five_times_the_same_task_is_one_message_a_channel(tmp_path, real_time):
    found = hunt(tmp_path, parallel, 5)

    assert found["exit_codes"] == [0] * 5
    assert found["notices"] == 6
    assert found["states"] == {"push sent": 6, "email sent": 6, "sms sent": 6}
    assert found["posts"] == {"/sms": 6, "/1": 2, "/2": 2, "/3": 2}
    assert (found["taken"], found["twice"]) == (6, 0)


def assert_all_sent_or_explained(found: dict[str, Any], notices: int) -> None:
    states = found["states"]
    unknown = states.get("email unknown", 0)
    assert found["exit_codes"] == [0, 0]
    assert found["dead"] > 0
    assert found["notices"] == notices
    assert found["twice"] == 0
    assert found["sent_but_not_taken"] == 0
    assert found["taken_but_explained_away"] == 0
    assert states["email skipped"] == notices / 10
    assert states["email sent"] + unknown == notices - notices / 10
    assert unknown <= found["dead"]  # each death interrupts one message at most


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_sends_nothing_twice(tmp_path, real_time):
    found = hunt(tmp_path, deaths, 60, 2, 4, 3)
    assert_all_sent_or_explained(found, 120)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_notices_to_five_thousand_people_survive_kill_9(
    tmp_path, real_time
):
    found = hunt(tmp_path, deaths, 5000, 2, 25, 1)
    print(found)
    assert_all_sent_or_explained(found, 10_000)


@pytest.mark.django_db(transaction=True)
def test_five_threads_on_postgresql_are_one_message(resident):
    if connection.vendor != "postgresql":
        pytest.skip("one SQLite in memory has no five connections")
    start = threading.Barrier(5)

    def task():
        start.wait()
        tell(resident)
        deliver_due()
        connections.close_all()

    threads = [threading.Thread(target=task) for _n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Delivery.objects.count() == 1
    assert len(mail.outbox) == 1

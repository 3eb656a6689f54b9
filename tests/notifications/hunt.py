"""Workers side by side, and workers that die, over one database file.

`parallel(processes)` and `deaths(people, events, kills, seed)` run apart
(tests/apart.py) and answer what was found.
"""

import os
import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.template.loader import render_to_string
from django.utils import timezone, translation

from livinglab.notifications.kinds import _kinds
from livinglab.notifications.models import (
    Delivery,
    MobileNumber,
    Notice,
    Rhythm,
)
from livinglab.notifications.services import Told, notify_all, sending
from livinglab.notifications.services.browsers import Address, subscribe
from livinglab.people.models import Person
from tests.notifications import kinds
from tests.notifications.doubles import Browser, serving

OPEN = (Delivery.State.DUE, Delivery.State.SENDING)
WORKERS = 2


def build(people: int) -> None:
    for declared in kinds.ALL:
        _kinds.setdefault(declared.name, declared)
    Person.objects.bulk_create(
        Person(email=f"person{number}@example.org") for number in range(people)
    )
    Rhythm.objects.bulk_create(  # nobody sleeps, nobody has enough
        Rhythm(person=person, quiet_from=0, quiet_until=0, weekly_most=0)
        for person in Person.objects.all()
    )
    with translation.override("ko"):  # so that workers need not begin cold
        for name in ("letter.txt", "letter.html"):
            render_to_string(f"notifications/{name}")
    connections.close_all()


def tell(events: int) -> None:
    """The task that is run again and again: every tenth notice is void by now."""
    people = list(Person.objects.order_by("pk"))
    for event in range(events):
        told = [
            Told(p, f"e{event}", {"what": "rain", "gone": (p.pk + event) % 10 == 0})
            for p in people
        ]
        notify_all(told, kind="test.news")


def work(events: int) -> None:
    tell(events)
    while Delivery.objects.filter(state__in=OPEN).exists():
        if not sending.deliver_due():
            time.sleep(0.05)


def in_a_process(do: Callable[[], None]) -> int:
    """Fork; the child does its work and leaves without any of the parent's goodbyes."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        do()
        status = 0
    except BaseException:  # nobody else would hear of it
        traceback.print_exc()
    finally:
        os._exit(status)


def wait_for(pids: list[int]) -> list[int]:
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]


def parallel(processes: int = 5) -> dict[str, Any]:
    """The same task in several processes at once: one message a channel."""
    build(people=3)
    with serving() as double:
        settings.PUSH_HOSTS = ["127.0.0.1"]
        settings.SMS_GATEWAY = "http"
        settings.SMS_GATEWAY_URL = f"{double.url}/sms"
        for person in Person.objects.all():
            MobileNumber.objects.create(
                person=person, number="01012345678", confirmed_at=timezone.now()
            )
            subscribe(person, Address(f"{double.url}/{person.pk}", **Browser().keys))
        connections.close_all()
        codes = wait_for([in_a_process(lambda: work(2)) for _p in range(processes)])
        posts = Counter(request["path"] for request in double.taken)
    return {"exit_codes": codes, "posts": posts} | report()


def deaths(people: int, events: int, kills: int, seed: int) -> dict[str, Any]:
    """Two workers; again and again one of them is killed and another one begins."""
    build(people)
    sending.LEASE_S = 2  # so that the living need not wait long for the dead
    draw = random.Random(seed)
    began = time.monotonic()
    workers = [in_a_process(lambda: work(events)) for _worker in range(WORKERS)]
    dead = 0
    for _kill in range(kills):
        time.sleep(draw.uniform(0.2, 0.2 + people * events / 100 / kills))
        victim = workers.pop(draw.randrange(WORKERS))
        os.kill(victim, signal.SIGKILL)
        dead += wait_for([victim]) == [-signal.SIGKILL]
        workers.append(in_a_process(lambda: work(events)))
    codes = wait_for(workers)
    seconds = round(time.monotonic() - began, 1)
    return {"exit_codes": codes, "dead": dead, "seconds": seconds} | report()


def report() -> dict[str, Any]:
    """What the rows say against what the mail server took."""
    letters = Path(settings.MAIL_LOG)
    log = letters.read_text().split() if letters.exists() else []
    taken = Counter(line.strip("<>").split("@")[0] for line in log)
    rows = list(Delivery.objects.values_list("channel", "state", "key"))
    told = [(state, str(key)) for channel, state, key in rows if channel == "email"]
    return {
        "notices": Notice.objects.count(),
        "states": Counter(f"{channel} {state}" for channel, state, _key in rows),
        "twice": sum(count > 1 for count in taken.values()),
        "sent_but_not_taken": sum(s == "sent" and not taken[key] for s, key in told),
        "taken_but_explained_away": sum(
            s in {"skipped", "failed", "due"} and taken[key] > 0 for s, key in told
        ),
        "taken": len(taken),
    }

"""People around one's own data: a helper who acts, one who leaves, one who has left."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from livinglab.energy.models import Premises
from livinglab.people.models import Act, Download, Helping, Leaving, Person
from livinglab.people.services import log_read
from livinglab.people.services.helping import accept_help, confirm_help, invite_helper
from livinglab.people.services.leaving import ask_to_leave, erase_due_leavers
from tests import make


def around(person: Person, staff: Person) -> dict[str, Any]:
    """Give the person a log, a file and a helper; ids and people by name."""
    for what in ("사용량 · 우리집", "고지서 · 우리집", "계량기 · 우리집"):
        log_read(person, by=staff, what=what, why="관리 화면")
    helper = make.resident("dowoom@example.org", name="도움이")
    helping = _helped(person, helper)
    Act.objects.create(
        helping=helping,
        person=person,
        helper=helper,
        area="energy",
        rule="energy.add_usage",
        thing="우리집",
    )
    waiting = _waiting(person)
    now = timezone.now()
    download = Download(person=person, state=Download.State.READY, size=482_113)
    download.ready_at, download.expires_at = now, now + timedelta(days=7)
    download.file.save(f"{download.key}.zip", ContentFile(b"zip"), save=False)
    download.save()
    return {
        "helping": helping.pk,
        "waiting": waiting.pk,
        "proof": _somebody_left(staff),
        "helper": helper,
        "leaving": _somebody_leaves(),
    }


def _helped(person: Person, helper: Person) -> Helping:
    until = timezone.localdate() + timedelta(days=80)
    _made, code = invite_helper(person, areas=["energy", "notices"], until=until)
    return confirm_help(accept_help(code, by=helper), by=person)


def _waiting(person: Person) -> Helping:
    until = timezone.localdate() + timedelta(days=20)
    other = make.resident("sarang@example.org", name="사랑이")
    _made, code = invite_helper(person, areas=["notices"], until=until)
    return accept_help(code, by=other)


def _somebody_leaves() -> Person:
    person = make.resident("tteonam@example.org", name="떠남이")
    ask_to_leave(person)
    return Person.objects.get(pk=person.pk)


def _somebody_left(staff: Person) -> str:
    person = make.resident("gatda@example.org", name="갔다")
    home: Premises = make.premises(person)
    make.meter(home)
    log_read(person, by=staff, what="집", why="관리 화면")
    leaving = ask_to_leave(person)
    Leaving.objects.filter(pk=leaving.pk).update(erase_at=timezone.now())
    erase_due_leavers()
    return leaving.number

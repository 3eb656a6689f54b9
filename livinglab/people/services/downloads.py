"""Everything about me in one file: asked for, made behind, gone after a week."""

import tempfile
from datetime import timedelta

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.kernel.telling import tell
from livinglab.people.errors import DownloadRefused
from livinglab.people.events import download_asked
from livinglab.people.models import Download, Person
from livinglab.people.services.archive import write_archive
from livinglab.people.services.files import erase_file_later

LEASE_S = 900
MOST_ATTEMPTS = 5
KEPT = timedelta(days=7)
MOST_A_DAY = 3

State = Download.State


@transaction.atomic
def ask_download(person: Person) -> Download:
    """Have everything put together; one at a time, three a day."""
    require(person, "people.settle_own_affairs", person)
    mine = Download.objects.select_for_update().filter(person=person)
    if mine.filter(state=State.DUE).exists():
        raise DownloadRefused(
            _("Your file is being made already. You will be told when it is ready.")
        )
    since = timezone.now() - timedelta(days=1)
    if mine.filter(asked_at__gt=since).count() >= MOST_A_DAY:
        raise DownloadRefused(
            _("You asked three times today. Please ask again tomorrow.")
        )
    download = Download.objects.create(person=person)
    after_commit(download_asked.send_robust, Download, download_id=download.pk)
    return download


def make_download(download_id: int) -> Download | None:
    """Make one file that is due; None when it is not free. A death leaves it due."""
    due = Download.objects.due().filter(pk=download_id)
    if not due.claim(seconds=LEASE_S):
        return None
    download: Download = Download.objects.select_related("person").get(pk=download_id)
    if download.attempts > MOST_ATTEMPTS:
        return _give_up(download)
    name = f"downloads/{download.key}.zip"
    default_storage.delete(name)  # what an earlier try may have left
    with tempfile.TemporaryFile() as scratch:
        write_archive(download.person, scratch)
        size = scratch.tell()
        scratch.seek(0)
        default_storage.save(name, File(scratch))
    return _finish(download, name, size)


@transaction.atomic
def _finish(download: Download, name: str, size: int) -> Download | None:
    """Note the file and tell; who left meanwhile gets neither."""
    now = timezone.now()
    changed = (
        Download.objects.due()
        .filter(pk=download.pk)
        .update(
            state=State.READY,
            file=name,
            size=size,
            ready_at=now,
            expires_at=now + KEPT,
            claimed_until=None,
        )
    )
    if not changed:
        erase_file_later(name)
        return None
    tell(
        download.person,
        kind="people.download_ready",
        event=f"download:{download.pk}",
        facts={"download": download.pk},
        about=f"download:{download.pk}",
    )
    download.refresh_from_db()
    return download


@transaction.atomic
def _give_up(download: Download) -> Download:
    download.state, download.claimed_until = State.FAILED, None
    download.save(update_fields=["state", "claimed_until"])
    tell(
        download.person,
        kind="people.download_failed",
        event=f"download:{download.pk}",
        facts={"download": download.pk},
        about=f"download:{download.pk}",
    )
    return download


def note_fetched(download: Download, *, by: Person) -> None:
    """Note that the owner took the file along."""
    require(by, "people.settle_own_affairs", download.person)
    Download.objects.filter(pk=download.pk, fetched_at=None).update(
        fetched_at=timezone.now()
    )


def make_due_downloads() -> int:
    """Make what a lost message or a dead worker left; how many."""
    free = Download.objects.due().free().order_by("attempts", "pk")
    waiting = list(free.values_list("pk", flat=True))
    return sum(make_download(pk) is not None for pk in waiting)


@transaction.atomic
def expire_downloads() -> int:
    """Erase files whose days are over; how many."""
    over = Download.objects.filter(state=State.READY, expires_at__lte=timezone.now())
    old = list(over.select_for_update())
    for download in old:
        erase_file_later(download.file.name)
        download.state, download.file = State.EXPIRED, ""
        download.save(update_fields=["state", "file"])
    return len(old)

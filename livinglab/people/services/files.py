"""Stored files that must go: a row says so, so that no crash leaves one behind."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from livinglab.kernel.commit import after_commit
from livinglab.people.events import files_due
from livinglab.people.models import FileToErase

LEASE_S = 120
AT_ONCE = 200
# Longer than any verb takes from writing a file to the end of its transaction.
EXPECTED = timedelta(hours=1)


def expect_files(names: Iterable[str]) -> None:
    """Note files before they are written: whatever nobody keeps is erased later."""
    until = timezone.now() + EXPECTED
    FileToErase.objects.bulk_create(
        [FileToErase(name=name, claimed_until=until) for name in names],
        ignore_conflicts=True,
    )


def keep_files(names: Iterable[str]) -> None:
    """Keep expected files, in the transaction of the row that points to them."""
    FileToErase.objects.filter(name__in=list(names)).delete()


@transaction.atomic
def erase_file_later(name: str | None) -> None:
    """Have a stored file erased once the surrounding transaction stands."""
    if not name:
        return
    # One that was expected waits no longer for whoever would have kept it.
    FileToErase.objects.update_or_create(name=name, defaults={"claimed_until": None})
    after_commit(files_due.send_robust, FileToErase)


def erase_due_files() -> int:
    """Erase what is due; how many files. Safe to run twice: gone is gone."""
    done = 0
    for pk in _waiting():
        row = FileToErase.objects.filter(pk=pk)
        if not row.claim(seconds=LEASE_S):
            continue
        due = row.first()
        if due is not None:
            default_storage.delete(due.name)
            row.delete()
            done += 1
    return done


def _waiting() -> list[int]:
    rows = FileToErase.objects.free().order_by("attempts", "pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])

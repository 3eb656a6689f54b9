"""Verbs of the inbox."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.notifications.events import inbox_changed
from livinglab.notifications.models import Notice
from livinglab.people.models import Person


@transaction.atomic
def mark_read(notice: Notice, *, by: Person) -> Notice:
    """Note that the person read a notice; the first time counts."""
    require(by, "notifications.read_notice", notice)
    _mark(Notice.objects.filter(pk=notice.pk), by)
    notice.refresh_from_db(fields=["read_at"])
    return notice


@transaction.atomic
def mark_all_read(person: Person) -> int:
    """Note that the person has seen everything that is there."""
    require(person, "notifications.read_all", person)
    return _mark(Notice.objects.visible_to(person), person)


def _mark(notices: QuerySet[Notice], person: Person) -> int:
    read = notices.filter(read_at=None).update(read_at=timezone.now())
    if read:
        after_commit(inbox_changed.send_robust, Notice, person_ids=(person.pk,))
    return read

"""What follows notices: the badge moves, the delivery wakes."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from livinglab.kernel.realtime import announce_all
from livinglab.notifications.events import inbox_changed, notices_due
from livinglab.notifications.tasks import deliver_due_notices


@receiver(inbox_changed)
def move_the_badge(sender: Any, *, person_ids: Sequence[int], **more: Any) -> None:
    announce_all((f"person:{person_id}" for person_id in person_ids), "inbox")


@receiver(notices_due)
def deliver_soon(sender: Any, **more: Any) -> None:
    deliver_due_notices.delay()

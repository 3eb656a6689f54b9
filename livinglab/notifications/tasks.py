"""What wakes the delivery of notices: the rows say which are due."""

from time import monotonic

from celery import shared_task

from livinglab.notifications.services import sending

BUDGET_S = 20.0


@shared_task
def deliver_due_notices() -> None:
    """Deliver what is due for a while, then let other work pass. Safe to run twice."""
    start = monotonic()
    while sending.deliver_due():
        if monotonic() - start > BUDGET_S:
            deliver_due_notices.delay()
            return


@shared_task
def sweep_due_notices() -> None:
    """Deliver what a lost message, a dead worker or a quiet night left."""
    deliver_due_notices()

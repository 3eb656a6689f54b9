"""What wakes the computing of outlooks: the rows say which are due."""

from time import monotonic

from celery import shared_task

from livinglab.energy.services import outlooks

BUDGET_S = 20.0


@shared_task
def compute_due_outlooks() -> None:
    """Compute what is due for a while, then let other work pass. Safe to run twice."""
    start = monotonic()
    while outlooks.compute_next_outlook() is not None:
        if monotonic() - start > BUDGET_S:
            compute_due_outlooks.delay()
            return


@shared_task
def sweep_due_outlooks() -> None:
    """Compute what a lost message left, and what looked ahead from an earlier day."""
    outlooks.mark_a_new_day()
    compute_due_outlooks()


@shared_task
def try_outlooks_again() -> None:
    """Once a night: what failed before is due again."""
    outlooks.try_outlooks_again()

"""What wakes the computing of savings: the rows say which figures are due."""

from time import monotonic

from celery import shared_task

from livinglab.energy.services import savings

BUDGET_S = 20.0


@shared_task
def compute_due_savings() -> None:
    """Compute what is due for a while, then let other work pass. Safe to run twice."""
    start = monotonic()
    while savings.compute_next() is not None:
        if monotonic() - start > BUDGET_S:
            compute_due_savings.delay()
            return


@shared_task
def sweep_due_savings() -> None:
    """Compute what a lost message or a dead worker left."""
    compute_due_savings()


@shared_task
def begin_the_night() -> None:
    """Once a night: what an older method made, and what failed before, is due again."""
    savings.try_again()
    savings.mark_method_due()
    compute_due_savings()

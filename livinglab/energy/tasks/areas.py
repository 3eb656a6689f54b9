"""What wakes the computing of areas: the rows say which are due."""

from time import monotonic

from celery import shared_task

from livinglab.energy.services import neighbourhoods

BUDGET_S = 20.0


@shared_task
def compute_due_areas() -> None:
    """Add up what is due for a while, then let other work pass. Safe to run twice."""
    start = monotonic()
    while neighbourhoods.compute_next() is not None:
        if monotonic() - start > BUDGET_S:
            compute_due_areas.delay()
            return


@shared_task
def sweep_due_areas() -> None:
    """Add up what a lost message left, and show months that are over."""
    neighbourhoods.mark_ended_months_due()
    compute_due_areas()


@shared_task
def check_areas() -> None:
    """Once a night: what another method version made, or nobody told us, is due."""
    neighbourhoods.mark_method_due()
    neighbourhoods.mark_stale_areas_due()
    compute_due_areas()

"""What wakes the telling of months whose figures stand."""

from celery import shared_task

from livinglab.energy.services import telling


@shared_task
def tell_of_ready_months() -> None:
    """Once a day: whoever a lost event left untold. Safe to run twice."""
    telling.tell_of_ready_months()

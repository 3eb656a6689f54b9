"""What the timetable and the listeners wake: the rows decide what is counted."""

from celery import shared_task
from django.utils import timezone

from livinglab.goals import services
from livinglab.goals.models import MeasurementDue


@shared_task
def measure_due_goals() -> None:
    """Tonight's plan, then every due row in a task of its own. Safe to run twice."""
    services.plan_measurements(timezone.localdate())
    sweep_due_measurements()


@shared_task
def sweep_due_measurements() -> None:
    """Wake every row that is due and free, whoever left it. Safe to run twice."""
    for due_id in MeasurementDue.objects.free().values_list("pk", flat=True):
        measure_goal.delay(due_id)


@shared_task
def measure_goal(due_id: int) -> None:
    """Count one goal for one period. Safe to run twice."""
    due = MeasurementDue.objects.filter(pk=due_id).first()
    if due is not None:
        services.measure(due)

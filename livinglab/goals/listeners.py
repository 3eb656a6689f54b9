"""What follows when a goal must be counted again."""

from typing import Any

from django.dispatch import receiver

from livinglab.goals.events import measurement_due
from livinglab.goals.tasks import sweep_due_measurements


@receiver(measurement_due)
def count_soon(sender: Any, **ids: Any) -> None:
    sweep_due_measurements.delay()

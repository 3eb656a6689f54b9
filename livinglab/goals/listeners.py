"""What follows when a goal must be counted again."""

from typing import Any

from django.dispatch import receiver

from livinglab.goals.board import forget_kept
from livinglab.goals.events import goal_measured, measurement_due
from livinglab.goals.tasks import sweep_due_measurements


@receiver(measurement_due)
def count_soon(sender: Any, **ids: Any) -> None:
    sweep_due_measurements.delay()


@receiver(goal_measured)
def show_it_at_once(sender: Any, **ids: Any) -> None:
    forget_kept()

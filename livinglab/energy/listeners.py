"""What follows energy's own events, and events of lower floors."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.dispatch import receiver

from livinglab.energy.events import savings_computed, savings_due, upload_received
from livinglab.energy.services.savings import mark_weather_due
from livinglab.energy.tasks.savings import compute_due_savings
from livinglab.energy.tasks.uploads import read_upload
from livinglab.kernel.realtime import announce
from livinglab.observations.events import weather_changed
from livinglab.observations.models import Station


@receiver(upload_received)
def read_it_soon(sender: Any, *, upload_id: int, **more: Any) -> None:
    read_upload.delay(upload_id)


@receiver(savings_due)
def compute_soon(sender: Any, **more: Any) -> None:
    compute_due_savings.delay()


@receiver(savings_computed)
def tell_who_looks_at_the_home(
    sender: Any, *, premises_ids: Sequence[int], **more: Any
) -> None:
    for premises_id in premises_ids:
        announce(f"premises:{premises_id}", "savings")


@receiver(weather_changed)
def mark_what_the_weather_moves(
    sender: Any, *, station_id: int, days: Sequence[date], **more: Any
) -> None:
    station = Station.objects.filter(pk=station_id).first()
    if station is not None:
        mark_weather_due(station, days, "weather")

"""What follows energy's own events, and events of lower floors."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.dispatch import receiver

from livinglab.energy.events import (
    areas_due,
    outlooks_due,
    savings_computed,
    savings_due,
    upload_received,
)
from livinglab.energy.services.neighbourhoods import mark_areas_of_person
from livinglab.energy.services.savings import mark_weather_due
from livinglab.energy.services.telling import tell_of_ready_months
from livinglab.energy.tasks.areas import compute_due_areas
from livinglab.energy.tasks.outlooks import compute_due_outlooks
from livinglab.energy.tasks.savings import compute_due_savings
from livinglab.energy.tasks.uploads import erase_withdrawn, read_upload
from livinglab.kernel.realtime import announce_all
from livinglab.observations.events import weather_changed
from livinglab.observations.models import Station
from livinglab.people.events import (
    consent_given,
    consent_withdrawn,
    person_left,
    person_stayed,
)
from livinglab.people.models import Consent


@receiver(upload_received)
def read_it_soon(sender: Any, *, upload_id: int, **more: Any) -> None:
    read_upload.delay(upload_id)


@receiver(consent_withdrawn)
def erase_soon(sender: Any, *, purpose: str, **more: Any) -> None:
    if purpose in (Consent.Purpose.ENERGY, Consent.Purpose.DISCOUNTS):
        erase_withdrawn.delay()


@receiver(savings_due)
def compute_soon(sender: Any, **more: Any) -> None:
    compute_due_savings.delay()


@receiver(savings_computed)
def tell_who_looks_at_the_home(
    sender: Any, *, premises_ids: Sequence[int], **more: Any
) -> None:
    announce_all((f"premises:{home}" for home in premises_ids), "savings")


@receiver(savings_computed)
def tell_of_the_month(sender: Any, *, premises_ids: Sequence[int], **more: Any) -> None:
    tell_of_ready_months(premises_ids)


@receiver(weather_changed)
def mark_what_the_weather_moves(
    sender: Any, *, station_id: int, days: Sequence[date], **more: Any
) -> None:
    station = Station.objects.filter(pk=station_id).first()
    if station is not None:
        mark_weather_due(station, days, "weather")


@receiver(outlooks_due)
def look_ahead_soon(sender: Any, **more: Any) -> None:
    compute_due_outlooks.delay()


@receiver(areas_due)
def add_up_soon(sender: Any, **more: Any) -> None:
    compute_due_areas.delay()


@receiver(savings_computed)
def add_up_when_the_last_home_is_done(sender: Any, **more: Any) -> None:
    compute_due_areas.delay()


@receiver([person_left, person_stayed])
def count_homes_of_who_stays(sender: Any, *, person_id: int, **more: Any) -> None:
    mark_areas_of_person(person_id)


@receiver(person_stayed)
def go_on_computing(sender: Any, **more: Any) -> None:
    compute_due_savings.delay()


@receiver([consent_given, consent_withdrawn])
def count_a_home_or_count_it_no_more(
    sender: Any, *, person_id: int, purpose: str, **more: Any
) -> None:
    if purpose == Consent.Purpose.NEIGHBOURHOOD:
        mark_areas_of_person(person_id)

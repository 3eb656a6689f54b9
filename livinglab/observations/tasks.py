"""What the timetable wakes: the rows decide what is done."""

from celery import shared_task
from django.utils import timezone

from livinglab.observations import services
from livinglab.observations.models import WeatherFetch


@shared_task
def fetch_due_weather() -> None:
    """Note missing days, ask for every range that is due. Safe to run twice."""
    services.announce_left_changes()
    services.plan_fetches(timezone.localdate())
    for fetch in WeatherFetch.objects.due().free().select_related("station"):
        services.fetch_weather(fetch)


@shared_task
def announce_weather_changes() -> None:
    """Tell who depends on weather what a death left untold. Safe to run twice."""
    services.announce_left_changes()

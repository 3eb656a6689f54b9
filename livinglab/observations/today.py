"""What waits for a coordinator about weather."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.dashboard import TodayCard, todays_work
from livinglab.observations.models import Station, WeatherFetch
from livinglab.places.models import Neighbourhood


@todays_work
def stations_without_fresh_days(person: Any) -> list[TodayCard]:
    if not _works(person):
        return []
    stale = _stations_of(person) & Station.objects.without_fresh_days(
        timezone.localdate()
    )
    return [
        TodayCard(
            title=_("Stations without fresh days"),
            count=stale.count(),
            url=reverse("admin:observations_station_changelist") + "?fresh=no",
            note=_("Savings wait until the weather is there. A file can be loaded."),
        )
    ]


@todays_work
def fetches_that_need_a_person(person: Any) -> list[TodayCard]:
    if not _works(person):
        return []
    stuck = WeatherFetch.objects.filter(
        state=WeatherFetch.State.NEEDS_PERSON, station__in=_stations_of(person)
    )
    return [
        TodayCard(
            title=_("Weather KMA refuses to give"),
            count=stuck.count(),
            url=reverse("admin:observations_weatherfetch_changelist")
            + "?state__exact=needs_person",
            note=_("The message of each row says what to do."),
            urgent=True,
        )
    ]


def _works(person: Any) -> bool:
    return bool(person.operates or person.coordinated_city_ids)


def _stations_of(person: Any) -> QuerySet[Station]:
    """The stations that stand for neighbourhoods of the person's cities."""
    if person.operates:
        return Station.objects.all()
    numbers = Neighbourhood.objects.filter(
        city__in=person.coordinated_city_ids
    ).values_list("station_number", flat=True)
    return Station.objects.filter(number__in=numbers)

"""Asking KMA for days: a row per range to fetch, tried until it is answered."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.permissions import require
from livinglab.observations import kma
from livinglab.observations.models import DailyWeather, Station, WeatherFetch
from livinglab.observations.readers import ServiceRefusal, WeatherFile
from livinglab.observations.services.days import store_daily_weather
from livinglab.people.models import Person

# Two years before today hold a baseline year and the year it is compared with.
FIRST_TIME_DAYS = 760
# KMA corrects values for some days; the last week is asked again each day.
AGAIN_DAYS = 7
LEASE_S = 120
PATIENCE_DAYS = 14
RETRY_MINUTES = (5, 15, 60, 180, 360)


@transaction.atomic
def plan_fetches(today: date) -> int:
    """Write down which days are missing, one range a station; off without a key."""
    if not settings.KMA_API_KEY:
        return 0
    yesterday = today - timedelta(days=1)
    waiting = WeatherFetch.objects.values_list("station_id", flat=True)
    stations = Station.objects.filter(kind=Station.Kind.ASOS).exclude(pk__in=waiting)
    planned = 0
    for station in stations:
        newest = station.newest_day
        if newest is not None and newest >= yesterday:
            continue
        back = timedelta(days=AGAIN_DAYS - 1)
        first = newest - back if newest else today - timedelta(days=FIRST_TIME_DAYS)
        planned += _plan_range(station, first, yesterday)
    return planned


def _plan_range(station: Station, first: date, last: date) -> int:
    ranges = 0
    while first <= last:
        end = min(last, first + timedelta(days=kma.DAYS_MAX - 1))
        WeatherFetch.objects.get_or_create(station=station, first=first, last=end)
        first = end + timedelta(days=1)
        ranges += 1
    return ranges


def fetch_weather(fetch: WeatherFetch) -> bool:
    """Ask for the days of one row and store them; False when another worker has it."""
    if not WeatherFetch.objects.due().filter(pk=fetch.pk).exists():
        return False
    if not WeatherFetch.objects.filter(pk=fetch.pk).claim(seconds=LEASE_S):
        return False
    fetch.refresh_from_db()
    try:
        # Outside any transaction: a slow answer must not hold the database.
        found = kma.ask_days(
            settings.KMA_API_URL,
            settings.KMA_API_KEY,
            fetch.station.number,
            fetch.first,
            fetch.last,
        )
    except ServiceRefusal as refusal:
        _put_off(fetch, refusal)
    except kma.Unreachable as reason:
        _wait(fetch, _("No answer: %(reason)s.") % {"reason": reason})
    else:
        _take(fetch, found)
    return True


@transaction.atomic
def _take(fetch: WeatherFetch, found: WeatherFile) -> None:
    """Store the days and strike the row, together."""
    days = [
        reading
        for reading in found.readings
        if reading.station in {None, fetch.station.number}
        and fetch.first <= reading.day <= fetch.last
    ]
    store_daily_weather(
        fetch.station, days, source=DailyWeather.Source.KMA, fields=found.fields
    )
    answered = max((reading.day for reading in days), default=None)
    if answered == fetch.last or _is_hopeless(fetch):
        fetch.delete()
        return
    if answered is not None:
        fetch.first = answered + timedelta(days=1)
        fetch.attempts = 1
    _wait(fetch, _("The last days are not there yet."))


def _is_hopeless(fetch: WeatherFetch) -> bool:
    """KMA will not tell these days any more: they stay missing."""
    return timezone.localdate() - fetch.last > timedelta(days=PATIENCE_DAYS)


def _put_off(fetch: WeatherFetch, refusal: ServiceRefusal) -> None:
    if refusal.is_quota:
        tomorrow = timezone.localtime() + timedelta(days=1)
        fetch.due_at = tomorrow.replace(hour=0, minute=5, second=0, microsecond=0)
        _save(fetch, _("Today's number of questions to KMA is used up."))
    elif refusal.will_pass:
        _wait(fetch, _("KMA answered with error %(code)s.") % {"code": refusal.code})
    else:
        fetch.state = WeatherFetch.State.NEEDS_PERSON
        _save(fetch, _needs_person(refusal))


def _needs_person(refusal: ServiceRefusal) -> str:
    sentences = {
        "20": _("KMA denies access: check the approval of the key at the data portal."),
        "30": _("The key is not registered: check its approval at the data portal."),
        "31": _("The key has run out: renew it at the data portal."),
        "32": _("This server's address is not registered for the key."),
    }
    return sentences.get(
        refusal.code,
        _("KMA refuses with code %(code)s.") % {"code": refusal.code},
    )


def _wait(fetch: WeatherFetch, message: str) -> None:
    minutes = RETRY_MINUTES[min(fetch.attempts, len(RETRY_MINUTES)) - 1]
    fetch.due_at = timezone.now() + timedelta(minutes=minutes)
    _save(fetch, message)


def _save(fetch: WeatherFetch, message: str) -> None:
    """An update, not a save: another worker may have finished the row meanwhile."""
    WeatherFetch.objects.filter(pk=fetch.pk).update(
        first=fetch.first,
        state=fetch.state,
        due_at=fetch.due_at,
        attempts=fetch.attempts,
        message=message[:200],
        claimed_until=None,
    )


@transaction.atomic
def ask_again(fetch: WeatherFetch, *, by: Person) -> WeatherFetch:
    """Let a row that needed a person be tried again now."""
    require(by, "observations.ask_again", fetch)
    fetch.state, fetch.due_at, fetch.attempts = (
        WeatherFetch.State.WAITING,
        timezone.now(),
        0,
    )
    fetch.save(update_fields=["state", "due_at", "attempts"])
    return fetch

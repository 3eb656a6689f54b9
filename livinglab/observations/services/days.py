"""Storing days of weather and telling who depends on them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.commit import after_commit
from livinglab.observations.errors import WeatherRefused
from livinglab.observations.events import weather_changed
from livinglab.observations.models import DailyWeather, Station, WeatherChange
from livinglab.observations.quality import quality_of
from livinglab.observations.readers import (
    FIELDS,
    DayReading,
    ServiceRefusal,
    Unreadable,
    WeatherFile,
    read_weather,
)

Source = DailyWeather.Source
# A value of a lower rank never replaces one of a higher rank.
RANK: dict[str, int] = {
    Source.GENERATED: 0,
    Source.REANALYSIS: 1,
    Source.SAMPLE: 2,
    Source.KMA: 2,
}
REFUSED_SHARE_MAX = 0.5
BATCH = 2000


@dataclass(frozen=True)
class Stored:
    """What storing did, in days; `kept` are days a better source already told."""

    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0


@transaction.atomic
def write_station(facts: dict[str, Any]) -> Station:
    """Write one station of the seeds."""
    names = ("name_ko", "name_en", "kind", "lon", "lat", "elevation_m")
    station, _new = Station.objects.update_or_create(
        number=facts["number"], defaults={name: facts[name] for name in names}
    )
    return station


@transaction.atomic
def store_daily_weather(
    station: Station,
    readings: Iterable[DayReading],
    *,
    source: str,
    fields: frozenset[str] = frozenset(FIELDS),
) -> Stored:
    """Store days of a station; the same days again change nothing.

    Real values replace generated ones, never the other way. `fields` are what the
    source speaks of: what it does not mention stays as the same rank told it.
    """
    station = Station.objects.select_for_update().get(pk=station.pk)
    given = {reading.day: reading for reading in readings}
    if not given:
        return Stored()
    known = {
        row.day: row for row in station.days.filter(day__range=(min(given), max(given)))
    }
    fresh = {
        day: _row(station, reading, known.get(day), source, fields)
        for day, reading in sorted(given.items())
        if day not in known or RANK[known[day].source] <= RANK[source]
    }
    rows = [r for day, r in fresh.items() if _facts(known.get(day)) != _facts(r)]
    _write(rows)
    _note_station(station, source)
    _leave_change(station, [r.day for r in rows if _mean(known.get(r.day)) != r.tmean])
    new = len(fresh.keys() - known.keys())
    return Stored(
        new=new,
        changed=len(rows) - new,
        same=len(fresh) - len(rows),
        kept=len(given) - len(fresh),
    )


def _row(
    station: Station,
    reading: DayReading,
    known: DailyWeather | None,
    source: str,
    fields: frozenset[str],
) -> DailyWeather:
    stays = known if known is not None and RANK[known.source] == RANK[source] else None
    values = {
        name: getattr(reading, name) if name in fields else getattr(stays, name, None)
        for name in FIELDS
    }
    whole = DayReading(reading.day, station.number, **values)
    return DailyWeather(
        station=station,
        day=reading.day,
        source=source,
        quality=quality_of(whole),
        **values,
    )


def _facts(row: DailyWeather | None) -> tuple[object, ...] | None:
    return (row.tmean, row.tmin, row.tmax, row.source) if row else None


def _mean(row: DailyWeather | None) -> float | None:
    return row.tmean if row else None


def _write(rows: Sequence[DailyWeather]) -> None:
    DailyWeather.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["station", "day"],
        update_fields=["tmean", "tmin", "tmax", "source", "quality", "fetched_at"],
    )


def _note_station(station: Station, source: str) -> None:
    """The station's freshness counts measured days only."""
    if source == Source.GENERATED:
        return
    measured = station.days.exclude(source=Source.GENERATED).exclude(tmean=None)
    station.newest_day = measured.aggregate(newest=Max("day"))["newest"]
    station.fetched_at = timezone.now()
    station.save(update_fields=["newest_day", "fetched_at"])


def _leave_change(station: Station, days: Sequence[date]) -> None:
    if not days:
        return
    change = WeatherChange.objects.create(
        station=station, days=[day.isoformat() for day in days]
    )
    after_commit(announce_change, change.pk)


def announce_change(change_id: int) -> bool:
    """Tell every listener which days changed; gone once all have heard."""
    change = WeatherChange.objects.filter(pk=change_id).first()
    if change is None:
        return True
    answers = weather_changed.send_robust(
        Station,
        station_id=change.station_id,
        days=tuple(date.fromisoformat(day) for day in change.days),
    )
    if any(isinstance(answer, Exception) for _receiver, answer in answers):
        return False
    change.delete()
    return True


def announce_left_changes() -> int:
    """Announce what a death left unannounced; how many everybody has now heard."""
    left = WeatherChange.objects.values_list("pk", flat=True)
    return sum(announce_change(change_id) for change_id in list(left))


# --- files --------------------------------------------------------------------


def read_file(content: bytes) -> WeatherFile:
    """Understand a weather file, or refuse it with a sentence; stores nothing."""
    try:
        found = read_weather(content)
    except Unreadable as why:
        raise WeatherRefused(_unreadable(why)) from why
    except ServiceRefusal as why:
        raise WeatherRefused(
            _("The file holds a refusal of the weather service: %(code)s %(message)s.")
            % {"code": why.code, "message": why.message}
        ) from why
    if not found.readings:
        raise WeatherRefused(_("The file holds no day of weather. Nothing was stored."))
    if len(found.refused) > REFUSED_SHARE_MAX * len(found.readings):
        raise WeatherRefused(
            _(
                "%(refused)s of %(rows)s rows could not be read, the first in row "
                "%(row)s. Nothing was stored."
            )
            % {
                "refused": len(found.refused),
                "rows": len(found.refused) + len(found.readings),
                "row": found.refused[0].number,
            }
        )
    return found


@transaction.atomic
def store_file(
    found: WeatherFile, *, source: str, station_number: int | None = None
) -> dict[int, Stored]:
    """Store a file's days, by station number; all stations or none."""
    days: dict[int, list[DayReading]] = defaultdict(list)
    for reading in found.readings:
        if station_number is not None and reading.station not in {None, station_number}:
            continue
        number = reading.station if station_number is None else station_number
        if number is None:
            raise WeatherRefused(
                _("The file does not name its station. Say which one it is.")
            )
        days[number].append(reading)
    if not days:
        raise WeatherRefused(
            _("The file holds nothing of station %(number)s. Nothing was stored.")
            % {"number": station_number}
        )
    stations = Station.objects.in_bulk(days, field_name="number")
    if unknown := sorted(set(days) - set(stations)):
        raise WeatherRefused(
            _("Station %(number)s is not one of ours. Nothing was stored.")
            % {"number": unknown[0]}
        )
    return {
        number: store_daily_weather(
            stations[number], rows, source=source, fields=found.fields
        )
        for number, rows in sorted(days.items())
    }


def _unreadable(why: Unreadable) -> str:
    sentences = {
        "empty": _("The file is empty."),
        "encoding": _("The file's characters are neither UTF-8 nor CP949."),
        "html": _("The file is a web page, not weather. Download the file itself."),
        "xml": _("The file is XML, but no answer of the weather service."),
        "json": _("The file is JSON, but no answer of the weather service."),
        "header": _("No header row with a date column (일시, 날짜 or date) was found."),
        "columns": _("No temperature column was found. Known are 평균기온 and tmean."),
    }
    return sentences[why.kind]

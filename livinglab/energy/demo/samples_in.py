"""The published sample meters, handed in like a resident's own files."""

from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction

from livinglab.energy.demo.cast import email_of, somebody
from livinglab.energy.demo.samples import (
    SAMPLES,
    Sample,
    daily_means,
    fetch_wheel,
    meter_csv,
)
from livinglab.energy.models import Membership, Meter, Premises
from livinglab.energy.services import uploads
from livinglab.observations.models import DailyWeather, Station
from livinglab.observations.readers import DayReading
from livinglab.observations.services import store_daily_weather, write_station
from livinglab.places.models import Neighbourhood

UNIT = {"unit": "kWh"}  # stated in the package's metadata, not in the files
NAMES = {
    900_010: ("표본 기상 0 (영국)", "Sample weather 0 (Great Britain)"),
    900_012: ("표본 기상 1·2 (영국)", "Sample weather 1 and 2 (Great Britain)"),
    900_020: ("표본 기상 (미국 일리노이)", "Sample weather (Illinois)"),
}
PLACES = {"Europe/London": (-0.1, 51.5), "America/Chicago": (-89.7, 39.8)}


def sample_email(sample: Sample) -> str:
    return email_of(f"sample-{sample.key}")


def add_samples(folder: Path, neighbourhood: Neighbourhood) -> None:
    """Every sample meter with its own weather; `NoSamples` when there is no wheel."""
    wheel = fetch_wheel(folder)
    for sample in SAMPLES:
        means = daily_means(wheel, sample)
        station = _station(sample, means)
        _hand_in(sample, meter_csv(wheel, sample), station, neighbourhood)


def _station(sample: Sample, means: dict[date, float]) -> Station:
    name_ko, name_en = NAMES[sample.station]
    lon, lat = PLACES[sample.zone]
    station = write_station(
        {
            "number": sample.station,
            "name_ko": name_ko,
            "name_en": name_en,
            "kind": Station.Kind.SAMPLE,
            "lon": lon,
            "lat": lat,
            "elevation_m": None,
        }
    )
    days = [DayReading(day, None, mean, None, None) for day, mean in means.items()]
    store_daily_weather(
        station,
        days,
        source=DailyWeather.Source.SAMPLE,
        fields=frozenset({"tmean"}),
    )
    return station


@transaction.atomic
def _hand_in(
    sample: Sample, content: bytes, station: Station, neighbourhood: Neighbourhood
) -> None:
    email = sample_email(sample)
    if Membership.objects.filter(person__email=email).exists():
        return
    owner = somebody(email, sample.key, None)
    origin = Premises.Origin.SAMPLE if sample.is_real else Premises.Origin.SIMULATED
    premises = Premises.objects.create(
        name=f"eemeter {sample.key}",
        neighbourhood=neighbourhood,
        station=station,
        joined_on=sample.joined_on,
        origin=origin,
        compares=False,
    )
    Membership.objects.create(
        premises=premises, person=owner, right=Membership.Right.OWNER
    )
    Meter.objects.create(premises=premises, zone=sample.zone)
    uploads.receive_upload(
        premises,
        ContentFile(content),
        name=sample.meter_file.removesuffix(".gz"),
        answers=UNIT,
        by=owner,
    )

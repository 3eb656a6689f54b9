"""Registers read by hand: slips are asked about, changes keep their history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from PIL import Image

from livinglab.energy.errors import ReadingNeedsAnswer, ReadingRefused
from livinglab.energy.models import Premises, RegisterReading, SavingsDue
from livinglab.energy.selectors.billing_periods import periods_told
from livinglab.energy.services.meter_readings import (
    RegisterValue,
    add_reading,
    correct_reading,
    next_best_reading_day,
    preview_reading,
    remove_reading,
)
from livinglab.kernel.errors import NotAllowed
from livinglab.people.errors import ConsentMissing
from livinglab.people.models import Person
from livinglab.people.services import withdraw_consent
from tests import make

NOW = datetime(2026, 6, 15, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def june() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def home(resident: Person) -> Premises:
    return make.premises(resident)


def value(day: str, kwh: str, **more: Any) -> RegisterValue:
    moment = datetime.fromisoformat(f"{day}T09:00:00+09:00")
    return RegisterValue(read_at=moment, kwh=Decimal(kwh), **more)


def asked(home: Premises, said: RegisterValue, by: Person) -> str:
    with pytest.raises(ReadingNeedsAnswer) as question:
        add_reading(home, said, by=by)
    return str(question.value.facts["question"])


def wh(home: Premises) -> list[tuple[date, date, int]]:
    told = periods_told([home.pk]).get(home.pk, [])
    return [(period.start, period.end, period.wh) for period in told]


def test_two_readings_are_one_period(home: Premises, resident: Person) -> None:
    add_reading(home, value("2026-04-01", "12000"), by=resident)
    assert preview_reading(
        home, value("2026-05-01", "12310.5"), by=resident
    ) == Decimal("310.5")
    add_reading(home, value("2026-05-01", "12310.5"), by=resident)
    assert wh(home) == [(date(2026, 4, 1), date(2026, 5, 1), 310_500)]
    assert SavingsDue.objects.filter(premises=home).exists()


def test_a_reading_between_two_others_splits_their_period(
    home: Premises, resident: Person
) -> None:
    add_reading(home, value("2026-03-01", "1000"), by=resident)
    add_reading(home, value("2026-05-01", "1600"), by=resident)
    add_reading(home, value("2026-04-01", "1290"), by=resident)
    assert [period[2] for period in wh(home)] == [290_000, 310_000]


def test_readings_of_one_day_yield_no_period(home: Premises, resident: Person) -> None:
    add_reading(home, value("2026-04-01", "1000"), by=resident)
    later = RegisterValue(datetime(2026, 4, 1, 12, tzinfo=UTC), Decimal("1003"))
    add_reading(home, later, by=resident)
    assert wh(home) == []


def test_a_smaller_value_is_asked_about(home: Premises, resident: Person) -> None:
    add_reading(home, value("2026-04-01", "12000"), by=resident)
    assert asked(home, value("2026-05-01", "1231"), resident) == "smaller"
    assert RegisterReading.objects.count() == 1


def test_a_confirmation_alone_does_not_explain_a_smaller_value(
    home: Premises, resident: Person
) -> None:
    add_reading(home, value("2026-04-01", "12000"), by=resident)
    assert (
        asked(home, value("2026-05-01", "1231", confirmed=True), resident) == "smaller"
    )


def test_a_value_above_a_later_one_is_asked_about(
    home: Premises, resident: Person
) -> None:
    add_reading(home, value("2026-05-01", "1300"), by=resident)
    assert asked(home, value("2026-04-01", "1400"), resident) == "smaller"


def test_a_register_that_started_again_is_offered_and_counted(
    home: Premises, resident: Person
) -> None:
    add_reading(home, value("2026-04-01", "99900"), by=resident)
    said = value("2026-05-01", "150")
    assert asked(home, said, resident) == "rollover_or_change"
    add_reading(home, value("2026-05-01", "150", rolled_over=True), by=resident)
    assert wh(home)[0][2] == 250_000


def test_a_meter_with_more_digits_rolls_over_later(
    home: Premises, resident: Person
) -> None:
    add_reading(home, value("2026-04-01", "99900", digits=6), by=resident)
    assert asked(home, value("2026-05-01", "150"), resident) == "smaller"


def test_a_changed_meter_needs_the_last_value_of_the_old(
    home: Premises, resident: Person
) -> None:
    add_reading(home, value("2026-04-01", "12000"), by=resident)
    said = value("2026-05-01", "40", meter_changed=True)
    assert asked(home, said, resident) == "rollover_or_change"
    full = value(
        "2026-05-01",
        "40",
        meter_changed=True,
        old_final_kwh=Decimal(12250),
        new_first_kwh=Decimal(0),
    )
    add_reading(home, full, by=resident)
    assert wh(home)[0][2] == 290_000


@pytest.mark.parametrize("kwh", ["15100", "99999"])
def test_a_forgotten_point_is_asked_about_and_marked(
    home: Premises, resident: Person, kwh: str
) -> None:
    add_reading(home, value("2026-04-01", "12000"), by=resident)
    assert asked(home, value("2026-05-01", kwh), resident) == "decimal_slip"
    kept = add_reading(home, value("2026-05-01", kwh, confirmed=True), by=resident)
    assert kept.quality == 10


def test_three_times_the_usual_is_asked_about(home: Premises, resident: Person) -> None:
    for month, kwh in ((1, "1000"), (2, "1300"), (3, "1600"), (4, "1900")):
        add_reading(home, value(f"2026-{month:02d}-01", kwh), by=resident)
    assert asked(home, value("2026-05-01", "2900"), resident) == "decimal_slip"
    add_reading(home, value("2026-05-01", "2500"), by=resident)


@pytest.mark.parametrize(
    "said",
    [
        value("2026-06-20", "100"),
        value("1999-01-01", "100"),
        value("2026-05-01", "-1"),
        value("2026-05-01", "100000"),
        value("2026-05-01", "10", digits=9),
    ],
)
def test_an_impossible_reading_is_refused(
    home: Premises, resident: Person, said: RegisterValue
) -> None:
    with pytest.raises(ReadingRefused):
        add_reading(home, said, by=resident)
    assert not RegisterReading.objects.exists()


def test_the_same_moment_twice_is_refused(home: Premises, resident: Person) -> None:
    add_reading(home, value("2026-05-01", "100"), by=resident)
    with pytest.raises(ReadingRefused):
        add_reading(home, value("2026-05-01", "100"), by=resident)


def test_a_correction_keeps_the_old_value_with_who_and_when(
    home: Premises, resident: Person
) -> None:
    add_reading(home, value("2026-04-01", "12000"), by=resident)
    reading = add_reading(home, value("2026-05-01", "12301"), by=resident)
    SavingsDue.objects.all().delete()
    correct_reading(reading, value("2026-05-02", "12310"), by=resident)
    (change,) = reading.changes.all()
    assert (change.old["kwh"], change.by, change.at) == ("12301.0", resident, NOW)
    assert wh(home) == [(date(2026, 4, 1), date(2026, 5, 2), 310_000)]
    assert SavingsDue.objects.exists()


def test_a_removed_reading_joins_its_neighbours(
    home: Premises, resident: Person
) -> None:
    readings = [
        add_reading(home, value(f"2026-0{month}-01", f"{month}000"), by=resident)
        for month in (3, 4, 5)
    ]
    remove_reading(readings[1], by=resident)
    assert [period[2] for period in wh(home)] == [2_000_000]


def test_the_next_best_day_follows_the_reading_day(
    home: Premises, resident: Person
) -> None:
    today = date(2026, 6, 15)
    assert next_best_reading_day(home, today=today) is None
    add_reading(home, value("2026-05-20", "1000"), by=resident)
    assert next_best_reading_day(home, today=today) == date(2026, 6, 19)
    home.reading_day = 18
    assert next_best_reading_day(home, today=today) == date(2026, 6, 18)


def photo(**more: Any) -> ContentFile:  # type: ignore[type-arg]
    written = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    Image.new("RGB", (2400, 1200), "white").save(written, "JPEG", exif=exif)
    return ContentFile(written.getvalue(), name="IMG_1.jpg")


def test_a_photo_is_kept_only_when_asked_and_only_as_a_picture(
    home: Premises, resident: Person
) -> None:
    bare = add_reading(home, value("2026-04-01", "1000"), by=resident, photo=photo())
    assert not bare.photo
    kept = add_reading(
        home, value("2026-05-01", "1300"), by=resident, photo=photo(), keep_photo=True
    )
    picture = Image.open(kept.photo)
    assert picture.size == (1600, 800)
    assert not picture.getexif()


def test_a_file_that_is_no_photo_is_refused(home: Premises, resident: Person) -> None:
    with pytest.raises(ReadingRefused):
        add_reading(
            home,
            value("2026-04-01", "1"),
            by=resident,
            photo=ContentFile(b"no", name="a.jpg"),
            keep_photo=True,
        )
    assert not RegisterReading.objects.exists()


def test_strangers_and_the_unwilling_add_no_reading(
    home: Premises, resident: Person, neighbour: Person
) -> None:
    with pytest.raises(NotAllowed):
        add_reading(home, value("2026-04-01", "1"), by=neighbour)
    withdraw_consent(resident, "energy")
    with pytest.raises(ConsentMissing):
        add_reading(home, value("2026-04-01", "1"), by=resident)


def test_time_is_compared_in_moments_not_in_clock_faces(
    home: Premises, resident: Person
) -> None:
    soon = RegisterValue(NOW + timedelta(minutes=5), Decimal(1))
    add_reading(home, soon, by=resident)

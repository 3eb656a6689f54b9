"""What a home waits for today, one thing at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
import time_machine
from django.core.files.base import ContentFile

from livinglab.energy.models import DailyUse, Device, Premises, RegisterReading, Upload
from livinglab.energy.selectors.home_now import home_now, homes_now
from livinglab.energy.selectors.todo import Todo, Waits, todo_of
from livinglab.energy.words.todo import task_of
from tests import make

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(datetime(2026, 11, 23, 3, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def home(resident) -> Premises:
    return make.premises(resident)


def waits(person):
    (row,) = homes_now(person)
    return todo_of(home_now(row), TODAY)


def days(home, first, last, *, without=()):
    wh = np.full(366, -1, dtype="<i4")
    day = first
    while day <= last:
        if day not in without:
            wh[(day - date(2026, 1, 1)).days] = 9000
        day += timedelta(days=1)
    DailyUse.objects.create(meter=make.meter(home), year=2026, wh=wh.tobytes())


def reading(home, day):
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    RegisterReading.objects.create(meter=make.meter(home), read_at=at, kwh=100)


def test_a_home_without_anything_waits_for_its_first_data(home, resident):
    assert waits(resident).waits == Waits.FIRST_DATA


def test_a_file_that_waits_for_a_yes_comes_before_all(home, resident):
    reading(home, TODAY - timedelta(days=90))
    upload = Upload.objects.create(
        premises=home, by=resident, file=ContentFile(b"x", "x.csv"), name="x.csv"
    )
    shown = home_now(*homes_now(resident))
    task = task_of(shown, todo_of(shown, TODAY))
    assert task.is_pressing
    assert task.url == f"/energy/uploads/{upload.pk}/"


def test_a_file_being_read_is_not_asked_for_again(home, resident):
    Upload.objects.create(
        premises=home, by=resident, file=ContentFile(b"x", "x.csv"), name="x.csv",
        state=Upload.State.RECEIVED,
    )  # fmt: skip
    assert waits(resident) is None


@pytest.mark.parametrize(("ago", "is_due"), [(29, False), (30, True), (90, True)])
def test_a_reading_is_due_after_thirty_days(ago, is_due, home, resident):
    reading(home, TODAY - timedelta(days=ago))
    found = waits(resident)
    assert (found is not None and found.waits == Waits.READING) == is_due


def test_the_reading_day_of_the_month_is_kept(home, resident):
    home.reading_day = 20
    home.save(update_fields=["reading_day"])
    reading(home, date(2026, 11, 1))
    assert waits(resident).waits == Waits.READING
    reading(home, date(2026, 11, 18))
    assert waits(resident) is None


@pytest.mark.parametrize(("ago", "is_due"), [(40, False), (41, True)])
def test_a_bill_is_missing_ten_days_after_its_month(ago, is_due, home, resident):
    end = TODAY - timedelta(days=ago)
    make.bill(home, end - timedelta(days=30), end, kwh=300)
    found = waits(resident)
    assert (found is not None and found.waits == Waits.BILL) == is_due


def test_all_days_there_and_fresh_is_nothing_to_do(home, resident):
    days(home, date(2026, 9, 1), TODAY - timedelta(days=1))
    assert waits(resident) is None


def test_holes_of_the_last_month_are_counted(home, resident):
    holes = {date(2026, 11, 3), date(2026, 11, 4), date(2026, 9, 10)}
    days(home, date(2026, 9, 1), TODAY - timedelta(days=1), without=holes)
    assert waits(resident).waits == Waits.GAP
    assert waits(resident).days == 2


def test_a_silent_device_is_noticed_after_three_days_a_file_after_five_weeks(
    home, resident
):
    days(home, date(2026, 9, 1), TODAY - timedelta(days=20))
    assert waits(resident) is None
    Device.objects.create(meter=make.meter(home), name="plug", token_digest="0" * 64)
    assert waits(resident).waits == Waits.DEVICE


def test_old_files_are_followed_by_a_new_one(home, resident):
    days(home, date(2026, 8, 1), TODAY - timedelta(days=36))
    found = waits(resident)
    assert found.waits == Waits.FILE
    assert found.since == TODAY - timedelta(days=36)


@pytest.mark.parametrize("kind", list(Waits))
def test_every_wait_has_its_words_and_its_door(kind, home, resident):
    shown = replace(home_now(*homes_now(resident)), waiting_upload=1)
    task = task_of(shown, Todo(kind, TODAY, 2))
    assert task.title
    assert task.url.startswith("/energy/")


@pytest.mark.parametrize("homes", [1, 10])
def test_all_homes_are_asked_in_one_question(
    homes, resident, django_assert_num_queries
):
    for n in range(homes):
        make.premises(resident, name=f"집 {n}")
    with django_assert_num_queries(1):
        found = [todo_of(home_now(row), TODAY) for row in homes_now(resident)]
    assert len(found) == homes

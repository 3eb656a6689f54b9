"""What is kept of the start page of somebody signed in: true at the very next look."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from livinglab.energy.models import Baseline, DailyUse, Device, RegisterReading, Upload
from livinglab.goals.models import Goal, Measurement
from livinglab.notifications.models import Notice
from livinglab.people.models import Role
from tests import make


@pytest.fixture
def start(client, resident):
    client.force_login(resident)
    client.get("/")
    return lambda: client.get("/").text


@pytest.fixture
def home(resident):
    return make.premises(resident, name="보라네 집")


def korean(words):
    with override("ko"):
        return gettext(words)


def told(person, n):
    return Notice.objects.create(
        person=person, kind="energy.file_imported", event=f"upload:{n}", url="/energy/",
        facts={"file": f"file-{n}.csv", "home": "x", "days": 1}, told_by="0" * 32,
    )  # fmt: skip


def test_a_notice_stands_there_until_it_is_read(client, start, resident):
    notice = told(resident, 1)
    assert f"/me/inbox/{notice.pk}/" in start()
    client.get(f"/me/inbox/{notice.pk}/")
    assert f"/me/inbox/{notice.pk}/" not in start()


def test_reading_an_old_notice_moves_up_what_is_behind_it(start, resident):
    notices = [told(resident, n) for n in range(5)]
    shown = [f"/me/inbox/{one.pk}/" in start() for one in notices]
    assert shown == [False, False, True, True, True]
    Notice.objects.filter(pk=notices[3].pk).update(read_at=timezone.now())
    shown = [f"/me/inbox/{one.pk}/" in start() for one in notices]
    assert shown == [False, True, True, False, True]


def test_another_persons_notice_never_stands_there(client, start, resident, neighbour):
    notice = told(resident, 1)
    start()
    client.force_login(neighbour)
    assert f"/me/inbox/{notice.pk}/" not in start()


def test_a_home_waits_for_something_else_as_soon_as_it_came(start, home, resident):
    first = f"/energy/homes/{home.pk}/add/reading/"
    assert first not in start()
    reading = RegisterReading.objects.create(
        meter=make.meter(home), kwh=Decimal(100),
        read_at=timezone.now() - timedelta(days=40),
    )  # fmt: skip
    assert first in start()
    RegisterReading.objects.filter(pk=reading.pk).update(read_at=timezone.now())
    assert first not in start()


def test_a_file_that_waits_for_a_yes_is_asked_at_once(start, home, resident):
    start()
    upload = Upload.objects.create(
        premises=home, by=resident, name="x.csv", state=Upload.State.PREVIEW
    )
    assert f"/energy/uploads/{upload.pk}/" in start()
    upload.delete()
    assert f"/energy/uploads/{upload.pk}/" not in start()


def test_a_bill_and_a_device_count_at_once(start, home):
    address = f"/energy/homes/{home.pk}/add/bill/"
    end = timezone.localdate() - timedelta(days=60)
    start()
    bill = make.bill(home, end - timedelta(days=30), end, kwh=300)
    assert address in start()
    bill.delete()
    assert address not in start()


def test_a_device_that_is_silent_is_named_and_forgotten_with_it(start, home):
    wh = np.full(366, -1, dtype="<i4")
    ago = timezone.localdate() - timedelta(days=20)
    wh[(ago - date(ago.year, 1, 1)).days] = 9000
    meter = make.meter(home)
    DailyUse.objects.create(meter=meter, year=ago.year, wh=wh.tobytes())
    said = korean("Look whether the device still sends")
    assert said not in start()
    Device.objects.create(meter=meter, name="x", token_digest="0" * 64)
    assert said in start()
    Device.objects.update(revoked_at=timezone.now())
    assert said not in start()


def test_that_a_home_is_known_now_shows_at_once(start, home):
    said = korean("Getting to know your home")
    assert said not in start()
    Baseline.objects.create(
        premises=home, kind="none", starts_on=date(2026, 1, 1),
        ends_on=date(2026, 1, 2), n=1, input_digest="x", method="x",
    )  # fmt: skip
    assert said in start()


def test_a_goal_stands_where_it_was_measured_last(start, siheung):
    goal = Goal.objects.create(
        code="SH-T1", kind="effect", city=siheung, name_ko="가정 전기요금",
        name_en="Household bill", direction="down", unit="%", baseline=0,
        target=Decimal("-20.50"), source_ko="x", source_en="x",
    )  # fmt: skip
    assert "가정 전기요금" in start()
    assert "-20.5" in start().replace("−", "-")
    facts = {"units": 9, "method": "x", "source": "x"}
    for month, last, value in ((9, 30, -11.5), (10, 31, -12.5)):
        Measurement.objects.create(
            goal=goal, period=f"2026-{month:02}", first_day=date(2026, month, 1),
            last_day=date(2026, month, last), value=value, **facts,
        )  # fmt: skip
        assert str(value) in start().replace("−", "-")
    Measurement.objects.filter(period="2026-10").delete()
    assert "-12.5" not in start().replace("−", "-")
    Goal.objects.filter(pk=goal.pk).update(name_ko="새 이름")
    assert "새 이름" in start()


def test_a_role_counts_from_the_next_look_on(client, start, resident):
    said = korean("People I look after")
    assert said not in start()
    role = Role.objects.create(person=resident, kind=Role.Kind.CAREGIVER)
    assert said in start()
    role.delete()
    assert said not in start()

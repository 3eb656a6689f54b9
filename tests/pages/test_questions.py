"""Every page asks the database at most eight times, and no more with more rows."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from livinglab.energy.models import AreaSaving, Saving, Upload
from livinglab.goals.models import Goal, Measurement
from livinglab.issues.services.reporting import report_issue
from livinglab.notifications.models import Notice
from livinglab.observations.models import DailyWeather
from livinglab.people.models import DataRead, Helping
from tests import make
from tests.issues import world

MOST = 8
PLACE = "4139059100"
PUBLIC = [
    "/",
    "/about/",
    "/search/",
    "/search/?q=정왕",
    "/energy/",
    "/energy/how/",
    "/goals/",
    "/goals/SH-T0/",
    "/places/",
    f"/places/{PLACE}/",
    "/places/city/siheung/",
    "/accounts/login/",
    "/accounts/signup/",
]
MINE = [
    "/",
    "/energy/",
    "/goals/",
    "/places/",
    f"/places/{PLACE}/",
    "/me/",
    "/me/inbox/",
    "/me/notifications/",
    "/energy/homes/{home}/",
    "/energy/homes/{home}/add/",
    "/energy/homes/{home}/add/reading/",
    "/energy/homes/{home}/add/bill/",
    "/energy/homes/{home}/events/",
    "/energy/uploads/",
]


def some(person, home, first, last):
    """A row of everything for each number."""
    now, city = timezone.now(), home.neighbourhood.city
    many = range(first, last)
    months = [(date(2026, 10, 1) - timedelta(days=31 * n)).replace(day=1) for n in many]
    Saving.objects.bulk_create(
        Saving(
            premises=home, month=month, state="saving", expected_won=9000,
            saved_won=900, saved_won_low=500, saved_won_high=1200, expected_kwh=90,
            actual_kwh=80, saved_kwh=10, method="x",
        )
        for month in months
    )  # fmt: skip
    AreaSaving.objects.bulk_create(
        AreaSaving(
            level="dong", code=PLACE, kind="home", month=month, city=city, homes=99,
            method="x", is_published=True, saved_won=9, expected_won=90,
            half_width_won=1,
        )
        for month in months
    )  # fmt: skip
    goals = Goal.objects.bulk_create(
        Goal(
            code=f"SH-T{n}", kind="effect", city=city, name_ko=f"목표 {n}",
            name_en=f"Goal {n}", direction="down", unit="%", baseline=0, target=-20,
            source_ko="x", source_en="x",
        )
        for n in many
    )  # fmt: skip
    Measurement.objects.bulk_create(
        Measurement(
            goal=goal, period="2026-10", first_day=date(2026, 10, 1),
            last_day=date(2026, 10, 31), value=-1, units=9, method="x", source="x",
        )
        for goal in goals
    )  # fmt: skip
    Upload.objects.bulk_create(
        Upload(premises=home, by=person, name=f"{n}.csv", state=Upload.State.IMPORTED)
        for n in many
    )
    Notice.objects.bulk_create(
        Notice(
            person=person, kind="energy.file_imported", event=f"upload:{n}",
            facts={"file": "x.csv", "home": "x", "days": 1}, url="/energy/",
            told_by="0" * 32, created_at=now,
        )
        for n in many
    )  # fmt: skip
    reads = (DataRead(person=person, reader=person, what="x") for _n in many)
    DataRead.objects.bulk_create(reads)


def asked(client, address):
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(caught)


def looks(client, address):
    """A first look with nothing kept, and a second one."""
    for name in ("default", "pages"):
        caches[name].clear()
    return asked(client, address), asked(client, address)


@pytest.fixture
def home(resident):
    home = make.premises(resident)
    some(resident, home, 0, 2)
    return home


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_asks_little_whatever_there_is(client, resident, home, address):
    first, later = looks(client, address)
    some(resident, home, 2, 20)
    again = looks(client, address)
    assert again[0] <= first <= MOST
    assert again[1] <= later <= MOST


@pytest.mark.parametrize("address", MINE)
def test_a_persons_page_asks_little_whatever_there_is(client, resident, home, address):
    client.force_login(resident)
    path = address.format(home=home.pk)
    first, later = looks(client, path)
    some(resident, home, 2, 20)
    again = looks(client, path)
    assert again[0] <= first <= MOST
    assert again[1] <= later
    assert later <= MOST


def a_full_life(person):
    """Homes with figures and data, unread notices, reports, weather where they live."""
    person.neighbourhood = make.neighbourhood()
    person.save(update_fields=["neighbourhood"])
    station = make.station(person.neighbourhood.station_number)
    DailyWeather.objects.create(station=station, day=date(2026, 10, 1), tmean=18)
    for n in range(3):
        home = make.premises(person, name=f"집 {n}")
        make.bill(home, date(2026, 8, 1), date(2026, 9, 1), kwh=300)
        world.issue(person, state="waiting")
    some(person, home, 0, 9)


def acts_for(helper, person):
    return Helping.objects.create(
        person=person, helper=helper, state="active", areas=["energy", "notices"],
        until=timezone.localdate() + timedelta(days=9), confirmed_at=timezone.now(),
    )  # fmt: skip


WHO = ["a resident", "a caregiver", "a helper", "a visitor", "a visitor with a place"]


@pytest.mark.parametrize("who", WHO)
def test_the_start_page_of_a_full_life_asks_as_little(
    client, resident, caregiver, neighbour, who
):
    cast = {"a resident": resident, "a caregiver": caregiver, "a helper": neighbour}
    a_full_life(caregiver if who == "a caregiver" else resident)
    if who in cast:
        client.force_login(cast[who])
    elif who != "a visitor":
        client.post("/places/choose/", {"place": make.neighbourhood().pk})
    if who == "a helper":
        helping = acts_for(neighbour, resident)
        client.post(f"/me/helping/{helping.pk}/act/")
        client.get("/")  # the first look of a day at somebody's life is written down
    first, later = looks(client, "/")
    assert first <= MOST
    assert later <= MOST


def test_the_form_of_a_report_asks_as_little_with_another_city(client, siheung):
    world.category()
    make.neighbourhood()
    first, later = looks(client, "/report/")
    world.category(city="daegu")
    again = looks(client, "/report/")
    assert again[0] <= first <= MOST
    assert again[1] <= later <= MOST


def test_a_search_that_finds_of_everything_asks_as_little(client, resident, home):
    report_issue(world.said(words="정왕 보도블록이 울퉁불퉁해요"), by=resident)
    first, later = looks(client, "/search/?q=정왕")
    assert first <= MOST
    assert later <= MOST

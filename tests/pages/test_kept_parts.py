"""What is kept of a person's own pages: true at once, for them alone, forms alive."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from livinglab.energy.models import Device, Membership, RegisterReading, Upload
from livinglab.energy.services.premises import change_premises, choose_discounts
from livinglab.notifications.models import (
    MobileNumber,
    Notice,
    PushSubscription,
)
from livinglab.notifications.services import choosing
from livinglab.people.models import Consent, DataRead, Download, Helping
from livinglab.people.services import give_consent, withdraw_consent
from tests import make
from tests.signing_in import SignedInClient

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def home(resident, client):
    client.force_login(resident)
    return make.premises(resident, name="보라네 집")


@pytest.fixture
def about(client, home):
    """The page about the home, seen once before."""
    address = f"/energy/homes/{home.pk}/"
    client.get(address)
    return lambda: client.get(address).text


def test_a_new_name_of_a_home_shows_at_once(about, home, resident):
    change_premises(home, {"name": "옥상집"}, by=resident)
    assert "옥상집" in about()
    assert "보라네 집" not in about()


def test_every_fact_of_a_home_shows_at_once(about, home, resident):
    change_premises(home, {"people_band": "3", "reading_day": 21}, by=resident)
    assert 'value="21"' in about()


def test_who_belongs_to_it_shows_at_once(about, home, neighbour):
    Membership.objects.create(premises=home, person=neighbour, right="member")
    assert "이웃집" in about()
    neighbour.name = "새 이웃"
    neighbour.save(update_fields=["name"])
    assert "새 이웃" in about()
    Membership.objects.filter(person=neighbour).delete()
    assert "새 이웃" not in about()


def test_its_devices_show_at_once(about, home):
    device = Device.objects.create(
        meter=make.meter(home), name="다락 플러그", token_digest="0" * 64
    )
    assert "다락 플러그" in about()
    unheard = about()
    Device.objects.filter(pk=device.pk).update(last_seen_at=timezone.now())
    assert about() != unheard
    Device.objects.filter(pk=device.pk).update(revoked_at=timezone.now())
    assert "다락 플러그" not in about()


def test_its_discounts_show_at_once(about, home, resident):
    assert "names" in about()
    choose_discounts(home, ["large_family"], by=resident)
    assert re.search(r'value="large_family"[^>]* checked', about())
    withdraw_consent(resident, Consent.Purpose.DISCOUNTS)
    assert 'value="large_family"' not in about()


def test_a_code_is_shown_once_and_never_kept(client, about, home):
    client.post(f"/energy/homes/{home.pk}/invite/")
    assert about().count("data-copy") == 1
    assert "data-copy" not in about()


def test_each_member_sees_their_own_page_of_a_home(client, about, home, neighbour):
    Membership.objects.create(premises=home, person=neighbour, right="member")
    assert "ll-form" in about()
    client.force_login(neighbour)
    assert "집주인만" in about() or 'class="ll-facts"' in about()


def test_kept_forms_are_sent_with_the_token_of_each_visit(resident, home):
    browser = SignedInClient(enforce_csrf_checks=True)
    browser.force_login(resident)
    address = f"/energy/homes/{home.pk}/"
    first = TOKEN.findall(browser.get(address).text)
    again = browser.get(address).text
    tokens = TOKEN.findall(again)
    assert set(first).isdisjoint(tokens)
    action = f"/energy/homes/{home.pk}/devices/"
    assert action in again
    answer = browser.post(action, {"name": "x", "csrfmiddlewaretoken": tokens[-1]})
    assert answer.status_code == 302
    assert Device.objects.count() == 1


def test_a_kept_form_holds_no_token_of_somebody_else(resident, home):
    one, other = (SignedInClient(enforce_csrf_checks=True) for _ in range(2))
    address = "/me/notifications/"
    for browser in (one, other):
        browser.force_login(resident)
        browser.get(address)
    token = TOKEN.findall(other.get(address).text)[-1]
    form = {"on": [], "csrfmiddlewaretoken": token}
    assert other.post("/me/notifications/switches/", form).status_code == 302
    assert one.post("/me/notifications/switches/", form).status_code == 403


@pytest.fixture
def choices(client, resident):
    client.force_login(resident)
    client.get("/me/notifications/")
    return lambda: client.get("/me/notifications/").text


def test_a_moved_switch_shows_at_once(choices, resident):
    EmailAddress.objects.update_or_create(
        user=resident, email=resident.email, defaults={"verified": True}
    )
    said = 'value="energy.month_ready:email"'
    before = re.search(rf"{said}( checked)?", choices())
    choosing.switch(
        resident, subject="energy.month_ready", channel="email",
        is_on=not before[1],
    )  # fmt: skip
    after = re.search(rf"{said}( checked)?", choices())
    assert bool(before[1]) != bool(after[1])


def test_another_rhythm_shows_at_once(choices, resident):
    choosing.choose_rhythm(resident, {"weekly_most": 3})
    assert re.search(r'value="3" selected', choices())
    choosing.choose_rhythm(resident, {"weekly_most": 30})
    assert re.search(r'value="30" selected', choices())


def test_a_browser_and_a_number_show_at_once(choices, resident, settings, tmp_path):
    settings.SMS_GATEWAY = "console"
    settings.EMBEDDED, settings.DATA_DIR = True, tmp_path  # there is a key for push
    PushSubscription.objects.create(
        person=resident, endpoint="https://push.example/1", endpoint_digest="e1",
        user_agent="Mozilla/5.0 (X11; Linux) Firefox/130.0",
    )  # fmt: skip
    assert 'data-browser="e1"' in choices()
    PushSubscription.objects.all().delete()
    assert 'data-browser="e1"' not in choices()
    number = MobileNumber.objects.create(person=resident, number="01012345678")
    MobileNumber.objects.filter(pk=number.pk).update(confirmed_at=timezone.now())
    assert "01012345678" in choices()


@pytest.fixture
def inbox(client, resident):
    client.force_login(resident)
    client.get("/me/inbox/")
    return lambda: client.get("/me/inbox/").text


def told(person, event="upload:1", file="first.csv"):
    return Notice.objects.create(
        person=person, kind="energy.file_imported", event=event, url="/energy/",
        facts={"file": file, "home": "x", "days": 1}, told_by="0" * 32,
    )  # fmt: skip


def test_a_new_notice_stands_in_the_inbox_at_once(inbox, resident):
    told(resident)
    assert "first.csv" in inbox()
    told(resident, "upload:2", "second.csv")
    assert "second.csv" in inbox()


def test_reading_and_withdrawing_show_at_once(client, inbox, resident):
    notice = told(resident)
    assert "모두 읽음" in inbox()
    client.get(f"/me/inbox/{notice.pk}/")
    assert "모두 읽음" not in inbox()
    Notice.objects.update(withdrawn_at=timezone.now())
    assert "first.csv" not in inbox()


def test_the_inbox_is_ones_own(client, inbox, resident, neighbour):
    told(resident)
    assert "first.csv" in inbox()
    client.force_login(neighbour)
    assert "first.csv" not in inbox()


def test_the_fate_of_a_file_shows_at_once(client, home, resident):
    upload = Upload.objects.create(
        premises=home, by=resident, name="october.csv", state=Upload.State.RECEIVED
    )
    before = client.get("/energy/uploads/").text
    assert "october.csv" in before
    Upload.objects.filter(pk=upload.pk).update(
        state=Upload.State.IMPORTED, rows_read=9, rows_new=7
    )
    after = client.get("/energy/uploads/").text
    assert "ll-tag--success" in after
    assert "ll-tag--success" not in before
    Upload.objects.all().delete()
    assert "october.csv" not in client.get("/energy/uploads/").text


def test_readings_show_at_once_entered_corrected_and_taken_back(client, home):
    address = f"/energy/homes/{home.pk}/add/reading/"
    client.get(address)
    reading = RegisterReading.objects.create(
        meter=make.meter(home), kwh=Decimal("1234.5"),
        read_at=timezone.now() - timedelta(days=3),
    )  # fmt: skip
    assert "1,234.5" in client.get(address).text
    reading.kwh = Decimal("1300.0")
    reading.save()
    assert "1,300.0" in client.get(address).text
    reading.delete()
    assert "1,300.0" not in client.get(address).text


def test_what_one_agreed_to_and_who_looked_shows_at_once(client, resident, neighbour):
    client.force_login(resident)
    before = client.get("/me/").text
    withdraw_consent(resident, Consent.Purpose.COMPARISON)
    after = client.get("/me/").text
    assert before != after
    DataRead.objects.create(person=resident, reader=neighbour, what="x")
    looked = client.get("/me/").text
    assert "최근 30일에 1번 열람" in looked
    assert looked != after
    give_consent(resident, Consent.Purpose.COMPARISON)
    assert client.get("/me/").text != looked


def test_a_download_and_help_show_at_once(client, resident, neighbour):
    client.force_login(resident)
    client.get("/me/")
    row = Download.objects.create(person=resident)
    assert "만들고 있어요" in client.get("/me/").text
    later = timezone.now() + timedelta(days=1)
    Download.objects.filter(pk=row.pk).update(state="ready", expires_at=later)
    assert "ll-tag--success" in client.get("/me/").text
    Helping.objects.create(
        person=resident, helper=neighbour, state="accepted",
        until=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    assert "ll-tag--warning" in client.get("/me/").text
    Helping.objects.update(state="active", confirmed_at=timezone.now())
    active = client.get("/me/").text
    Helping.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert client.get("/me/").text != active


def test_whoever_moves_sees_the_new_neighbourhood_at_once(client, resident):
    client.force_login(resident)
    assert "정왕1동" in client.get("/").text
    resident.neighbourhood = make.neighbourhood("4139051000")
    resident.save(update_fields=["neighbourhood"])
    text = client.get("/places/").text
    assert resident.neighbourhood.name in text


def test_the_empty_form_of_a_reading_has_the_minute_and_a_name_of_its_own(
    client, home, django_assert_num_queries
):
    address = f"/energy/homes/{home.pk}/add/reading/"
    client.get("/about/")
    looks = []
    for minute in ("08:05", "08:06"):
        with time_machine.travel(f"2026-11-23T{minute}+09:00", tick=False):
            client.get("/about/")
            with django_assert_num_queries(7 if not looks else 4):
                looks.append(client.get(address).text)
        assert f'value="{minute}"' in looks[-1]
        assert "\0" not in looks[-1]
    names = [re.search(r'name="key" value="([0-9a-f-]{36})"', one)[1] for one in looks]
    assert len(set(names)) == 2
    assert "저장했어요" not in looks[1]
    assert "저장했어요" in client.get(f"{address}?saved").text

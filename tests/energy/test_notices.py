"""What energy tells: files, months, invitations; each once, and only while true."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.energy.models import Saving, Upload
from livinglab.energy.services.erasure import erase_usage
from livinglab.energy.services.premises import invite, join_by_code
from livinglab.energy.services.telling import tell_of_ready_months
from livinglab.energy.services.uploads import read_upload, receive_upload
from livinglab.notifications.models import Delivery, Notice
from livinglab.notifications.selectors import inbox
from livinglab.notifications.services.sending import deliver_due
from tests import make

GOOD = "날짜,사용량(kWh)\n" + "".join(
    f"2026-10-{day:02d},{day}.5\n" for day in range(1, 29)
)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2026-11-25T12:00:00+09:00", tick=False):
        yield


@pytest.fixture
def home(resident):
    return make.premises(resident)


def give(home, person, text):
    file = SimpleUploadedFile("usage.csv", text.encode())
    upload = receive_upload(home, file, name="usage.csv", by=person)
    read_upload(upload.pk)
    upload.refresh_from_db()
    return upload


def titles(person):
    return [line.message.title for line in inbox(person)]


def test_a_file_that_was_read_is_told_once(home, resident, neighbour):
    upload = give(home, resident, GOOD)
    read_upload(upload.pk)

    assert upload.state == Upload.State.IMPORTED
    assert titles(resident) == ["파일을 다 읽었어요"]
    assert Notice.objects.get().url == f"/energy/uploads/{upload.pk}/"
    assert titles(neighbour) == []


def test_a_file_that_cannot_be_used_is_told_by_mail_too(home, resident, mailoutbox):
    give(home, resident, "nothing")
    deliver_due()

    assert titles(resident) == ["파일을 쓸 수 없었어요"]
    assert "usage.csv" in mailoutbox[0].body
    assert "/energy/uploads/" in mailoutbox[0].body


def test_erased_data_is_not_spoken_of_any_more(home, resident, mailoutbox):
    give(home, resident, "nothing")
    erase_usage(home)
    deliver_due()

    assert titles(resident) == []
    assert not mailoutbox
    assert Delivery.objects.get().state == Delivery.State.SKIPPED


def a_month(home, month=date(2026, 10, 1), **facts):
    facts = {
        "days": 31,
        "saved_kwh": Decimal(30),
        "state": Saving.State.SAVING,
        "method": "test",
    } | facts
    return Saving.objects.create(premises=home, month=month, **facts)


def test_the_last_month_is_told_once_to_every_member(
    home, resident, neighbour, django_assert_max_num_queries
):
    make.premises(neighbour)
    home.memberships.create(person=neighbour)
    a_month(home)
    a_month(home, date(2026, 9, 1))
    with django_assert_max_num_queries(16):
        assert tell_of_ready_months([home.pk]) == 2
    assert tell_of_ready_months() == 0

    assert titles(resident) == ["우리집의 2026년 10월 결과가 나왔어요"]
    (notice,) = Notice.objects.filter(person=resident)
    assert notice.url == f"/energy/?home={home.pk}&month=2026-10-01"


@pytest.mark.parametrize("state", [Saving.State.COLLECTING, Saving.State.NONE])
def test_a_month_without_a_figure_is_no_news(home, resident, state):
    a_month(home, state=state)
    assert tell_of_ready_months() == 0


def test_the_running_month_is_no_news(home, resident):
    a_month(home, date(2026, 11, 1))
    assert tell_of_ready_months() == 0


def test_who_invited_hears_that_somebody_joined(home, resident, neighbour):
    code = invite(home, by=resident)
    join_by_code(code, by=neighbour)

    assert titles(resident) == ["우리집에 새 식구가 함께해요"]
    assert titles(neighbour) == []

"""Meter readings typed by hand: looked at first, kept, corrected, taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from livinglab.energy.models import RegisterReading
from tests import make


def typed(kwh, *, days_ago, **more):
    moment = timezone.localtime() - timedelta(days=days_ago)
    form = {"day": f"{moment:%Y-%m-%d}", "at": "08:00", "kwh": str(kwh)}
    return {**form, **more}


@pytest.fixture
def page(resident, client):
    client.force_login(resident)
    home = make.premises(resident)
    return f"/energy/homes/{home.pk}/add/reading/"


def test_a_number_is_looked_at_before_it_is_kept(page, client):
    answer = client.post(page, typed(12000, days_ago=40))
    assert "첫 검침이에요" in answer.text
    assert not RegisterReading.objects.exists()


def test_the_second_number_says_what_was_used_between(page, client):
    client.post(page, typed(12000, days_ago=40, step="enter"))
    answer = client.post(page, typed(12300, days_ago=10))
    assert "300.0 kWh" in answer.text
    client.post(page, typed(12300, days_ago=10, step="enter"))
    assert RegisterReading.objects.count() == 2


def test_a_smaller_number_asks_why(page, client):
    client.post(page, typed(99900, days_ago=40, step="enter"))
    answer = client.post(page, typed(120, days_ago=10))
    assert answer.status_code == 422
    assert "계량기를 바꿨어요" in answer.text
    client.post(page, typed(120, days_ago=10, what="again", step="enter"))
    assert RegisterReading.objects.filter(rolled_over=True).exists()


def test_a_reading_is_corrected(page, client):
    client.post(page, typed(12000, days_ago=40, step="enter"))
    reading = RegisterReading.objects.get()
    client.post(
        f"/energy/readings/{reading.pk}/", typed(12010, days_ago=40, step="enter")
    )
    reading.refresh_from_db()
    assert reading.kwh == Decimal(12010)


def test_a_reading_is_taken_back(page, client):
    client.post(page, typed(12000, days_ago=40, step="enter"))
    client.post(f"/energy/readings/{RegisterReading.objects.get().pk}/remove/")
    assert not RegisterReading.objects.exists()


def test_somebody_elses_reading_is_not_found(page, client, neighbour):
    client.post(page, typed(12000, days_ago=40, step="enter"))
    reading = RegisterReading.objects.get()
    client.force_login(neighbour)
    assert client.get(f"/energy/readings/{reading.pk}/").status_code == 404
    assert client.post(f"/energy/readings/{reading.pk}/remove/").status_code == 404
    assert client.get(page).status_code == 404


def test_a_double_tap_is_one_reading_and_one_thank_you(page, client):
    form = typed(
        12000, days_ago=40, step="enter", key="0b7f6f2e-8f5e-4f0e-9f5e-2f1f6a3f7c11"
    )
    answers = [client.post(page, form, follow=True) for _tap in range(2)]
    assert all("검침 숫자를 저장했어요" in answer.text for answer in answers)
    assert RegisterReading.objects.count() == 1

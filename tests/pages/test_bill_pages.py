"""Paper bills: looked at against the tariff, then kept; nobody else's are found."""

import pytest

from livinglab.energy.models import Bill
from tests import make

PAPER = {"start": "2025-09-01", "last": "2025-09-30", "kwh": "300"}


@pytest.fixture
def page(resident, client):
    client.force_login(resident)
    home = make.premises(resident)
    return f"/energy/homes/{home.pk}/add/bill/"


def test_a_bill_is_looked_at_before_it_is_kept(page, client):
    answer = client.post(page, {**PAPER, "amount_won": "57760"})
    assert answer.status_code == 200
    assert "이렇게 읽었어요" in answer.text
    assert not Bill.objects.exists()


def test_after_the_yes_it_is_kept_and_listed(page, client):
    client.post(page, {**PAPER, "step": "enter"})
    assert Bill.objects.get().kwh == 300
    assert "300.0 kWh" in client.get(page).text


def test_days_in_the_wrong_order_are_answered_in_words(page, client):
    answer = client.post(page, {**PAPER, "last": "2025-08-01"})
    assert answer.status_code == 422
    assert "마지막 날이 첫날보다" in answer.text


def test_an_unusual_number_is_asked_about_once(page, client):
    answer = client.post(page, {**PAPER, "kwh": "30000"})
    assert "맞아요" in answer.text
    client.post(page, {**PAPER, "kwh": "30000", "is_confirmed": "on", "step": "enter"})
    assert Bill.objects.exists()


def test_a_bill_is_corrected_and_taken_back(page, client):
    client.post(page, {**PAPER, "step": "enter"})
    bill = Bill.objects.get()
    client.post(f"/energy/bills/{bill.pk}/", {**PAPER, "kwh": "310", "step": "enter"})
    bill.refresh_from_db()
    assert bill.kwh == 310
    client.post(f"/energy/bills/{bill.pk}/remove/")
    assert not Bill.objects.exists()


def test_somebody_elses_bill_is_not_found(page, client, neighbour):
    client.post(page, {**PAPER, "step": "enter"})
    bill = Bill.objects.get()
    client.force_login(neighbour)
    assert client.get(f"/energy/bills/{bill.pk}/").status_code == 404
    assert client.post(f"/energy/bills/{bill.pk}/remove/").status_code == 404

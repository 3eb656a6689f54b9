"""What is kept of a home's page: true at once, and only for who belongs there."""

from datetime import date

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from livinglab.energy.models import (
    DailyUse,
    Membership,
    PremisesDiscount,
    Saving,
    SavingsDue,
    TipRule,
)
from tests import make

OCTOBER = date(2026, 10, 1)


def saving(home, won):
    facts = {
        "state": "saving", "expected_kwh": 400, "actual_kwh": 350, "saved_kwh": 50,
        "saved_kwh_low": 30, "saved_kwh_high": 70, "expected_won": 70_000,
        "actual_won": 70_000 - won, "saved_won": won, "saved_won_low": won - 4000,
        "saved_won_high": won + 4000, "days": 30, "days_possible": 31, "method": "x",
        "computed_at": timezone.now(),
    }  # fmt: skip
    Saving.objects.update_or_create(premises=home, month=OCTOBER, defaults=facts)


def use(home, kwh):
    wh = np.full(366, -1, dtype="<i4")
    wh[:300] = round(kwh * 1000)
    DailyUse.objects.update_or_create(
        meter=make.meter(home), year=2026, defaults={"wh": wh.tobytes()}
    )


@pytest.fixture
def home(resident, client):
    client.force_login(resident)
    home = make.premises(resident, name="보라네 집")
    saving(home, 8400)
    return home


def energy(client, **query):
    return client.get("/energy/", query).text


def test_a_new_saving_shows_at_once_here_and_on_the_start_page(client, home):
    assert "8,400원" in energy(client)
    assert "8,400원" in client.get("/").text
    saving(home, 9100)
    for text in (energy(client), client.get("/").text):
        assert "9,100원" in text
        assert "8,400원" not in text


def test_what_was_erased_is_gone_at_once(client, home):
    energy(client)
    Saving.objects.all().delete()
    assert "8,400원" not in energy(client)
    assert "8,400원" not in client.get("/").text


def test_new_days_show_at_once_before_anything_is_computed(client, home):
    use(home, 7.1)
    assert "7.1" in energy(client)
    use(home, 9.3)
    text = energy(client)
    assert "9.3" in text
    assert "7.1" not in text


def test_that_figures_are_computed_is_said_at_once(client, home):
    assert "다시 계산" not in energy(client)
    due = SavingsDue.objects.create(
        premises=home, month=OCTOBER, token=1, reason="x",
        claimed_until=timezone.now() + timezone.timedelta(days=1),
    )  # fmt: skip
    busy = energy(client)
    due.delete()
    assert busy != energy(client)
    assert "data-busy" in busy


def test_a_new_name_shows_at_once(client, home):
    energy(client)
    home.name = "바다 집"
    home.save()
    assert "바다 집" in energy(client)
    assert "바다 집" in client.get("/").text


def asked(client):
    with CaptureQueriesContext(connection) as caught:
        energy(client)
    return len(caught)


@pytest.mark.parametrize("what", ["tip", "discount"])
def test_a_new_rule_makes_the_page_anew(client, home, what):
    energy(client)
    kept = asked(client)
    if what == "tip":
        TipRule.objects.create(
            code="warm", valid_from=date(2024, 1, 1), source="x",
            checked_on=date(2026, 1, 1), rule={"part": "base", "cut_percent": "5"},
            text_ko="끄기", text_en="Off",
        )  # fmt: skip
    else:
        PremisesDiscount.objects.create(premises=home, names=["large_family"])
    assert asked(client) > kept
    assert asked(client) == kept


def test_whoever_left_a_home_sees_nothing_of_it_any_more(client, home, neighbour):
    make.premises(neighbour, name="이웃의 집")
    Membership.objects.create(premises=home, person=neighbour)
    client.force_login(neighbour)
    assert "8,400원" in energy(client, home=home.pk)
    Membership.objects.filter(premises=home, person=neighbour).delete()
    assert client.get("/energy/", {"home": home.pk}).status_code == 404
    for text in (energy(client), client.get("/").text):
        assert "8,400원" not in text
        assert "보라네 집" not in text


def test_two_people_never_see_each_others_pages(client, home, neighbour):
    other = make.premises(neighbour, name="이웃의 집")
    saving(other, 1200)
    mine = energy(client) + client.get("/").text
    client.force_login(neighbour)
    theirs = energy(client) + client.get("/").text
    assert "보라네 집" in mine
    assert "이웃의 집" not in mine
    assert "이웃의 집" in theirs
    assert "보라네 집" not in theirs
    assert client.get("/energy/", {"home": home.pk}).status_code == 404


def test_two_languages_keep_pages_of_their_own(client, home):
    korean = energy(client)
    client.cookies["django_language"] = "en"
    english = energy(client)
    assert "8,400원" in korean
    assert "8,400 won" in english
    assert "8,400원" not in english


def test_nobody_signed_in_gets_the_kept_page(client, home):
    energy(client)
    client.logout()
    for address in ("/energy/", "/"):
        assert "보라네 집" not in client.get(address).text


def test_the_kept_piece_holds_no_form(client, home):
    """Its token would be that of the first visit."""
    text = client.get("/energy/", headers={"HX-Request": "true"}).text
    assert "csrfmiddlewaretoken" not in text
    start = client.get("/").text
    assert start.count("csrfmiddlewaretoken") == client.get("/about/").text.count(
        "csrfmiddlewaretoken"
    )

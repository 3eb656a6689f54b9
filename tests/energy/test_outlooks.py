"""Stored outlooks: due with what moves them, shown only while they are true."""

import re
from datetime import timedelta

import numpy as np
import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import caches
from django.utils import timezone, translation

from livinglab.energy.models import (
    DailyUse,
    HomeOutlook,
    Membership,
    Saving,
    SavingsDue,
    TipRule,
)
from livinglab.energy.selectors.home_energy import home_energy, homes_of
from livinglab.energy.selectors.neighbours import Neighbours
from livinglab.energy.selectors.outlook_facts import (
    facts_of,
    neighbours_of_facts,
    outlook_of,
)
from livinglab.energy.services import outlooks
from livinglab.energy.services.erasure import erase_usage
from livinglab.energy.services.outlooks import (
    compute_all_outlooks,
    mark_a_new_day,
    mark_outlooks_due,
)
from livinglab.energy.services.premises import change_premises
from livinglab.energy.services.savings import compute_next, mark_premises_due
from livinglab.energy.tasks.outlooks import sweep_due_outlooks
from tests import make
from tests.energy.ahead import a_tip, home_with_days

TOKEN = r'(?<=name="csrfmiddlewaretoken" value=")\w+'


@pytest.fixture
def home(resident):
    a_tip()
    return home_with_days(resident)


@pytest.fixture
def stored(home):
    mark_outlooks_due([home.pk])
    assert compute_all_outlooks() == 1
    return HomeOutlook.objects.get()


def use(home, kwh):
    for row in DailyUse.objects.filter(meter__premises=home):
        wh = np.frombuffer(bytes(row.wh), "<i4").copy()
        wh[wh >= 0] = round(kwh * 1000)
        row.wh = wh.tobytes()
        row.save(update_fields=["wh"])


def energy(client):
    for name in ("default", "pages"):
        caches[name].clear()
    return re.sub(TOKEN, "", client.get("/energy/").text)


def test_what_is_stored_is_what_a_look_computes_to_the_last_digit(stored, resident):
    live = home_energy(homes_of(resident).get()).outlook
    read = outlook_of(stored.facts)
    assert read.split == live.split
    assert read.tips == live.tips
    assert vars(read.forecast) | {"by_day": 0} == vars(live.forecast) | {"by_day": 0}
    assert read.forecast.by_day.tolist() == live.forecast.by_day.tolist()
    assert read.ladder == live.ladder


def test_neighbours_come_back_with_the_citys_name_in_the_readers_language():
    month = timezone.localdate().replace(day=1)
    found = Neighbours(month, "시흥시", 12, ("place",), True, 1.5, 1.0, 2.0, 3.0)  # noqa: FBT003
    facts = facts_of(outlook_of({"forecast": None, "split": None, "tips": []}),
                     month, found)  # fmt: skip
    assert neighbours_of_facts(facts, "Siheung") == Neighbours(
        **vars(found) | {"city": "Siheung"}
    )


def test_the_page_shows_the_same_from_the_row_and_computed(client, stored, resident):
    client.force_login(resident)
    from_row = energy(client)
    assert "난방을 1도 낮춰요" in from_row
    HomeOutlook.objects.all().delete()
    assert energy(client) == from_row


def test_the_row_is_what_the_page_shows(client, stored, resident):
    client.force_login(resident)
    stored.facts["forecast"]["won"] = 987_654
    stored.save(update_fields=["facts"])
    assert "987,654원" in energy(client)


def test_a_first_look_asks_eight_questions_at_most(
    client, home, resident, django_assert_max_num_queries
):
    month = timezone.localdate().replace(day=1)
    Saving.objects.create(
        premises=home, month=month, days=22, days_possible=22, expected_kwh=300,
        actual_kwh=280, saved_kwh=20, expected_won=9000, actual_won=8000,
        saved_won=1000, state="saving", method="x",
    )  # fmt: skip
    client.force_login(resident)
    client.get("/me/")
    mark_outlooks_due([home.pk])
    compute_all_outlooks()
    for name in ("default", "pages"):
        caches[name].clear()
    with django_assert_max_num_queries(8):
        assert "난방을 1도 낮춰요" in client.get("/energy/").text


def test_new_days_show_at_once_also_before_the_row_is_computed(
    client, home, stored, resident
):
    client.force_login(resident)
    before = energy(client)
    use(home, 21)
    after = energy(client)
    assert stored.facts["forecast"]["won"] != 0
    won = f"{stored.facts['forecast']['won']:,}원"
    assert won in before
    assert won not in after


def test_a_changed_tip_shows_at_once(client, stored, resident):
    client.force_login(resident)
    TipRule.objects.update(text_ko="창문을 닫아요", updated_at=timezone.now())
    assert "창문을 닫아요" in energy(client)


def test_tips_are_read_in_either_language(client, stored, resident):
    client.force_login(resident)
    client.cookies["django_language"] = "en"
    assert "Heat one degree less" in energy(client)
    with translation.override("en"):
        assert outlook_of(stored.facts).tips[0].text == "Heat one degree less"


def test_what_moves_the_figures_moves_the_outlook(home, stored):
    mark_premises_due(home, "test")
    while compute_next() is not None:
        pass
    assert not SavingsDue.objects.exists()
    assert HomeOutlook.objects.get().is_due


def test_a_changed_home_is_looked_ahead_again(home, stored, resident):
    change_premises(home, {"name": "새 이름"}, by=resident)
    assert HomeOutlook.objects.get().is_due
    compute_all_outlooks()
    assert not HomeOutlook.objects.get().is_due


def test_a_new_day_is_looked_ahead_from_anew(stored, resident, client):
    client.force_login(resident)
    client.get("/me/sessions/")  # notes the look at once
    assert mark_a_new_day() == 0
    HomeOutlook.objects.update(day=timezone.localdate() - timedelta(days=1))
    sweep_due_outlooks()
    row = HomeOutlook.objects.get()
    assert row.day == timezone.localdate()
    assert not row.is_due


def test_a_day_costs_nothing_where_nobody_looks(stored, resident, client):
    client.force_login(resident)
    client.get("/me/sessions/")
    HomeOutlook.objects.update(day=timezone.localdate() - timedelta(days=1))
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=15))
    assert mark_a_new_day() == 0


def test_marked_again_while_it_is_computed_it_stays_due(home, monkeypatch):
    mark_outlooks_due([home.pk])
    real = outlooks.home_energy

    def moved(*args, **kwargs):
        mark_outlooks_due([home.pk])
        monkeypatch.setattr(outlooks, "home_energy", real)
        return real(*args, **kwargs)

    monkeypatch.setattr(outlooks, "home_energy", moved)
    outlooks.compute_next_outlook()
    row = HomeOutlook.objects.get()
    assert row.is_due
    assert row.facts
    assert compute_all_outlooks() == 1
    assert not HomeOutlook.objects.get().is_due


def test_a_dead_worker_holds_an_outlook_for_a_minute_only(home):
    mark_outlooks_due([home.pk])
    HomeOutlook.objects.all().claim(seconds=60)
    assert compute_all_outlooks() == 0
    HomeOutlook.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert compute_all_outlooks() == 1


def test_a_home_of_nobody_has_none(home):
    Membership.objects.all().delete()
    mark_outlooks_due([home.pk])
    assert not HomeOutlook.objects.exists()


def test_nothing_is_computed_for_whoever_is_about_to_leave(home, resident):
    mark_outlooks_due([home.pk])
    resident.leaving_since = timezone.now()
    resident.save(update_fields=["leaving_since"])
    assert compute_all_outlooks() == 0


def test_it_goes_with_the_readings_it_rests_on(home, stored):
    erase_usage(home)
    assert not HomeOutlook.objects.exists()


def test_nobody_elses_outlook_is_shown(client, stored, neighbour):
    make.premises(neighbour)
    client.force_login(neighbour)
    assert "난방을 1도 낮춰요" not in energy(client)

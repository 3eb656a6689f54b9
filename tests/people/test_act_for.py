"""Acting for somebody: in the areas handed over, written down, and nowhere else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from livinglab.energy.models import Bill, RegisterReading
from livinglab.kernel.acting import area_of, areas
from livinglab.kernel.errors import NotAllowed
from livinglab.kernel.permissions import may, require
from livinglab.notifications.services import notify
from livinglab.people.models import Act, Consent, DataRead, Helping
from livinglab.people.services import give_consent, withdraw_consent
from livinglab.people.services.downloads import ask_download
from livinglab.people.services.helping import (
    acting_through,
    end_help,
    invite_helper,
)
from livinglab.people.services.leaving import ask_to_leave
from tests import make

ENERGY = area_of("energy")


def facts_of(helping):
    return {"helping": helping.pk, "name": "옛 도우미"}


@pytest.fixture
def helping(resident, neighbour):
    return Helping.objects.create(
        person=resident,
        helper=neighbour,
        state=Helping.State.ACTIVE,
        areas=["energy"],
        until=timezone.localdate() + timedelta(days=9),
        confirmed_at=timezone.now(),
    )


@pytest.fixture
def home(resident):
    return make.premises(resident, name="보라네 집")


@pytest.fixture
def acting(client, neighbour, helping):
    """The helper's browser, switched."""
    client.force_login(neighbour)
    assert client.post(f"/me/helping/{helping.pk}/act/").url == "/energy/"
    return client


def reading(home):
    return f"/energy/homes/{home.pk}/add/bill/", {
        "start": "2026-08-01",
        "last": "2026-08-31",
        "kwh": "300",
        "amount_won": "50000",
        "step": "enter",
    }


def test_before_the_switch_the_helper_is_only_oneself(client, neighbour, helping, home):
    client.force_login(neighbour)
    assert client.get(f"/energy/homes/{home.pk}/add/").status_code == 404
    assert "보라네 집" not in client.get("/energy/").text


def test_after_it_the_pages_are_about_the_helped_one(acting, home):
    page = acting.get(f"/energy/homes/{home.pk}/add/").text
    assert "보라네 집" in page
    assert "보라네님을 대신해" in page
    assert "이웃집님이 하고 있어요" in page


def test_the_start_page_is_about_the_helped_ones_areas_alone(
    acting, helping, home, resident, neighbour, django_assert_max_num_queries
):
    make.premises(neighbour, name="이웃집의 집")
    notify(resident, kind="people.help_ended", event="x", facts=facts_of(helping))

    page = acting.get("/").text

    assert "보라네 집" in page
    assert "함께 아낀 만큼" not in page
    assert "/accounts/signup/" not in page
    assert "이웃집의 집" not in page
    assert "옛 도우미" not in page
    assert "/energy/homes/add/" not in page  # a home of one's own is one's own affair
    looks = DataRead.objects.filter(person=resident, reader=neighbour)
    assert [look.what for look in looks] == [str(ENERGY.label)]
    acting.get("/")
    assert looks.count() == 1
    with django_assert_max_num_queries(8):
        acting.get("/")


def test_the_start_page_shows_notices_to_whom_they_were_handed(
    acting, helping, home, resident
):
    Helping.objects.update(areas=["notices"])
    facts = facts_of(helping)
    notice = notify(resident, kind="people.help_ended", event="x", facts=facts)

    page = acting.get("/").text

    assert f"/me/inbox/{notice.pk}/" in page
    assert "보라네 집" not in page
    end_help(helping, by=resident)
    assert acting.get("/").status_code == 302
    assert f"/me/inbox/{notice.pk}/" not in acting.get("/").text


def test_every_page_names_both(acting):
    for address in ("/", "/about/", "/goals/", "/me/helping/"):
        page = acting.get(address).text
        assert "보라네님을 대신해" in page
        assert "이웃집님이 하고 있어요" in page


def test_an_act_is_done_once_and_written_down_for_both(
    acting, home, resident, neighbour, helping
):
    address, facts = reading(home)
    acting.post(address, facts)
    bill = Bill.objects.get(premises=home)
    assert bill.by == resident
    act = Act.objects.get()
    assert (act.person, act.helper, act.area) == (resident, neighbour, "energy")
    assert act.rule == "energy.add_usage"
    assert act.thing == "보라네 집"
    for whose in (resident, neighbour):
        acting.force_login(whose)
        page = acting.get(f"/me/helping/{helping.pk}/").text
        assert "이웃집님이 보라네님을 대신해" in page


def test_an_act_that_is_refused_is_not_written_down(acting, home):
    address, facts = reading(home)
    acting.post(address, facts | {"kwh": "-3"})
    assert not Bill.objects.exists()
    assert not Act.objects.exists()


def test_a_look_before_it_is_stored_is_no_act(acting, home):
    address, facts = reading(home)
    assert acting.post(address, facts | {"step": "look"}).status_code == 200
    assert not Act.objects.exists()


def test_one_does_not_write_down_what_one_does_oneself(client, resident, home):
    client.force_login(resident)
    address, facts = reading(home)
    client.post(address, facts)
    assert Bill.objects.exists()
    assert not Act.objects.exists()


def test_looking_is_written_down_once_a_day(acting, home, resident, neighbour):
    for _time in range(3):
        acting.get(f"/energy/homes/{home.pk}/add/")
    read = DataRead.objects.get(person=resident)
    assert (read.reader, read.reader_as) == (neighbour, "helper")
    assert read.what == "에너지 검침과 고지서"


CLOSED = [
    "/me/profile/",
    "/me/consents/",
    "/me/consents/energy/",
    "/me/reads/",
    "/me/download/",
    "/me/leave/",
    "/me/helping/invite/",
    "/me/helping/code/",
    "/me/inbox/",
    "/me/notifications/",
    "/me/sessions/",
    "/energy/homes/{}/",
    "/api/v1/me/",
    "/api/v1/me/consents/",
    "/api/v1/me/downloads/",
    "/api/v1/me/leaving/",
    "/api/v1/premises/",
    "/api/v1/premises/{}/export.csv",
    "/api/v1/notices/",
]


@pytest.mark.parametrize("address", CLOSED)
def test_what_was_not_handed_over_is_closed(acting, home, address):
    answer = acting.get(address.format(home.pk))
    assert answer.status_code == 403
    assert "보라네 집" not in answer.text


FORBIDDEN = [
    ("/me/consents/switch/", {"purpose": "energy", "sure": "on"}),
    ("/me/download/", {}),
    ("/me/leave/ask/", {"understood": "on"}),
    ("/me/leave/stay/", {}),
    ("/me/helping/invite/", {"areas": ["energy"], "until": "2027-01-01"}),
    ("/energy/homes/{}/invite/", {}),
    ("/energy/homes/{}/devices/", {"name": "x"}),
    ("/me/inbox/read/", {}),
    ("/me/sessions/others/end/", {}),
    ("/api/v1/me/tokens/", {}),
]


@pytest.mark.parametrize(("address", "facts"), FORBIDDEN)
def test_what_a_helper_may_never_do(acting, home, resident, address, facts):
    before = Consent.objects.standing().filter(person=resident).count()
    assert acting.post(address.format(home.pk), facts).status_code == 403
    assert Consent.objects.standing().filter(person=resident).count() == before
    assert not Act.objects.exists()


def test_not_even_a_service_lets_a_helper(resident, helping, home):
    resident.acting = acting_through(helping)
    until = timezone.localdate()
    for verb in (
        lambda: withdraw_consent(resident, "energy"),
        lambda: give_consent(resident, "energy"),
        lambda: ask_download(resident),
        lambda: ask_to_leave(resident),
        lambda: invite_helper(resident, areas=["energy"], until=until),
        lambda: require(resident, "energy.change_premises", home),
        lambda: require(resident, "energy.export_premises", home),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert may(resident, "energy.add_usage", home)


def test_a_home_of_somebody_else_stays_closed(acting, stranger, neighbour):
    for whose in (stranger, neighbour):  # the helper's own home as well
        theirs = make.premises(whose)
        assert acting.get(f"/energy/homes/{theirs.pk}/add/").status_code == 404


def test_once_ended_the_very_next_request_is_turned_away(
    acting, helping, home, resident
):
    end_help(helping, by=resident)
    address, facts = reading(home)
    assert acting.post(address, facts).url == "/me/helping/"
    assert not Bill.objects.exists()
    assert acting.get(f"/energy/homes/{home.pk}/add/").status_code == 404


def test_in_somebodys_name_nothing_happens_in_ones_own(
    acting, helping, resident, neighbour
):
    """The form was opened for somebody; when it arrives the help is over."""
    end_help(helping, by=resident)
    mine = make.premises(neighbour)
    address, facts = reading(mine)
    acting.post(address, facts)
    assert not Bill.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"until": timezone.localdate() - timedelta(days=2)},
        {"state": "ended"},
        {"state": "accepted"},
        {"areas": ["notices"]},
    ],
)
def test_what_changed_meanwhile_counts(acting, helping, home, change):
    Helping.objects.update(**change)
    answer = acting.get(f"/energy/homes/{home.pk}/add/")
    assert answer.status_code in {302, 403}


def test_a_withdrawn_consent_closes_the_door_at_once(acting, home, resident):
    Consent.objects.filter(person=resident, purpose="helping").update(
        withdrawn_at=timezone.now()
    )
    assert acting.get(f"/energy/homes/{home.pk}/add/").url == "/me/helping/"


def test_a_session_cannot_be_switched_to_a_help_of_others(
    client, helping, stranger, home
):
    client.force_login(stranger)
    session = client.session
    session["acting_for"] = helping.pk
    session.save()
    assert client.get(f"/energy/homes/{home.pk}/add/").url == "/me/helping/"
    assert "acting_for" not in client.session


def test_who_signs_in_next_in_this_browser_acts_for_nobody(acting, resident, home):
    acting.logout()
    acting.force_login(resident)
    assert "acting_for" not in acting.session


def test_a_token_never_acts(acting, neighbour, home, helping):
    acting.post("/me/helping/stop/")
    token = acting.post("/api/v1/me/tokens/").json()["token"]
    acting.post(f"/me/helping/{helping.pk}/act/")
    answer = acting.get("/api/v1/me/", headers={"Authorization": f"Token {token}"})
    assert answer.json()["id"] == neighbour.pk
    with_token = acting.get(
        f"/api/v1/premises/{home.pk}/readings/",
        headers={"Authorization": f"Token {token}"},
    )
    assert with_token.status_code == 404


def test_the_json_door_follows_the_browser_within_the_area(acting, home):
    sent = {"read_at": "2026-11-15T09:00:00+09:00", "kwh": "12345.6"}
    answer = acting.post(
        f"/api/v1/premises/{home.pk}/readings/", sent, content_type="application/json"
    )
    assert answer.status_code == 201
    assert RegisterReading.objects.exists()
    assert Act.objects.get().helper.name == "이웃집"


def test_stopping_makes_one_oneself(acting, home):
    acting.post("/me/helping/stop/")
    assert acting.get("/me/").status_code == 200
    assert acting.get(f"/energy/homes/{home.pk}/add/").status_code == 404


def test_a_coordinator_who_is_helped_lends_no_power(
    client, coordinator, neighbour, siheung
):
    give_consent(coordinator, "helping")
    helping = Helping.objects.create(
        person=coordinator,
        helper=neighbour,
        state=Helping.State.ACTIVE,
        areas=["energy"],
        until=timezone.localdate(),
        confirmed_at=timezone.now(),
    )
    client.force_login(neighbour)
    client.post(f"/me/helping/{helping.pk}/act/")
    assert client.get("/energy/facilities/add/").status_code == 403
    assert client.get("/admin/").status_code in {302, 403}


def test_reading_notices_is_an_area_of_its_own(
    client, resident, neighbour, helping, home
):
    Helping.objects.update(areas=["notices"])
    notify(
        resident,
        kind="people.help_ended",
        event="x",
        facts={"helping": helping.pk, "name": "누구"},
    )
    client.force_login(neighbour)
    assert client.post(f"/me/helping/{helping.pk}/act/").url == "/me/inbox/"
    assert "누구" in client.get("/me/inbox/").text
    client.post("/me/inbox/read/")
    assert Act.objects.get().rule == "notifications.read_all"
    assert client.get(f"/energy/homes/{home.pk}/add/").status_code == 403


def test_every_area_names_pages_that_are_there_and_says_what_it_does():
    for one in areas():
        assert str(one.label)
        assert str(one.says)
        reverse(one.start)
        assert all(str(words) for words in one.rules.values())


def test_acting_costs_little_more(acting, home, django_assert_max_num_queries):
    acting.get(f"/energy/homes/{home.pk}/add/")
    with django_assert_max_num_queries(8):
        acting.get(f"/energy/homes/{home.pk}/add/")

"""Every address: who gets in, by which verbs, and never by a forged form."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests import make
from tests.security.doors import PUBLIC, WITHOUT_COOKIE, WITHOUT_TOKEN, Door, doors

SIGN_IN = re.compile(r"^/(?:accounts/(?:login|reauthenticate)|admin/login)/")
CLOSED = {401, 405}
PAGE_VERBS = {"GET", "HEAD", "POST", "OPTIONS"}
# A sentence where there is one; no page is drawn thousands of times.
SPOKEN = {"accept": "application/json, */*;q=0.1"}


def is_closed(answer) -> bool:
    """Sent to the sign-in, told to sign in, or not a verb of this door."""
    if answer.status_code == 302:
        return bool(SIGN_IN.match(answer.url))
    return answer.status_code in CLOSED


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["get", "post", "put", "patch", "delete"])
def test_a_guest_gets_in_only_where_a_door_is_open_on_purpose(verb, client):
    closed = [door for door in doors() if door.route not in PUBLIC]
    assert len(closed) > 100

    opened = {
        door.route: answer.status_code
        for door in closed
        if not is_closed(answer := getattr(client, verb)(door.address))
    }

    assert not opened


@pytest.mark.django_db
def test_an_open_door_answers_a_guest(client):
    broken = {
        door.route: answer.status_code
        for door in doors()
        if door.route in PUBLIC
        and (answer := client.get(door.address)).status_code >= 500
        and door.route != "readyz"
    }
    assert not broken


def test_the_lists_of_open_doors_name_doors_that_exist():
    routes = {door.route for door in doors()}
    assert set(PUBLIC) | set(WITHOUT_TOKEN) <= routes


@pytest.mark.django_db
def test_nobody_can_press_a_button_for_somebody_else(resident):
    """Every address refuses a form without the token, signed in or not."""
    client = Client(enforce_csrf_checks=True, headers=SPOKEN)
    guest = Client(enforce_csrf_checks=True, headers=SPOKEN)
    client.force_login(resident)

    taken = {}
    for door in doors():
        if door.route in WITHOUT_TOKEN | WITHOUT_COOKIE:
            continue
        for name, who in {"resident": client, "guest": guest}.items():
            status = who.post(door.address).status_code
            refused = {401, 403, 405} if door.is_api or door.is_token_free else {403}
            if status not in refused:
                taken[door.route, name] = status
    assert not taken


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_another_site_cannot_write_through_the_api_with_somebodys_cookie(
    verb, resident
):
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.test"})
    client.force_login(resident)
    let_in = {
        door.route: answer.status_code
        for door in doors()
        if door.is_api
        and door.route not in WITHOUT_COOKIE
        and (answer := getattr(client, verb)(door.address)).status_code
        not in {401, 403, 405}
    }
    assert not let_in


@pytest.mark.django_db
def test_no_other_site_may_read_the_api(client):
    answer = client.get("/api/v1/goals/", headers={"origin": "https://evil.test"})
    assert not [n for n in answer.headers if n.lower().startswith("access-control-")]


@pytest.mark.django_db
@pytest.mark.parametrize("begun", ["cross-site", "same-site"])
def test_another_site_cannot_hand_files_over(begun, client, resident):
    client.force_login(resident)
    answer = client.post("/share/", headers={"sec-fetch-site": begun})
    assert answer.status_code == 403


def test_only_the_listed_doors_are_free_of_the_token():
    free = {
        door.route
        for door in doors()
        if door.is_token_free and not door.is_api and door.is_ours
    }
    assert free == set(WITHOUT_TOKEN)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["put", "patch", "delete", "trace"])
def test_a_page_answers_only_the_verbs_of_pages(verb, client, resident):
    client.force_login(resident)
    loose = {
        door.route: answer.status_code
        for door in doors()
        if door.is_ours
        and not door.is_api
        and (answer := getattr(client, verb)(door.address, headers=SPOKEN)).status_code
        != 405
    }
    assert not loose


@pytest.mark.django_db
def test_a_stranger_opens_nothing_by_guessing_numbers(client, resident, stranger):
    """With the ids of a resident's own things; each answers as if it did not exist."""
    home = make.premises(resident)
    client.force_login(stranger)
    found = {}
    for door in doors():
        if not _is_about_a_home(door):
            continue
        address = door.address.replace("987654321", str(home.pk))
        for verb in ("get", "post", "put", "delete"):
            status = getattr(client, verb)(address).status_code
            if status not in {403, 404, 405}:
                found[door.route, verb] = status
    assert not found


def _is_about_a_home(door: Door) -> bool:
    return "homes/<int:pk>/" in door.route or "premises/<int:pk>/" in door.route


def test_the_session_cookie_is_out_of_reach_of_scripts():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_COOKIE_SAMESITE == "Lax"

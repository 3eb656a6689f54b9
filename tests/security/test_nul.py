"""A NUL is in no text of people, and no database keeps one: doors have an answer."""

import pytest
from django.test import Client

from tests.security.doors import PUBLIC, doors

pytestmark = pytest.mark.django_db
MACHINES = {"readyz", "healthz"}


def test_no_door_breaks_when_its_question_holds_a_nul(client, resident):
    client.force_login(resident)
    broken = {
        door.route: answer.status_code
        for door in doors()
        if door.route not in MACHINES and not door.is_admin
        if (answer := client.get(door.address + "?q=%00")).status_code
        not in {302, 400, 401, 403, 404, 405}
    }
    # style sheets, scripts and files of the suite are served before anybody asks
    assert not broken


def test_no_form_with_a_nul_gets_past_its_door(resident):
    client = Client(enforce_csrf_checks=True)
    client.force_login(resident)
    client.get("/about/")
    token = {"X-CSRFToken": client.cookies["csrftoken"].value}
    sent = {"words": "a\0b", "alts": ["\0"], "answer-depth": "\0", "\0": "name"}
    broken = {
        door.route: answer.status_code
        for door in doors()
        if door.is_ours and not door.is_api and "logout" not in door.route
        if (answer := client.post(door.address, sent, headers=token)).status_code
        not in {302, 400, 401, 403, 404, 405, 422}
    }
    assert not broken


def test_the_doors_for_reports_answer_with_words(client):
    for address in ("/report/", "/issues/", "/search/?q=a"):
        assert address.split("?")[0].strip("/") + "/" in PUBLIC
        answer = client.get(address, {"words": "\0"})
        assert answer.status_code == 400
        assert "<h1" in answer.text

"""What would hurt in the wrong hands is asked for again, and then goes on."""

import re

import pytest
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from livinglab.people.proof import recently_proven
from tests.signing_in import forget_proofs


@recently_proven
def something_grave(request: HttpRequest, word: str) -> HttpResponse:
    said = request.POST.get("said", "nothing")
    return HttpResponse(f"{request.method} {word} {said}")


urlpatterns = [
    path("grave/<str:word>/", something_grave),
    path("", include("livinglab.config.urls")),
]
pytestmark = pytest.mark.urls(__name__)


def mailed_code() -> str:
    return re.search(r"^[A-Z]{4}-[A-Z]{4}$", mail.outbox[-1].body, re.M)[0]


def test_a_fresh_sign_in_is_proof_enough(client, resident):
    client.force_login(resident)

    assert client.get("/grave/leave/").content == b"GET leave nothing"


def test_a_visitor_is_asked_to_sign_in(client, db):
    answer = client.get("/grave/leave/")

    assert answer["Location"] == "/accounts/login/?next=/grave/leave/"


def test_an_old_sign_in_leads_to_the_proof_and_back(client, resident):
    client.force_login(resident)
    forget_proofs(client)

    asked = client.get("/grave/leave/?x=1")
    assert asked["Location"] == "/me/prove/?next=%2Fgrave%2Fleave%2F%3Fx%3D1"
    client.post(asked["Location"], {"action": "send", "next": "/grave/leave/?x=1"})
    answer = client.post(
        "/me/prove/", {"code": mailed_code(), "next": "/grave/leave/?x=1"}
    )

    assert answer["Location"] == "/grave/leave/?x=1"
    assert client.get("/grave/leave/").status_code == 200


def test_what_a_form_had_sent_is_not_lost(client, resident):
    client.force_login(resident)
    forget_proofs(client)

    asked = client.post("/grave/leave/", {"said": "my words"})
    client.post(asked["Location"], {"action": "send", "next": "/grave/leave/"})
    answer = client.post("/me/prove/", {"code": mailed_code(), "next": "/grave/leave/"})

    assert answer.content == b"POST leave my words"


def test_a_wrong_code_opens_nothing_and_three_of_them_end_it(client, resident):
    client.force_login(resident)
    forget_proofs(client)
    client.post("/me/prove/", {"action": "send"})
    right = mailed_code()

    for _try in range(3):
        assert client.post("/me/prove/", {"code": "BCDF-GHJK"}).status_code == 200
    client.post("/me/prove/", {"code": right})

    assert client.get("/grave/leave/").status_code == 302


def test_a_code_is_old_after_ten_minutes(client, resident, time_machine):
    time_machine.move_to("2026-11-23 09:00", tick=False)
    client.force_login(resident)
    client.post("/me/prove/", {"action": "send"})
    time_machine.move_to("2026-11-23 09:11", tick=False)

    client.post("/me/prove/", {"code": mailed_code()})

    assert client.get("/grave/leave/").status_code == 302


def test_codes_are_mailed_a_few_times_only(client, resident):
    client.force_login(resident)

    answers = [client.post("/me/prove/", {"action": "send"}) for _time in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


def test_a_session_that_never_showed_anything_is_not_sure(resident):
    bare = Client()
    bare.force_login(resident)

    assert bare.get("/grave/leave/").status_code == 302


def test_the_way_back_stays_on_this_site(client, resident):
    client.force_login(resident)
    client.post("/me/prove/", {"action": "send"})

    answer = client.post(
        "/me/prove/", {"code": mailed_code(), "next": "https://elsewhere.example/"}
    )

    assert answer["Location"] == "/"

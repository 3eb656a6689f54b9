"""What a guest began is kept, joins the account, and nobody else's does."""

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils import timezone

from livinglab.kernel.guests import joins
from livinglab.people.errors import TooMuchKept
from livinglab.people.guests import begin_guest, guest_of
from livinglab.people.models import Draft, Guest
from livinglab.people.services.guests import (
    DRAFTS_EACH,
    drafts_of,
    drop_draft,
    drop_expired_guests,
    join_guest,
    keep_draft,
    make_guest,
)
from tests import make
from tests.people.test_sign_up import CONSENTS, PLACE, YES, code


def begin(request: HttpRequest) -> HttpResponse:
    draft = keep_draft(begin_guest(request), "report", {"words": "a dark lamp"})
    return HttpResponse(str(draft.key))


def whose(request: HttpRequest) -> HttpResponse:
    guest = guest_of(request)
    return HttpResponse(str(guest.pk if guest else "nobody"))


urlpatterns = [
    path("begin/", begin),
    path("whose/", whose),
    path("", include("livinglab.config.urls")),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def sign_in(client: Client, email: str) -> None:
    client.post("/accounts/login/", {"login": email})
    client.post("/accounts/login/code/confirm/", {"code": code()})


def test_a_draft_of_a_guest_is_the_person_s_after_signing_in(resident):
    phone = Client()
    phone.get("/begin/")
    sign_in(phone, resident.email)

    assert drafts_of(resident).get().words == {"words": "a dark lamp"}
    assert not Guest.objects.exists()
    assert phone.get("/whose/").text == "nobody"


def test_and_after_signing_up(resident):
    phone = Client()
    phone.get("/begin/")
    phone.post("/accounts/signup/", {"email": "new@example.org"})
    phone.post("/accounts/confirm-email/", {"code": code()})
    phone.post(PLACE, {"place": "later"})
    phone.post(CONSENTS, YES)

    assert Draft.objects.get().person.email == "new@example.org"


def test_another_browser_s_draft_stays_where_it_is(resident):
    theirs, mine = Client(), Client()
    theirs.get("/begin/")
    sign_in(mine, resident.email)

    assert not drafts_of(resident).exists()
    assert Draft.objects.get().guest is not None


@pytest.mark.parametrize("cookie", ["", "guessed", "guessed:sig", "1", "a:b:c"])
def test_a_guessed_cookie_is_nobody(cookie):
    Client().get("/begin/")
    stranger = Client()
    stranger.cookies["guest"] = cookie

    assert stranger.get("/whose/").text == "nobody"


def test_the_secret_itself_is_not_in_the_database():
    guest, secret = make_guest()

    assert secret not in str(vars(guest))
    assert len(secret) > 40


def test_the_cookie_is_out_of_the_script_s_reach():
    kept = Client().get("/begin/").cookies["guest"]

    assert kept["httponly"]
    assert kept["samesite"] == "Lax"
    assert kept["max-age"] == 30 * 24 * 3600


def test_visitors_who_begin_nothing_get_no_cookie(client):
    assert "guest" not in client.get("/goals/").cookies


def test_a_chosen_dong_joins_but_does_not_overwrite(resident):
    other = make.neighbourhood("4139051000")
    newcomer = make.person()

    join_guest(None, newcomer, place=other.code)
    join_guest(None, resident, place=other.code)

    assert newcomer.neighbourhood == other
    assert resident.neighbourhood.code == "4139059100"


def test_the_dong_of_the_session_comes_along(resident):
    phone = Client()
    resident.neighbourhood = None
    resident.save()
    make.neighbourhood("4139051000")
    phone.get("/begin/")
    session = phone.session
    session["guest"] = {"place": "4139051000"}
    session.save()
    sign_in(phone, resident.email)

    resident.refresh_from_db()
    assert resident.neighbourhood.code == "4139051000"


def test_everything_expires(resident, time_machine):
    keep_draft(resident, "report", {})
    phone = Client()
    phone.get("/begin/")
    time_machine.move_to(timezone.now() + timedelta(days=31))

    assert phone.get("/whose/").text == "nobody"
    assert drop_expired_guests() == 3
    assert not Draft.objects.exists()


def test_the_same_key_again_overwrites(resident):
    draft = keep_draft(resident, "report", {"words": "a"})
    keep_draft(resident, "report", {"words": "ab"}, key=draft.key)

    assert drafts_of(resident).get().words == {"words": "ab"}


def test_a_key_of_somebody_else_makes_a_new_draft(resident, neighbour):
    theirs = keep_draft(neighbour, "report", {"words": "theirs"})
    mine = keep_draft(resident, "report", {"words": "mine"}, key=theirs.key)
    drop_draft(resident, theirs.key)

    theirs.refresh_from_db()
    assert theirs.words == {"words": "theirs"}
    assert mine.key != theirs.key


def test_too_long_and_too_many_are_refused_in_words(resident):
    with pytest.raises(TooMuchKept):
        keep_draft(resident, "report", {"words": "x" * 20_001})
    for n in range(DRAFTS_EACH):
        keep_draft(resident, "report", {"n": n})
    with pytest.raises(TooMuchKept):
        keep_draft(resident, "report", {})


def test_an_app_declares_what_joins(resident):
    guest, _secret = make_guest()
    heard = []
    joins("test", lambda *ids: heard.append(ids) or 1)

    join_guest(guest, resident)
    join_guest(guest, resident)

    joins.__globals__["_joins"].pop("test")
    assert heard == [(guest.pk or heard[0][0], resident.pk)]
    assert Guest.objects.count() == 0


def test_a_request_without_cookie_is_nobody():
    request = RequestFactory().get("/")
    assert guest_of(request) is None

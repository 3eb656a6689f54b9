"""Who works for a city shows more than a code in the mail."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client

from livinglab.energy.models import Premises
from livinglab.people.authentication import TokenAuthentication
from livinglab.people.models import Person, Role
from livinglab.people.second_factor import note_link
from livinglab.people.services import give_consent, give_role
from tests import make
from tests.people.test_prove import mailed_code


def digits(secret: str) -> str:
    """What the app on the phone would show now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def mailed_in(coordinator: Person) -> Client:
    """A coordinator who signed in by a code in the mail."""
    for purpose in ("service", "personal_data"):
        give_consent(coordinator, purpose)
    client = Client()
    client.post("/accounts/login/", {"login": coordinator.email})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code()})
    return client


def set_up_app(client: Client) -> str:
    page = client.get("/accounts/2fa/totp/activate/").text
    secret = re.search(r'<code class="ll-code">([A-Z2-7]+)</code>', page)[1]
    client.post("/accounts/2fa/totp/activate/", {"code": digits(secret)})
    return secret


@pytest.mark.django_db(transaction=True)
def test_the_way_from_a_mail_to_the_admin_site(mailed_in):
    assert mailed_in.get("/admin/").status_code == 302
    assert mailed_in.get("/admin/login/")["Location"] == "/me/second-factor/"
    guide = mailed_in.get("/me/second-factor/").text
    assert "/accounts/2fa/totp/activate/" in guide

    set_up_app(mailed_in)

    assert mailed_in.get("/admin/").status_code == 200
    assert mailed_in.get("/accounts/2fa/recovery-codes/").status_code == 200


def test_the_next_sign_in_takes_two_steps(mailed_in, coordinator):
    secret = set_up_app(mailed_in)
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    later = Client()
    later.post("/accounts/login/", {"login": coordinator.email})
    answer = later.post("/accounts/login/code/confirm/", {"code": mailed_code()})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert later.get("/admin/").status_code == 302

    wrong = later.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    cache.clear()  # the same six digits are good once
    later.post("/accounts/2fa/authenticate/", {"code": digits(secret)})

    assert later.get("/admin/").status_code == 200


def test_a_recovery_code_opens_the_door_once(mailed_in, coordinator):
    set_up_app(mailed_in)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for expected in (200, 302):
        later = Client()
        later.post("/accounts/login/", {"login": coordinator.email})
        later.post("/accounts/login/code/confirm/", {"code": mailed_code()})
        later.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert later.get("/admin/").status_code == expected


def test_the_role_sleeps_on_pages_and_in_the_api(coordinator, resident):
    home = make.premises(resident)
    bare = Client()
    bare.force_login(coordinator)

    assert bare.get(f"/api/v1/premises/{home.pk}/").status_code == 404
    assert bare.get(f"/energy/homes/{home.pk}/").status_code == 404
    assert not Premises.objects.visible_to(_asleep(coordinator)).exists()


def _asleep(person: Person) -> Person:
    again = Person.objects.get(pk=person.pk)
    again.put_roles_to_sleep()
    return again


def test_an_operator_s_mark_sleeps_too(db):
    chief = Person.objects.create_superuser("chief@example.org")

    assert chief.operates
    assert not _asleep(chief).operates


def test_saving_a_profile_keeps_a_sleeping_mark(db):
    chief = Person.objects.create_superuser("chief@example.org")
    bare = Client()
    bare.force_login(chief)
    bare.post("/me/profile/", {"name": "소장", "language": "ko"})

    chief.refresh_from_db()
    assert chief.is_superuser


def test_no_token_while_the_role_sleeps(mailed_in):
    answer = mailed_in.post("/api/v1/me/tokens/")

    assert answer.status_code == 403
    assert answer.json()["code"] == "second_factor_missing"


@pytest.mark.django_db(transaction=True)
def test_a_token_carries_the_role_only_while_a_second_factor_is_set_up(mailed_in, rf):
    set_up_app(mailed_in)
    token = mailed_in.post("/api/v1/me/tokens/").json()["token"]
    request = rf.get("/api/v1/me/", headers={"Authorization": f"Token {token}"})

    person, _token = TokenAuthentication().authenticate(request)
    assert person.coordinated_city_ids

    Authenticator.objects.all().delete()
    person, _token = TokenAuthentication().authenticate(request)
    assert not person.coordinated_city_ids


def test_becoming_a_coordinator_ends_tokens_made_before(client, resident, siheung):
    client.force_login(resident)
    token = client.post("/api/v1/me/tokens/").json()["token"]
    chief = Person.objects.create_superuser("chief@example.org")

    give_role(resident, Role.Kind.COORDINATOR, city=siheung, by=chief)

    bare = Client(headers={"Authorization": f"Token {token}"})
    assert bare.get("/api/v1/me/").status_code == 401


def test_the_last_second_factor_of_staff_stays(mailed_in):
    secret = set_up_app(mailed_in)
    page = mailed_in.post("/accounts/2fa/totp/deactivate/")

    assert page.status_code == 200
    assert Authenticator.objects.filter(type="totp").exists()
    assert secret


def test_a_resident_s_passkey_is_a_way_in_and_no_second_lock(resident):
    Authenticator.objects.create(user=resident, type="webauthn", data={"name": "폰"})
    client = Client()
    client.post("/accounts/login/", {"login": resident.email})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code()})

    assert client.session["_auth_user_id"] == str(resident.pk)


def test_a_resident_who_wants_two_steps_gets_them(resident):
    TOTP.activate(resident, generate_totp_secret())
    client = Client()
    client.post("/accounts/login/", {"login": resident.email})
    answer = client.post("/accounts/login/code/confirm/", {"code": mailed_code()})

    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert mail.outbox


def test_the_link_of_a_demonstration_wakes_roles_only_there(
    rf, client, coordinator, settings
):
    bare = Client()
    bare.force_login(coordinator)
    request = rf.get("/")
    request.session, request.user = bare.session, coordinator
    note_link(request, coordinator)
    request.session.save()

    settings.DEMO = True
    assert bare.get("/admin/").status_code == 200
    settings.DEMO = False
    assert bare.get("/admin/").status_code == 302

"""Leaving: a week to think again, then gone at one stroke, and a proof of it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.storage import default_storage
from django.utils import timezone

from livinglab.energy.models import AreaDue, Membership, Premises, SavingsDue, Upload
from livinglab.energy.selectors.agreement import counts_in_areas
from livinglab.energy.services.savings.claims import claim_due
from livinglab.kernel.personal_data import holders
from livinglab.notifications.models import Delivery, Notice
from livinglab.notifications.services import notify
from livinglab.notifications.services.sending import deliver_due
from livinglab.people.errors import ConsentMissing, LeavingRefused
from livinglab.people.models import (
    DataRead,
    FileToErase,
    KeptRead,
    Leaving,
    LeavingProof,
    LetterDue,
    Person,
)
from livinglab.people.services import require_consent
from livinglab.people.services.files import erase_due_files
from livinglab.people.services.leaving import (
    ask_to_leave,
    erase_due_leavers,
    erase_leaver,
    forget_old_proofs,
    leaving_questions,
    stay,
)
from livinglab.people.services.letters import send_due_letters
from tests import make
from tests.people import world
from tests.signing_in import forget_proofs

ASK = "/me/leave/ask/"


@pytest.fixture
def person(db, neighbour):
    somebody = world.somebody()
    world.full_life(somebody, neighbour)
    return somebody


def over(leaving):
    Leaving.objects.filter(pk=leaving.pk).update(erase_at=timezone.now())
    return leaving


def erased(person, **answers):
    leaving = over(ask_to_leave(person, answers=answers))
    return erase_leaver(leaving.pk)


# At once ------------------------------------------------------------------------------


def test_asking_ends_every_session_and_every_token(client, person):
    client.force_login(person)
    token = client.post("/api/v1/me/tokens/").json()["token"]
    phone = type(client)()
    phone.force_login(person)

    answer = client.post(ASK, {"understood": "on"})

    assert answer.url == f"/me/left/{person.leaving.number}/"
    assert phone.get("/me/").url.startswith("/accounts/login/")
    assert client.get("/me/").url.startswith("/accounts/login/")
    with_token = phone.get("/api/v1/me/", headers={"Authorization": f"Token {token}"})
    assert with_token.status_code == 401


def test_it_asks_for_a_proof_and_a_yes(client, person):
    client.force_login(person)
    assert client.post(ASK, {}).status_code == 422
    forget_proofs(client)
    assert client.post(ASK, {"understood": "on"}).status_code == 302
    assert not Leaving.objects.exists()


def test_nothing_is_computed_meanwhile(person):
    SavingsDue.objects.update(claimed_until=None, attempts=0)
    home = Premises.objects.get(memberships__person=person)
    ask_to_leave(person)
    assert claim_due(homes=[home.pk]) is None
    stay(person)
    assert claim_due(homes=[home.pk]) is not None


def test_a_home_that_somebody_stays_in_goes_on(person, neighbour):
    home = Premises.objects.get(memberships__person=person)
    Membership.objects.create(premises=home, person=neighbour)
    ask_to_leave(person)
    assert claim_due(homes=[home.pk]) is not None


def test_nothing_is_taken_in_or_counted_meanwhile(person):
    assert Premises.objects.filter(counts_in_areas()).exists()
    upload = Upload.objects.get()
    Upload.objects.update(state=Upload.State.RECEIVED)
    ask_to_leave(person)
    assert not Premises.objects.filter(counts_in_areas()).exists()
    assert not Upload.objects.due().filter(pk=upload.pk).exists()
    with pytest.raises(ConsentMissing):
        require_consent(person, "energy")


def test_nothing_is_sent_meanwhile(person):
    Delivery.objects.update(next_try_at=timezone.now())
    assert Delivery.objects.due(timezone.now()).exists()
    ask_to_leave(person)
    assert deliver_due() == 0
    before = Notice.objects.count()
    notify(
        person, kind="people.help_ended", event="x", facts={"helping": 1, "name": "a"}
    )
    assert Notice.objects.count() == before


def test_a_letter_says_until_when_one_may_think_again(person):
    LetterDue.objects.all().delete()
    leaving = ask_to_leave(person)
    assert send_due_letters() == 1
    letter = mail.outbox[0]
    assert letter.to == [person.email]
    assert timezone.localtime(leaving.erase_at).strftime("%Y-%m-%d") in letter.body
    assert f"/me/left/{leaving.number}/" in letter.body
    assert not LetterDue.objects.exists()


def test_whoever_works_for_a_city_gives_that_back_first(coordinator):
    with pytest.raises(LeavingRefused):
        ask_to_leave(coordinator)


# The way back -------------------------------------------------------------------------


def test_who_signs_in_again_is_offered_to_stay(client, person):
    ask_to_leave(person)
    client.force_login(Person.objects.get(pk=person.pk))
    assert client.get("/me/").url == "/me/leave/"
    assert "계속 쓸게요" in client.get("/me/leave/").text
    assert "다시 생각하기" in client.get("/").text

    client.post("/me/leave/stay/")

    assert client.get("/me/").status_code == 200
    assert not Leaving.objects.exists()
    assert erase_due_leavers() == 0


def test_meanwhile_every_other_door_is_closed(client, person):
    home = Premises.objects.get(memberships__person=person)
    ask_to_leave(person)
    client.force_login(Person.objects.get(pk=person.pk))
    for address in ("/me/consents/", "/me/download/", f"/energy/homes/{home.pk}/add/"):
        assert client.get(address).url == "/me/leave/"
    assert client.get("/api/v1/premises/").status_code == 409


def test_staying_at_the_last_moment_wins(person):
    leaving = over(ask_to_leave(person))
    stay(person)
    assert erase_leaver(leaving.pk) is None
    assert Person.objects.filter(pk=person.pk).exists()


def test_not_before_the_week_is_over(person):
    leaving = ask_to_leave(person)
    assert leaving.erase_at - leaving.asked_at == timedelta(days=7)
    assert erase_due_leavers() == 0


# Gone ---------------------------------------------------------------------------------


def test_everything_is_gone_and_the_proof_counts_it(person):
    email = person.email
    proof = erased(person)
    assert not Person.objects.filter(email=email).exists()
    held = {one.model for holder in holders() for one in holder.held}
    at_once = {"usersessions.UserSession", "knox.AuthToken"}
    counted = {".".join(label.split(".")[:2]) for label in proof.gone}
    missing = held - at_once - counted
    assert not missing, f"nobody counted {missing}"
    assert proof.gone["energy.Premises"] == 1
    assert proof.gone["files"] == 4


def test_nothing_is_left_but_the_letter_and_what_law_keeps(person):
    email, name = person.email, person.name
    erased(person)
    letter = LetterDue.objects.get()
    assert (letter.kind, letter.address) == ("left", email)
    letter.delete()
    for model in apps.get_models():
        said = str(list(model._default_manager.values()))
        assert email not in said, model
        assert name not in said, model


def test_files_wait_in_rows_and_go(person):
    names = [upload.file.name for upload in Upload.objects.all()]
    erased(person)
    assert FileToErase.objects.count() == 4
    assert all(default_storage.exists(name) for name in names)
    erase_due_files()
    assert not any(default_storage.exists(name) for name in names)


def test_the_sums_of_the_city_are_due(person):
    AreaDue.objects.all().delete()
    erased(person)
    assert AreaDue.objects.exists()


def test_the_last_letter_leads_to_the_proof(person):
    proof = erased(person)
    LetterDue.objects.exclude(kind="left").delete()
    send_due_letters()
    assert f"/me/left/{proof.number}/" in mail.outbox[-1].body
    assert not LetterDue.objects.exists()


def test_a_failed_letter_is_tried_again_later_and_not_for_ever(person, monkeypatch):
    LetterDue.objects.all().delete()
    ask_to_leave(person)

    def broken(*args, **kwargs):
        raise OSError("no way out")

    monkeypatch.setattr(mail.EmailMessage, "send", broken)
    waits = []
    while letter := LetterDue.objects.first():
        LetterDue.objects.update(next_try_at=timezone.now())
        assert send_due_letters() == 0
        letter = LetterDue.objects.first()
        if letter:
            waits.append(letter.next_try_at - timezone.now())
    assert waits == sorted(waits)
    assert len(waits) == 6


# The proof ----------------------------------------------------------------------------


def test_the_proof_says_what_went_and_what_stays(client, person):
    leaving = ask_to_leave(person)
    before = client.get(f"/me/left/{leaving.number}/")
    assert "로그아웃됐어요" in before.text
    over(leaving)
    erase_due_leavers()

    page = client.get(f"/me/left/{leaving.number}/")
    told = client.get(f"/me/left/{leaving.number}/proof.json").json()
    api = client.get(f"/api/v1/leaving/{leaving.number}/").json()

    assert "개인정보의 안전성 확보조치 기준" in page.text
    assert told["state"] == api["state"] == "erased"
    named = {row["what"]: row["words"] for row in told["gone"]}
    assert named["people.Person"] == "계정"
    kept = {row["code"]: row for row in told["kept"]}
    assert kept["access_log"]["is_law"]
    assert not kept["consent_record"]["is_law"]
    for text in (page.text, str(told)):
        assert world.SECRET not in text
        assert "that-very-one" not in text


def test_looks_of_staff_stay_without_the_person_and_for_their_time(person):
    looked = DataRead.objects.get(person=person)
    proof = erased(person)
    kept = KeptRead.objects.get()
    assert kept.proof == proof
    assert kept.read_at == looked.read_at
    assert kept.reader_id == looked.reader_id
    assert kept.keep_until.year == looked.read_at.year + 2
    KeptRead.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    forget_old_proofs()
    assert not KeptRead.objects.exists()
    assert LeavingProof.objects.exists()


def test_the_proof_goes_in_its_time(person):
    erased(person)
    yesterday = timezone.localdate() - timedelta(days=1)
    KeptRead.objects.update(keep_until=yesterday)
    LeavingProof.objects.update(keep_until=yesterday)
    forget_old_proofs()
    assert not LeavingProof.objects.exists()


def test_a_number_nobody_has_is_not_there(client, db):
    assert client.get("/me/left/ABCDEFGH/").status_code == 404


# Homes shared with others -------------------------------------------------------------


@pytest.fixture
def shared(person, neighbour):
    home = Premises.objects.get(memberships__person=person)
    Membership.objects.create(premises=home, person=neighbour)
    return home


def test_the_page_asks_about_a_home_others_live_in(client, person, shared, neighbour):
    client.force_login(person)
    page = client.get("/me/leave/").text
    assert shared.name in page
    assert f"{neighbour.name}님이 주인이 돼요" in page


def test_unless_said_otherwise_the_home_stays_with_its_readings(
    person, shared, neighbour
):
    erased(person)
    membership = shared.memberships.get()
    assert (membership.person, membership.right) == (neighbour, "owner")
    reading = shared.meters.get().readings.get()
    assert (reading.by, reading.photo.name) == (None, "")
    assert not shared.uploads.exists()


def test_it_may_go_along(person, shared, neighbour):
    erased(person, **{f"home:{shared.pk}": "erase"})
    assert not Premises.objects.filter(pk=shared.pk).exists()
    assert Person.objects.filter(pk=neighbour.pk).exists()


def test_a_home_with_another_owner_is_never_asked_about_nor_erased(
    person, shared, neighbour
):
    shared.memberships.filter(person=neighbour).update(right="owner")
    assert leaving_questions(person) == []
    erased(person, **{f"home:{shared.pk}": "erase"})
    assert Premises.objects.filter(pk=shared.pk).exists()


def test_a_member_who_leaves_changes_nothing_for_the_owner(person, neighbour):
    theirs = make.premises(neighbour)
    Membership.objects.create(premises=theirs, person=person)
    erased(person)
    assert theirs.memberships.get().person == neighbour


def test_the_heir_who_left_meanwhile_is_no_heir(person, shared, neighbour):
    leaving = over(ask_to_leave(person))
    shared.memberships.filter(person=neighbour).delete()
    erase_leaver(leaving.pk)
    assert not Premises.objects.filter(pk=shared.pk).exists()


def test_a_helper_who_leaves_takes_the_name_along(person, neighbour):
    erased(neighbour)
    act = person.acts_for_me.get()
    assert act.helper is None

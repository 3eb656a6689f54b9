"""A helper: invited, accepted, confirmed, ended by either at once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from livinglab.kernel.acting import Area, area
from livinglab.kernel.errors import NotAllowed
from livinglab.kernel.pace import TooOften
from livinglab.notifications.models import Notice
from livinglab.people.errors import HelpRefused
from livinglab.people.models import Consent, Helping, LetterDue
from livinglab.people.services.helping import (
    accept_help,
    confirm_help,
    end_help,
    end_help_that_is_over,
    invite_helper,
)
from livinglab.people.services.letters import send_due_letters
from tests import make
from tests.signing_in import forget_proofs


def soon(days=30):
    return timezone.localdate() + timedelta(days=days)


def invited(person, **more):
    return invite_helper(person, areas=["energy"], until=soon(), **more)


def helped(person, helper, **more):
    _helping, code = invited(person, **more)
    return confirm_help(accept_help(code, by=helper), by=person)


def test_three_steps_and_both_said_yes(resident, neighbour):
    helping, code = invited(resident)
    assert not Helping.objects.active().exists()
    accept_help(code, by=neighbour)
    assert not Helping.objects.active().exists()
    helping.refresh_from_db()
    confirm_help(helping, by=resident)
    assert Helping.objects.active().get() == helping
    assert (
        Consent.objects.standing().filter(person=resident, purpose="helping").exists()
    )


def test_each_step_tells_the_other(resident, neighbour):
    helping = helped(resident, neighbour)
    end_help(helping, by=neighbour)
    told = [(notice.person, notice.kind) for notice in Notice.objects.order_by("pk")]
    assert told == [
        (resident, "people.help_accepted"),
        (neighbour, "people.help_began"),
        (resident, "people.help_ended"),
    ]


def test_the_code_is_kept_as_a_digest_and_works_once(resident, neighbour, stranger):
    helping, code = invited(resident)
    assert code not in str(Helping.objects.values().get())
    accept_help(code.lower(), by=neighbour)
    with pytest.raises(HelpRefused):
        accept_help(code, by=stranger)
    helping.refresh_from_db()
    assert (helping.helper, helping.code_digest) == (neighbour, None)


def test_a_letter_brings_the_code_and_forgets_the_address(resident):
    _helping, code = invited(resident, address="son@example.org")
    send_due_letters()
    assert mail.outbox[0].to == ["son@example.org"]
    assert code in mail.outbox[0].body
    assert not LetterDue.objects.exists()


def test_letters_to_strangers_keep_a_pace_that_ending_does_not_forget(
    resident, neighbour
):
    def again(person, address):
        end_help(invited(person, address=address)[0], by=person)

    for _time in range(3):
        again(resident, "victim@example.org")
    with pytest.raises(TooOften):
        again(resident, "Victim@example.org")
    with pytest.raises(TooOften):
        again(neighbour, "victim@example.org")
    again(resident, "son@example.org")
    for number in range(5):
        again(resident, f"other{number}@example.org")
    with pytest.raises(TooOften):
        again(resident, "one-more@example.org")
    end_help(invited(resident)[0], by=resident)  # by word of mouth
    again(neighbour, "son@example.org")


def test_an_old_code_opens_nothing(resident, neighbour):
    _helping, code = invited(resident)
    Helping.objects.update(invited_at=timezone.now() - timedelta(days=15))
    with pytest.raises(HelpRefused):
        accept_help(code, by=neighbour)


@pytest.mark.parametrize("code", ["", "WRONGCODE2", "0" * 64])
def test_a_wrong_code_opens_nothing(resident, neighbour, code):
    invited(resident)
    with pytest.raises(HelpRefused):
        accept_help(code, by=neighbour)


def test_nobody_helps_oneself(resident):
    _helping, code = invited(resident)
    with pytest.raises(HelpRefused):
        accept_help(code, by=resident)


@pytest.mark.parametrize(
    "wish",
    [
        {"areas": []},
        {"areas": ["everything"]},
        {"until": soon(400)},
        {"until": soon(-1)},
    ],
)
def test_odd_wishes_are_refused(resident, wish):
    with pytest.raises(HelpRefused):
        invite_helper(resident, **({"areas": ["energy"], "until": soon()} | wish))


def test_both_have_a_name(resident):
    nameless = make.person()
    with pytest.raises(HelpRefused):
        invited(nameless)
    _helping, code = invited(resident)
    with pytest.raises(HelpRefused):
        accept_help(code, by=nameless)


@pytest.mark.parametrize("who", ["person", "helper"])
def test_either_ends_it_at_once(resident, neighbour, who):
    helping = helped(resident, neighbour)
    end_help(helping, by=getattr(helping, who))
    assert not Helping.objects.active().exists()
    assert Helping.objects.get().ended_by == who


def test_a_stranger_ends_and_confirms_nothing(resident, neighbour, stranger):
    helping, code = invited(resident)
    accepted = accept_help(code, by=neighbour)
    for verb in (end_help, confirm_help):
        with pytest.raises(NotAllowed):
            verb(accepted, by=stranger)
    with pytest.raises(NotAllowed):
        confirm_help(accepted, by=neighbour)  # the helper cannot say the other's yes
    assert Helping.objects.get(pk=helping.pk).state == "accepted"


def test_after_its_last_day_it_is_over_and_noted(resident, neighbour):
    helped(resident, neighbour)
    Helping.objects.update(until=soon(-1))
    assert not Helping.objects.active().exists()
    assert end_help_that_is_over() == 1
    assert Helping.objects.get().ended_by == "date"
    assert end_help_that_is_over() == 0


def test_the_consent_goes_with_the_last_helper(resident, neighbour, stranger):
    first = helped(resident, neighbour)
    second = helped(resident, stranger)
    agreed = Consent.objects.standing().filter(person=resident, purpose="helping")
    end_help(first, by=resident)
    assert agreed.exists()
    end_help(second, by=resident)
    assert not agreed.exists()


def test_a_coordinator_helps_nobody_by_being_one(resident, coordinator):
    make.premises(resident)
    assert not Helping.objects.active().filter(helper=coordinator).exists()


def test_what_is_ones_own_can_be_part_of_no_area():
    with pytest.raises(ValueError, match="cannot be handed"):
        area(
            Area(
                name="all",
                label="all",
                says="all",
                rules={"people.settle_own_affairs": "anything"},
                pages=frozenset(),
                start="pages:home",
            )
        )


# The pages ----------------------------------------------------------------------------


def test_from_invitation_to_help_without_script(client, resident, neighbour):
    client.force_login(resident)
    page = client.post(
        "/me/helping/invite/", {"areas": ["energy"], "until": soon().isoformat()}
    )
    helping = Helping.objects.get()
    shown = client.get(page.url).text
    code = "".join(shown.partition('ll-figure">')[2][:11].split("-"))
    assert code not in client.get(page.url).text  # only once

    other = type(client)()
    other.force_login(neighbour)
    looked = other.post("/me/helping/code/", {"code": code}).text
    assert "보라네" in looked
    assert Helping.objects.get().state == "invited"
    other.post("/me/helping/code/", {"code": code, "accept": "yes"})

    assert neighbour.email in client.get(f"/me/helping/{helping.pk}/").text
    client.post(f"/me/helping/{helping.pk}/confirm/")
    assert Helping.objects.active().get() == helping


def test_the_yes_needs_a_fresh_proof(client, resident, neighbour):
    helping, code = invited(resident)
    accept_help(code, by=neighbour)
    client.force_login(resident)
    forget_proofs(client)
    client.post(f"/me/helping/{helping.pk}/confirm/")
    assert not Helping.objects.active().exists()


@pytest.mark.parametrize("verb", ["", "confirm/", "end/", "act/"])
def test_other_peoples_help_is_not_there(client, resident, neighbour, stranger, verb):
    helping = helped(resident, neighbour)
    client.force_login(stranger)
    send = client.post if verb else client.get
    assert send(f"/me/helping/{helping.pk}/{verb}").status_code == 404
    assert Helping.objects.active().exists()


def test_codes_cannot_be_guessed_by_trying(client, resident, neighbour):
    invited(resident)
    client.force_login(neighbour)
    answers = [
        client.post("/me/helping/code/", {"code": f"WRONG{number}"}).status_code
        for number in range(8)
    ]
    assert 429 in answers

"""Text messages: signed, with a key that stays, to confirmed numbers only."""

import json

import pytest
from django.core.cache import cache

from livinglab.kernel.pace import TooOften
from livinglab.notifications.errors import NumberRefused
from livinglab.notifications.models import Delivery, MobileNumber
from livinglab.notifications.services.addresses import (
    confirm_number,
    forget_number,
    give_number,
)
from livinglab.notifications.services.choosing import switch
from livinglab.notifications.services.sending import deliver_due
from tests import make
from tests.notifications.conftest import fates
from tests.notifications.doubles import has_gateway_signature
from tests.notifications.test_notify import tell


@pytest.fixture
def texts(resident, mobile, gateway):
    """The resident gets text messages and nothing else."""
    for urgency in ("news", "action", "safety"):
        switch(resident, subject=urgency, channel="email", is_on=False)
    return gateway


def sent(gateway, number=-1):
    return json.loads(gateway.taken[number]["body"])["message"]


def test_a_text_is_signed_and_carries_its_key(resident, texts):
    tell(resident)
    deliver_due()

    (request,) = texts.taken
    assert request["path"] == "/messages/v4/send"
    assert has_gateway_signature(request, "key", "secret")
    assert request["headers"]["Idempotency-Key"] == Delivery.objects.get().key.hex
    assert sent(texts)["to"] == "01012345678"
    assert "rain happened" in sent(texts)["text"]
    assert "https://lab.example/about/" in sent(texts)["text"]
    assert fates() == [("sms", "sent", "")]


def test_where_a_template_is_approved_it_is_an_alimtalk(resident, texts, settings):
    settings.ALIMTALK_PROFILE = "PF01"
    settings.ALIMTALK_TEMPLATES = {"test.news": "KA01"}
    tell(resident)
    deliver_due()

    assert sent(texts)["kakaoOptions"]["templateId"] == "KA01"
    assert sent(texts)["kakaoOptions"]["variables"]["#{title}"] == "rain happened"


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (400, ("failed", "refused")),
        (302, ("failed", "refused")),
        (429, ("due", "unreachable")),
        (502, ("unknown", "interrupted")),
    ],
)
def test_what_the_gateway_answers(resident, texts, status, fate):
    texts.statuses["/messages/v4/send"] = status
    tell(resident)
    deliver_due()

    assert fates() == [("sms", *fate)]


def test_silence_is_unknown(resident, texts):
    texts.cut_off = True
    tell(resident)
    deliver_due()
    deliver_due()

    assert fates() == [("sms", "unknown", "interrupted")]
    assert len(texts.taken) == 1


def test_with_a_provider_that_keeps_keys_silence_is_asked_again(
    resident, texts, settings, noon
):
    settings.SMS_GATEWAY_IDEMPOTENT = True
    texts.cut_off = True
    tell(resident)
    deliver_due()
    texts.cut_off = False
    noon.shift(60)
    deliver_due()

    assert fates() == [("sms", "sent", "")]
    assert len({r["headers"]["Idempotency-Key"] for r in texts.taken}) == 1


def test_a_gateway_that_is_away_took_nothing(resident, texts, settings):
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    tell(resident)
    deliver_due()

    assert fates() == [("sms", "due", "unreachable")]


def test_the_console_stands_in_on_a_laptop(resident, texts, settings, capsys):
    settings.SMS_GATEWAY = "console"
    tell(resident)
    deliver_due()

    assert "SMS 01012345678" in capsys.readouterr().out
    assert not texts.taken


def code_in(gateway, number=-1) -> str:
    text = sent(gateway, number)["text"]
    return "".join(letter for letter in text.split(".")[0] if letter.isdigit())


def test_a_number_is_used_once_its_code_came_back(resident, gateway):
    give_number(resident, "010-9876-5432")
    assert MobileNumber.objects.get().confirmed_at is None
    tell(resident)
    assert "sms" not in {channel for channel, *_ in fates()}

    confirm_number(resident, code_in(gateway))
    tell(resident, event="e2")
    assert "sms" in {channel for channel, *_ in fates()}


def test_codes_cannot_be_guessed(resident, gateway):
    give_number(resident, "+82 10-9876-5432")
    code = code_in(gateway)
    for _guess in range(5):
        with pytest.raises(NumberRefused):
            confirm_number(resident, "x")
    with pytest.raises(NumberRefused):
        confirm_number(resident, code)


def test_a_code_grows_old(resident, gateway, noon):
    give_number(resident, "01098765432")
    noon.shift(601)
    with pytest.raises(NumberRefused):
        confirm_number(resident, code_in(gateway))


def test_codes_are_not_sent_in_a_row(resident, gateway):
    give_number(resident, "01098765432")
    with pytest.raises(TooOften):
        give_number(resident, "01098765433")
    assert len(gateway.taken) == 1


def a_minute_later(person):
    """The count of a minute is over; a cache server keeps a clock of its own."""
    cache.delete(f"pace:notifications.code_again:{person.pk}")


def test_forgetting_the_number_does_not_hasten_the_next_code(resident, gateway):
    give_number(resident, "01098765432")
    forget_number(resident)
    with pytest.raises(TooOften, match="조금 전"):
        give_number(resident, "01098765433")
    for number in range(4):
        a_minute_later(resident)
        give_number(resident, f"0109876543{number}")
        forget_number(resident)
    a_minute_later(resident)
    with pytest.raises(TooOften, match="너무 여러 번"):
        give_number(resident, "01098765439")
    assert len(gateway.taken) == 5


def test_nobodys_phone_gets_codes_without_end(gateway, siheung):
    people = [make.resident(name=f"n{number}") for number in range(6)]
    for person in people[:5]:
        give_number(person, "01098765432")
    with pytest.raises(TooOften):
        give_number(people[5], "010-9876-5432")
    assert len(gateway.taken) == 5


def test_the_number_before_stays_until_the_next_one_is_confirmed(
    resident, texts, client
):
    give_number(resident, "010-9999-8888")
    tell(resident)
    deliver_due()
    assert sent(texts)["to"] == "01012345678"

    with pytest.raises(NumberRefused):
        confirm_number(resident, "x")
    client.force_login(resident)
    page = client.get("/me/notifications/").text
    assert "01012345678" in page
    assert "/me/notifications/number/code/" in page
    confirm_number(resident, code_in(texts, 0))
    tell(resident, event="e2")
    deliver_due()
    assert sent(texts)["to"] == "01099998888"


def test_a_gateway_that_is_away_takes_no_number_from_anybody(resident, texts, settings):
    gateway = settings.SMS_GATEWAY_URL
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    with pytest.raises(NumberRefused):
        give_number(resident, "010-9999-8888")
    settings.SMS_GATEWAY_URL = gateway
    tell(resident)
    deliver_due()

    assert fates() == [("sms", "sent", "")]
    mobile = MobileNumber.objects.get()
    assert (mobile.number, mobile.asked_number) == ("01012345678", "")


@pytest.mark.parametrize(
    "number", ["", "02-123-4567", "010-12", "0101234567890", "010١٢٣٤٥٦٧٨"]
)
def test_only_mobile_numbers_are_taken(resident, gateway, number):
    with pytest.raises(NumberRefused, match="휴대폰 번호"):
        give_number(resident, number)
    assert not MobileNumber.objects.exists()

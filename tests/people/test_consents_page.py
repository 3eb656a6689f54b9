"""Consents as switches: words, history, a second look before what erases."""

from datetime import date

import pytest

from livinglab.people import consent_texts
from livinglab.people.consent_texts import TEXTS, ConsentText
from livinglab.people.models import Consent
from livinglab.people.selectors import said_about
from livinglab.people.services import give_consent, withdraw_consent

SWITCH = "/me/consents/switch/"


def standing(person, purpose):
    return Consent.objects.standing().filter(person=person, purpose=purpose).exists()


def test_every_purpose_has_its_words():
    assert set(TEXTS) == set(Consent.Purpose.values)
    for texts in TEXTS.values():
        versions = [text.version for text in texts]
        assert len(set(versions)) == len(versions)
        assert all(str(text.changed) for text in texts[1:])


def test_the_switches_say_what_stands(client, resident):
    withdraw_consent(resident, "comparison")
    client.force_login(resident)
    page = client.get("/me/consents/").text
    assert page.count('role="switch" aria-checked="true"') == 4
    assert page.count('role="switch" aria-checked="false"') == 1


def test_a_purpose_tells_what_why_how_long_and_what_a_no_does(client, resident):
    client.force_login(resident)
    page = client.get("/me/consents/energy/").text
    text = consent_texts.text_of("energy")
    for words in (text.what, text.why, text.how_long, text.on_withdrawal):
        assert str(words) in page


def test_switching_on_and_off(client, resident):
    client.force_login(resident)
    client.post(SWITCH, {"purpose": "comparison"})
    assert not standing(resident, "comparison")
    client.post(SWITCH, {"purpose": "comparison", "agreed": "on"})
    assert standing(resident, "comparison")


def test_a_no_that_erases_is_asked_once_more(client, resident):
    client.force_login(resident)
    answer = client.post(SWITCH, {"purpose": "energy"})
    assert answer.url == "/me/consents/energy/?withdraw#withdraw"
    assert standing(resident, "energy")
    assert "정말 거둘까요?" in client.get("/me/consents/energy/?withdraw").text
    client.post(SWITCH, {"purpose": "energy", "sure": "on"})
    assert not standing(resident, "energy")


def test_a_helper_is_named_before_the_yes(client, resident):
    withdraw_consent(resident, "helping")
    client.force_login(resident)
    answer = client.post(SWITCH, {"purpose": "helping", "agreed": "on"})
    assert answer.url == "/me/helping/invite/"
    assert not standing(resident, "helping")


def test_the_history_tells_every_yes_and_no(resident):
    withdraw_consent(resident, "comparison")
    give_consent(resident, "comparison")
    said = [one.is_yes for one in said_about(resident, "comparison")]
    assert said == [True, False, True]


@pytest.fixture
def new_words(monkeypatch):
    first = TEXTS["comparison"]
    newer = ConsentText(
        version="2027-03",
        since=date(2027, 3, 1),
        what=first[0].what,
        why=first[0].why,
        how_long=first[0].how_long,
        on_withdrawal=first[0].on_withdrawal,
        changed="지역 평균도 함께 보여 드려요.",
    )
    monkeypatch.setitem(TEXTS, "comparison", (*first, newer))


def test_new_words_ask_again_and_say_what_changed(client, resident, new_words):
    client.force_login(resident)
    assert "지역 평균도 함께 보여 드려요." in client.get("/me/consents/").text
    assert "바뀐 글이 있어요" in client.get("/me/").text
    assert standing(resident, "comparison")

    client.post(SWITCH, {"purpose": "comparison", "agreed": "on"})

    assert "지역 평균도" not in client.get("/me/consents/").text
    versions = [one.version for one in said_about(resident, "comparison")]
    assert versions == ["2027-03", "2026-11"]


@pytest.mark.parametrize("sent", [{}, {"purpose": "nothing"}, {"purpose": "service"}])
def test_odd_wishes_change_nothing(client, resident, sent):
    client.force_login(resident)
    before = Consent.objects.standing().count()
    assert client.post(SWITCH, sent).status_code in {302, 409}
    assert Consent.objects.standing().count() == before


def test_an_unknown_purpose_is_not_there(client, resident):
    client.force_login(resident)
    assert client.get("/me/consents/nothing/").status_code == 404

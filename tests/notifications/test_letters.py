"""Letters: text and HTML, and out with one click."""

import re
import smtplib
from email import message_from_bytes

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from livinglab.notifications.channels.letters import ALL_LETTERS, off_url
from livinglab.notifications.models import Preference
from livinglab.notifications.services.choosing import choose_rhythm, switch
from livinglab.notifications.services.sending import deliver_due
from tests.notifications.conftest import fates
from tests.notifications.test_notify import tell


def a_letter(person, **facts):
    tell(person, **facts)
    deliver_due()
    return mail.outbox[-1]


def path_of(url: str) -> str:
    assert url.startswith("https://lab.example/")
    return url.removeprefix("https://lab.example")


def test_a_letter_says_the_same_in_text_and_html(resident):
    letter = a_letter(resident)
    (html, kind) = letter.alternatives[0]

    assert letter.to == ["resident@example.org"]
    assert kind == "text/html"
    for words in ("rain happened", "All about rain.", "https://lab.example/about/"):
        assert words in letter.body
        assert words in html
    assert "이런 이메일 그만 받기" in letter.body
    assert "<script" not in html


def test_the_letter_runs_no_script_and_loads_nothing(resident):
    html = a_letter(resident).alternatives[0][0]
    assert not re.search(r"<script|<img|<link|@import|url\(|\son\w+=", html)


def test_a_collected_letter_has_one_heading_and_a_group_for_each_thing(resident, noon):
    choose_rhythm(resident, {"letters": "daily"})
    for event, thing in (("1", "우리집"), ("2", "부모님 댁"), ("3", "우리집")):
        tell(resident, event=event, thing=thing)
    noon.shift(24 * 3600)
    deliver_due()

    html = mail.outbox[0].alternatives[0][0]
    assert re.findall(r"<h1[^>]*>(.+?)</h1>", html) == ["알림 3건이 있어요"]
    assert sorted(re.findall(r"<h2[^>]*>(.+?)</h2>", html)) == ["부모님 댁", "우리집"]
    assert html.count("<h3") == 3


def test_the_letter_is_in_the_language_of_who_gets_it(resident):
    resident.language = "en"
    resident.save(update_fields=["language"])
    assert "Stop these e-mails" in a_letter(resident).body


def test_words_of_people_stay_words(resident):
    letter = a_letter(resident, what="<b>rain</b>\r\nBcc: x@example.org")
    assert "<b>rain" not in letter.alternatives[0][0]
    assert "\n" not in letter.subject
    assert letter.message()["Bcc"] is None


def test_the_headers_lead_out_with_one_click(resident):
    headers = message_from_bytes(a_letter(resident).message().as_bytes())

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].strip().startswith("<https://lab.example/me/")
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"].endswith("@lab.example>")


def test_a_mail_program_switches_a_kind_off_without_signing_in(resident, client):
    link = a_letter(resident).message()["List-Unsubscribe"].strip("<>")
    strict = type(client)(enforce_csrf_checks=True)

    answer = strict.post(path_of(link), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    tell(resident, event="e2")
    tell(resident, kind="test.action")
    assert [n for n, *_ in fates(state="due")] == ["email"]
    assert Preference.objects.get().subject == "test.news"


def test_a_person_is_asked_before(resident, client):
    link = path_of(off_url(resident, "test.news"))

    assert "test.news" in client.get(link).text
    assert not Preference.objects.exists()
    client.post(link)
    assert not Preference.objects.get().is_on


def test_the_way_out_of_all_letters_leaves_safety_on(resident, client):
    switch(resident, subject="test.news", channel="email", is_on=True)
    client.post(path_of(off_url(resident, ALL_LETTERS)))
    for kind in ("test.news", "test.action", "test.safety"):
        tell(resident, kind=kind)
    deliver_due()

    assert [letter.subject for letter in mail.outbox] == ["rain happened"]


@pytest.mark.parametrize("token", ["x", "eyJwIjoxfQ:1abc:zzz"])
def test_a_forged_link_switches_nothing(client, db, token):
    answer = client.post(f"/me/notifications/off/{token}/")
    assert answer.status_code == 404
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("problem", "fate"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (550, b"no")}), ("failed", "refused")),
        (smtplib.SMTPRecipientsRefused({"x": (451, b"grey")}), ("due", "unreachable")),
        (smtplib.SMTPDataError(554, b"spam"), ("failed", "refused")),
        (smtplib.SMTPDataError(452, b"full"), ("due", "unreachable")),
        (smtplib.SMTPServerDisconnected("gone"), ("unknown", "interrupted")),
        (TimeoutError("slow"), ("unknown", "interrupted")),
    ],
)
def test_what_the_mail_server_answers(resident, monkeypatch, problem, fate):
    def fail(self, letters):
        raise problem

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    tell(resident)
    deliver_due()

    assert fates() == [("email", *fate)]


def test_a_mail_server_that_is_away_took_nothing(resident, monkeypatch):
    def away(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", away)
    tell(resident)
    deliver_due()

    assert fates() == [("email", "due", "unreachable")]


@pytest.mark.parametrize("domain", ["demo.invalid", "demo.example"])
def test_made_up_people_get_no_letters(resident, domain):
    resident.email = f"somebody@{domain}"
    resident.save(update_fields=["email"])
    tell(resident)

    assert fates() == []

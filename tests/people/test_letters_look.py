"""Letters of one's account come as text and in our look, in one's language."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from livinglab.people.letter_frame import in_our_frame
from livinglab.people.services.letters import SUBJECTS, post_letter, send_due_letters

FACTS = {
    "name": "<b>보라</b>",
    "code": "ABCDEFGHJK",
    "child": "child@example.org",
    "key": "key",
    "day": "2026-12-01",
    "number": "7",
}


def html_of(letter):
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    return html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_code_of_a_sign_in_stands_out_in_our_frame(client, resident, language):
    client.cookies["django_language"] = language
    client.post("/accounts/login/", {"login": resident.email})

    [letter] = mail.outbox
    html = html_of(letter)
    code = re.search(r"^[A-Z]{4}-[A-Z]{4}$", letter.body, re.M)[0]
    assert re.search(rf"font-size:32px[^>]*>{code}</p>", html)
    assert f'<html lang="{language}">' in html
    assert ("우리동네 리빙랩" in html) == (language == "ko")
    assert ("Enter this code" in html) == (language == "en")
    assert "--" not in re.sub(r"<style>.*?</style>|<!--.*?-->", "", html, flags=re.S)


@pytest.mark.django_db
def test_a_letter_to_an_unknown_address_has_the_same_frame(client):
    client.post("/accounts/login/", {"login": "nobody@example.org"})

    [letter] = mail.outbox
    assert 'href="http://127.0.0.1:8000/accounts/signup/"' in html_of(letter)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", SUBJECTS)
def test_every_other_letter_says_the_same_twice(kind, language):
    post_letter("son@example.org", kind=kind, facts=FACTS, language=language)
    send_due_letters()

    [letter] = mail.outbox
    html = html_of(letter)
    assert f'<html lang="{language}">' in html
    assert "<b>" not in html  # a name stays a name
    links = re.findall(r"https?://\S+", letter.body)
    assert links == re.findall(r'href="([^"]+)"', html)
    first = letter.body.strip().splitlines()[0]
    assert first.replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;") in html


def test_a_letter_that_has_its_html_keeps_it():
    letter = EmailMultiAlternatives("Subject", "Words", None, ["a@example.org"])
    letter.attach_alternative("<p>own</p>", "text/html")
    assert html_of(in_our_frame(letter)) == "<p>own</p>"

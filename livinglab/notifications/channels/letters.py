"""E-mail: text and HTML, with a way out in one click."""

import smtplib
from collections.abc import Collection
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail, signing
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.notifications.channels.parcel import (
    Fate,
    Outcome,
    Parcel,
    site_url,
)
from livinglab.people.models import Person

SALT = "notifications.unsubscribe"
ALL_LETTERS = "*"
# Domains of made-up people, as those of the demonstration.
NOWHERE = (".invalid", ".example")
TEMPORARY_FROM, PERMANENT_FROM = 400, 500


def is_offered() -> bool:
    return True


def reaches(person_ids: Collection[int]) -> set[int]:
    """Of these people, those with an address that can exist (RFC 2606)."""
    people = Person.objects.filter(pk__in=person_ids).exclude(email="")
    for domain in NOWHERE:
        people = people.exclude(email__endswith=domain)
    return set(people.values_list("pk", flat=True))


def is_confirmed(person: Person) -> bool:
    """Whether somebody read a code at the person's address."""
    found = EmailAddress.objects.filter(user=person, email=person.email, verified=True)
    return bool(found.exists())


def send(parcel: Parcel) -> Outcome:
    """Hand one letter to the mail server.

    A server that cannot be reached took nothing. Once the letter is on its way only
    the server's own answer tells; silence means that it may have been taken.
    """
    if not parcel.person.email:
        return Outcome(Fate.NO_ADDRESS)
    connection: BaseEmailBackend = mail.get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        return Outcome(Fate.LATER)
    try:
        connection.send_messages([_letter(parcel)])
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _words in refusal.recipients.values()]
        return _answer(max(codes, default=PERMANENT_FROM))
    except smtplib.SMTPResponseException as answer:
        return _answer(answer.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Outcome(Fate.UNKNOWN)
    finally:
        _hang_up(connection)
    return Outcome(Fate.SENT)


def _answer(code: int) -> Outcome:
    if TEMPORARY_FROM <= code < PERMANENT_FROM:
        return Outcome(Fate.LATER)
    return Outcome(Fate.REFUSED)


def _hang_up(connection: BaseEmailBackend) -> None:
    """A server that is gone before the goodbye does not change what it answered."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return


def _letter(parcel: Parcel) -> mail.EmailMultiAlternatives:
    words = _words(parcel)
    letter = mail.EmailMultiAlternatives(
        subject=" ".join(words["subject"].split()),
        body=render_to_string("notifications/letter.txt", words),
        to=[parcel.person.email],
        headers={
            "Message-ID": f"<{_own_id(parcel)}@{_host()}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{words['off_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    letter.attach_alternative(
        render_to_string("notifications/letter.html", words), "text/html"
    )
    return letter


def _words(parcel: Parcel) -> dict[str, Any]:
    first = parcel.messages[0]
    subject = first.title
    if len(parcel.messages) > 1:
        subject = _("%(count)s notices for you") % {"count": len(parcel.messages)}
    by_heading = sorted(parcel.messages, key=lambda message: message.heading)
    return {
        "subject": subject,
        "preview": first.body,
        "groups": [
            (heading, list(group))
            for heading, group in groupby(by_heading, lambda m: m.heading)
        ],
        "is_single": len(parcel.messages) == 1,
        "off_url": off_url(parcel.person, _subject(parcel)),
        "choices_url": site_url(reverse("notifications:choices")),
    }


def _subject(parcel: Parcel) -> str:
    """What one click switches off: this kind, or letters altogether."""
    return ALL_LETTERS if parcel.is_collected else parcel.messages[0].kind


def off_url(person: Person, subject: str) -> str:
    """The address that switches these letters off without signing in."""
    token = signing.dumps({"p": person.pk, "s": subject}, salt=SALT)
    return site_url(reverse("notifications:off", args=[token]))


def read_token(token: str) -> tuple[int, str] | None:
    """Whose letters and which ones a token switches off; None when it is not ours."""
    try:
        said = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return int(said["p"]), str(said["s"])


def _own_id(parcel: Parcel) -> str:
    return str(parcel.id if parcel.is_collected else parcel.key)


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"

"""Verbs of the mobile number that text messages go to."""

import hashlib
import re
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from livinglab.kernel.pace import TooOften, is_within_pace, keep_pace
from livinglab.notifications.channels.parcel import Fate
from livinglab.notifications.channels.text_messages import send_text
from livinglab.notifications.errors import NumberRefused
from livinglab.notifications.models import MobileNumber
from livinglab.people.models import Person

MOBILE = re.compile(r"01[016789][0-9]{7,8}")
CODE_LASTS = timedelta(minutes=10)
CODE_AGAIN_AFTER = timedelta(minutes=1)
MOST_WRONG_CODES = 5


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def give_number(person: Person, number: str) -> MobileNumber:
    """Take a mobile number and send it a code; it is used once the code came back."""
    digits = _digits_of(number)
    _keep_pace(person, digits)
    code = f"{secrets.randbelow(1_000_000):06d}"
    mobile = _expect_code(person, digits, code)
    words = _("[Living Lab] Your code is %(code)s. It works for 10 minutes.")
    outcome = send_text(digits, words % {"code": code}, key=secrets.token_hex(16))
    if outcome.fate in {Fate.REFUSED, Fate.LATER}:
        unsent = MobileNumber.objects.filter(pk=mobile.pk)
        unsent.update(code_digest="", asked_number="")
        raise NumberRefused(
            _("The code could not be sent just now. Please try again later.")
        )
    return mobile


def _digits_of(number: str) -> str:
    digits = re.sub(r"[^0-9]", "", number)
    if digits.startswith("82"):
        digits = "0" + digits[2:]
    if not MOBILE.fullmatch(digits):
        raise NumberRefused(
            _("This is not a Korean mobile number. Please write it like 010-1234-5678.")
        )
    return digits


def _keep_pace(person: Person, digits: str) -> None:
    """Counted apart from the row, which anybody may forget and make anew."""
    if not is_within_pace("notifications.code_again", person.pk):
        raise _sent_just_now()
    keep_pace("notifications.code", person.pk)
    keep_pace("notifications.code_to", _digest(digits))


def _sent_just_now() -> TooOften:
    return TooOften(
        _("A code was sent a moment ago. Please wait a minute before the next one.")
    )


@transaction.atomic
def _expect_code(person: Person, digits: str, code: str) -> MobileNumber:
    now = timezone.now()
    MobileNumber.objects.get_or_create(person=person, defaults={"number": digits})
    mobile = MobileNumber.objects.select_for_update().get(person=person)
    if mobile.code_sent_at and mobile.code_sent_at > now - CODE_AGAIN_AFTER:
        raise _sent_just_now()
    if mobile.confirmed_at is None:
        mobile.number = digits
    mobile.asked_number = digits
    mobile.code_digest = _digest(f"{person.pk}:{code}")
    mobile.code_sent_at = now
    mobile.wrong_codes = 0
    mobile.save()
    return mobile


def confirm_number(person: Person, code: str) -> MobileNumber:
    """The code came back from the phone: text messages may go there."""
    rows = MobileNumber.objects.filter(
        person=person,
        code_sent_at__gt=timezone.now() - CODE_LASTS,
        wrong_codes__lt=MOST_WRONG_CODES,
    ).exclude(code_digest="")
    # Counted before the look, so that many guesses at once count each.
    if not rows.update(wrong_codes=F("wrong_codes") + 1):
        raise _wrong_code()
    mobile = MobileNumber.objects.get(person=person)
    given = _digest(f"{person.pk}:{code.strip()}")
    if not constant_time_compare(mobile.code_digest, given):
        raise _wrong_code()
    mobile.number = mobile.asked_number or mobile.number
    mobile.confirmed_at = timezone.now()
    mobile.asked_number = mobile.code_digest = ""
    mobile.save(
        update_fields=[
            "number",
            "asked_number",
            "confirmed_at",
            "code_digest",
            "updated_at",
        ]
    )
    return mobile


def _wrong_code() -> NumberRefused:
    return NumberRefused(
        _("The code is not right or too old. Please ask for a new one.")
    )


def forget_number(person: Person) -> None:
    """Forget the person's mobile number."""
    MobileNumber.objects.filter(person=person).delete()

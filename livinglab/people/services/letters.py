"""Letters to addresses that notices cannot reach: no account, or none any more.

The row is the work and the only place that knows the address; it goes with the letter.
A death while a letter is handed over sends it again: with no inbox behind it, twice is
better than never.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.commit import after_commit
from livinglab.kernel.rows import ROW_FAULTS
from livinglab.people.events import letters_due
from livinglab.people.letter_frame import in_our_frame
from livinglab.people.models import LetterDue

LEASE_S = 120
AT_ONCE = 50
FIRST_DELAY_S, DELAY_GROWS, MOST_TRIES = 60, 4, 7
PERMANENT_FROM = 500  # of SMTP; what is below, as greylisting, passes
# Domains of made-up people, as those of the demonstration (RFC 2606).
NOWHERE = (".invalid", ".example")

SUBJECTS: Mapping[str, str | Promise] = {
    "leaving_asked": _("You asked to leave"),
    "left": _("Your data are erased"),
    "guardian_asked": _("A child asks for your consent"),
    "guardian_agreed": _("Your consent, and how to take it back"),
    "help_invitation": _("%(name)s asks for your help"),
}
logger = logging.getLogger(__name__)
_subjects: dict[str, str | Promise] = dict(SUBJECTS)


def letter_kind(kind: str, subject: str | Promise) -> None:
    """Make a letter of an upper app known; its words: people/letters/<kind>.txt."""
    _subjects[kind] = subject


@transaction.atomic
def post_letter(
    address: str, *, kind: str, facts: Mapping[str, Any], language: str
) -> None:
    """Have a letter sent once the surrounding transaction stands."""
    LetterDue.objects.create(
        address=address, kind=kind, facts=dict(facts), language=language
    )
    after_commit(letters_due.send_robust, LetterDue)


def send_due_letters() -> int:
    """Send what is due; how many letters left."""
    rows = LetterDue.objects.due().free().order_by("attempts", "pk")
    waiting = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    return sum(_send(pk) for pk in waiting)


def _send(pk: int) -> bool:
    row = LetterDue.objects.filter(pk=pk)
    if not row.claim(seconds=LEASE_S):
        return False
    due = row.first()
    if due is None:
        return False
    try:
        _hand_over(due)
    except SMTPRecipientsRefused as refusal:
        if _is_for_good(refusal):
            row.delete()  # there is no such address
        else:
            _try_later(due)
        return False
    except OSError:
        _try_later(due)
        return False
    except ROW_FAULTS:
        logger.exception("letter #%s of the kind %s cannot be written", pk, due.kind)
        _try_later(due)
        return False
    row.delete()
    return True


def _is_for_good(refusal: SMTPRecipientsRefused) -> bool:
    codes = [code for code, _words in refusal.recipients.values()]
    return max(codes, default=PERMANENT_FROM) >= PERMANENT_FROM


def _hand_over(due: LetterDue) -> None:
    if due.address.rpartition("@")[2].endswith(NOWHERE):
        return
    with translation.override(due.language):
        facts = {**due.facts, "site": settings.SITE_URL.rstrip("/")}
        letter = EmailMultiAlternatives(
            " ".join((str(_subjects[due.kind]) % facts).split()),
            render_to_string(f"people/letters/{due.kind}.txt", facts),
            None,
            [due.address],
        )
        in_our_frame(letter).send()


def _try_later(due: LetterDue) -> None:
    """Again after a longer while; after the last try the address goes."""
    tries = due.tries + 1
    if tries >= MOST_TRIES:
        due.delete()
        return
    wait = FIRST_DELAY_S * DELAY_GROWS ** (tries - 1)
    LetterDue.objects.filter(pk=due.pk).update(
        tries=tries,
        claimed_until=None,
        next_try_at=timezone.now() + timedelta(seconds=wait),
    )

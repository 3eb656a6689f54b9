"""A guardian is asked for a child under 14, answers once, and may take it back."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from livinglab.kernel.commit import after_commit
from livinglab.people.errors import GuardianRefused, LinkIsOver
from livinglab.people.events import guardian_answered
from livinglab.people.models import GuardianConsent, LetterDue, Person
from livinglab.people.services.leaving import begin_leaving
from livinglab.people.services.letters import post_letter

VERSION = "2026-11"
ANSWER_WITHIN = timedelta(days=5)
LETTERS_A_DAY = 3
LETTERS = ("guardian_asked", "guardian_agreed")
SALT = "livinglab.people.guardians"
Answer = GuardianConsent.Answer


@transaction.atomic
def ask_guardian(child: Person, email: str) -> GuardianConsent:
    """Write to the guardian; an open question to somebody else ends."""
    _refuse_odd_guardian(child, email)
    now = timezone.now()
    child.guardian_consents.open().update(
        answer=Answer.EXPIRED, answered_at=now, email=""
    )
    question = GuardianConsent.objects.create(
        child=child,
        email=email.lower(),
        language=(get_language() or "ko")[:2],
        version=VERSION,
        expires_at=now + ANSWER_WITHIN,
    )
    _post(question, "guardian_asked")
    return question


def _refuse_odd_guardian(child: Person, email: str) -> None:
    if email.strip().lower() == child.email.lower():
        raise GuardianRefused(_("Please give your guardian's address, not your own."))
    yesterday = timezone.now() - timedelta(days=1)
    asked = child.guardian_consents.filter(asked_at__gt=yesterday).count()
    if asked >= LETTERS_A_DAY:
        raise GuardianRefused(_("Enough letters for today. Please try tomorrow."))


@transaction.atomic
def answer_as_guardian(question: GuardianConsent, *, agrees: bool) -> None:
    """The one answer to the letter; the child's account opens, or goes."""
    answer = Answer.GIVEN if agrees else Answer.REFUSED
    facts = {"answer": answer, "answered_at": timezone.now()}
    if not agrees:
        facts["email"] = ""  # nothing is kept of who said no
    else:
        _let_go_of_the_older_yes(question.child)
    if not GuardianConsent.objects.open().filter(pk=question.pk).update(**facts):
        raise LinkIsOver(_("This question was answered already."))
    question.refresh_from_db()
    if agrees:
        _open_account(question.child)
        _post(question, "guardian_agreed")
    else:
        begin_leaving(question.child)
    _told(question)


def _let_go_of_the_older_yes(child: Person) -> None:
    """One consent stands for a child: the newest, and with it the address behind."""
    older = GuardianConsent.objects.standing().filter(child=child)
    older.update(withdrawn_at=timezone.now(), email="")


@transaction.atomic
def withdraw_as_guardian(consent: GuardianConsent) -> None:
    """The guardian takes it back: the child's data go, as when leaving."""
    standing = GuardianConsent.objects.standing().filter(pk=consent.pk)
    if not standing.update(withdrawn_at=timezone.now(), email=""):
        raise LinkIsOver(_("This consent was taken back already."))
    child = consent.child
    child.waits_for_guardian = True
    child.save(update_fields=["waits_for_guardian"])
    begin_leaving(child)
    consent.refresh_from_db()
    _told(consent)


@transaction.atomic
def end_unanswered_questions() -> int:
    """Five days without an answer: the guardian's address and the account go."""
    late = GuardianConsent.objects.open().filter(expires_at__lte=timezone.now())
    rows = list(late.select_related("child"))
    for question in rows:
        question.answer, question.email = Answer.EXPIRED, ""
        question.answered_at = timezone.now()
        question.save(update_fields=["answer", "email", "answered_at"])
        begin_leaving(question.child)
    return len(rows)


def _open_account(child: Person) -> None:
    child.waits_for_guardian = False
    child.save(update_fields=["waits_for_guardian"])


def _told(consent: GuardianConsent) -> None:
    after_commit(
        guardian_answered.send_robust,
        GuardianConsent,
        person_id=consent.child_id,
        answer=consent.answer,
    )


# --- links --------------------------------------------------------------------
def link_key(consent: GuardianConsent, purpose: str) -> str:
    """What stands in the letter's address: good for one row and one purpose."""
    return signing.dumps([consent.pk, purpose], salt=SALT, compress=False)


def question_of_key(key: str) -> GuardianConsent | None:
    """The open question this key asks, while there is time."""
    return _row(key, "answer", GuardianConsent.objects.open(), in_time=True)


def consent_of_key(key: str) -> GuardianConsent | None:
    """The standing consent this key may take back."""
    return _row(key, "withdraw", GuardianConsent.objects.standing(), in_time=False)


def letters_to_guardians_of(child: Person) -> list[int]:
    """Waiting letters whose link leads to a question or a consent of this child.

    A guardian may have more children here: the address alone says only whose letter
    it is where a letter bears no link that can be read.
    """
    asked = dict(child.guardian_consents.values_list("pk", "email"))
    addresses = {email for email in asked.values() if email}
    waiting = LetterDue.objects.filter(kind__in=LETTERS)
    return [
        pk
        for pk, facts, address in waiting.values_list("pk", "facts", "address")
        if (about := _meant(facts.get("key", ""))[0]) in asked
        or (about is None and address in addresses)
    ]


def _meant(key: str) -> tuple[Any, str]:
    """The row and the purpose in a link; neither where it is not one of ours."""
    try:
        pk, purpose = signing.loads(key, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None, ""
    return pk, purpose


def _row(key: str, purpose: str, rows: Any, *, in_time: bool) -> GuardianConsent | None:
    pk, meant = _meant(key)
    if meant != purpose:
        return None
    found: GuardianConsent | None = rows.select_related("child").filter(pk=pk).first()
    if found and in_time and found.expires_at <= timezone.now():
        return None
    return found


def _post(consent: GuardianConsent, kind: str) -> None:
    purpose = "answer" if kind == "guardian_asked" else "withdraw"
    post_letter(
        consent.email,
        kind=kind,
        facts={
            "key": link_key(consent, purpose),
            "child": masked(consent.child.email),
            "until": consent.expires_at.isoformat(),
        },
        language=consent.language,
    )


def masked(email: str) -> str:
    """Enough to recognise whose address it is, not enough to use it."""
    name, _at, host = email.partition("@")
    return f"{name[:2]}{'•' * max(len(name) - 2, 2)}@{host}"

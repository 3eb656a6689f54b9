"""Leaving: asked for, a week to think again, then gone in one transaction."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.models import AuthToken

from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.kernel.personal_data import Question, holders
from livinglab.people.errors import LeavingRefused, WaitsForGuardian
from livinglab.people.events import person_left, person_stayed
from livinglab.people.law import (
    ACCESS_LOG,
    CONSENT_RECORD,
    PROOF,
    Basis,
    basis_of,
)
from livinglab.people.models import (
    Consent,
    DataRead,
    FileToErase,
    KeptRead,
    Leaving,
    LeavingProof,
    Person,
)
from livinglab.people.selectors import lacks_guardian
from livinglab.people.services.letters import post_letter
from livinglab.people.services.sessions import end_all_sessions

GRACE = timedelta(days=7)
LEASE_S = 600
# No 0, 1, I, O: read aloud and typed by hand. 20 of these are 100 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NUMBER_LENGTH = 20


def leaving_questions(person: Person) -> list[Question]:
    """What somebody who leaves may decide, from every app that has a question."""
    return [one for holder in holders() for one in holder.questions(person)]


@transaction.atomic
def ask_to_leave(
    person: Person, *, answers: Mapping[str, str] | None = None
) -> Leaving:
    """The person's own wish: every session and token ends, nothing is computed."""
    require(person, "people.settle_own_affairs", person)
    _refuse_staff(person)
    return begin_leaving(person, answers=answers)


@transaction.atomic
def begin_leaving(
    person: Person, *, answers: Mapping[str, str] | None = None
) -> Leaving:
    """Begin the days of grace, by one's own wish or since a guardian did not agree."""
    now = timezone.now()
    leaving, is_new = Leaving.objects.get_or_create(
        person=person,
        defaults={
            "number": _number(),
            "answers": _understood(person, answers or {}),
            "asked_at": now,
            "erase_at": now + GRACE,
        },
    )
    if is_new:
        person.leaving_since = now
        _close_every_door(person)
        _write_of_it(leaving)
        after_commit(person_left.send_robust, Person, person_id=person.pk)
    return leaving


def _refuse_staff(person: Person) -> None:
    """What staff did must stay open to inspection under their name."""
    if person.is_superuser or person.roles.filter(city__isnull=False).exists():
        raise LeavingRefused(
            _("You work for a city here. Please have that role ended first.")
        )


def _understood(person: Person, answers: Mapping[str, str]) -> dict[str, str]:
    chosen = {}
    for question in leaving_questions(person):
        known = {value for value, _words in question.options}
        said = answers.get(question.key, "")
        chosen[question.key] = said if said in known else question.usual
    return chosen


def _close_every_door(person: Person) -> None:
    """Sessions hang on the password's digest: a new one ends all of them at once.

    A password, where there was one, goes too; a code or a passkey lets one in to stay.
    """
    person.set_unusable_password()
    person.save(update_fields=["leaving_since", "password"])
    AuthToken.objects.filter(user=person).delete()
    end_all_sessions(person)


def _write_of_it(leaving: Leaving) -> None:
    person = leaving.person
    post_letter(
        person.email,
        kind="leaving_asked",
        facts={
            "day": timezone.localtime(leaving.erase_at).strftime("%Y-%m-%d"),
            "number": leaving.number,
        },
        language=person.language,
    )


def _number() -> str:
    return "".join(secrets.choice(ALPHABET) for _n in range(NUMBER_LENGTH))


@transaction.atomic
def stay(person: Person) -> None:
    """Think again within the week: everything goes on as before.

    A child cannot undo alone what the guardian decided, or never did.
    """
    require(person, "people.settle_own_affairs", person)
    if lacks_guardian(person):
        raise WaitsForGuardian(
            _("Without your guardian's yes this account cannot go on.")
        )
    gone, _by_model = Leaving.objects.filter(person=person).delete()
    if not gone:
        return
    person.leaving_since = None
    person.save(update_fields=["leaving_since"])
    after_commit(person_stayed.send_robust, Person, person_id=person.pk)


# Erasing ------------------------------------------------------------------------------


def erase_due_leavers() -> int:
    """Erase everybody whose days of grace are over; how many. Safe to run twice."""
    free = Leaving.objects.due().free().order_by("attempts", "pk")
    waiting = list(free.values_list("pk", flat=True))
    return sum(erase_leaver(pk) is not None for pk in waiting)


def erase_leaver(leaving_id: int) -> LeavingProof | None:
    """Erase one person, all or nothing; None when somebody else does, or they stay."""
    if not Leaving.objects.due().filter(pk=leaving_id).claim(seconds=LEASE_S):
        return None
    return _erase(leaving_id)


@transaction.atomic
def _erase(leaving_id: int) -> LeavingProof | None:
    leaving = (
        Leaving.objects.select_for_update(of=("self",))
        .select_related("person__neighbourhood")
        .filter(pk=leaving_id, person__leaving_since__isnull=False)
        .first()
    )
    if leaving is None:
        return None
    person = leaving.person
    address, language = person.email, person.language
    proof = _begin_proof(leaving)
    files_before = FileToErase.objects.count()
    gone: Counter[str] = Counter()
    for holder in holders():
        gone.update(holder.erase(person, leaving.answers))
    gone["files"] = FileToErase.objects.count() - files_before
    proof.gone = {label: count for label, count in sorted(gone.items()) if count}
    proof.save(update_fields=["gone"])
    facts = {"number": proof.number, "day": proof.erased_on.isoformat()}
    post_letter(address, kind="left", facts=facts, language=language)
    return proof


def _begin_proof(leaving: Leaving) -> LeavingProof:
    """Written before anything goes: what stays is copied without the person."""
    person, today = leaving.person, timezone.localdate()
    place = person.neighbourhood
    proof = LeavingProof.objects.create(
        number=leaving.number,
        city_id=place.city_id if place else None,
        asked_on=timezone.localdate(leaving.asked_at),
        erased_on=today,
        keep_until=_years_after(today, PROOF.years or 0),
    )
    proof.kept = [
        _kept(PROOF, 1, today),
        *_keep_reads(proof, person),
        *_keep_consents(person, today),
        *_keep_of_apps(leaving, today),
    ]
    proof.save(update_fields=["kept"])
    return proof


def _kept(basis: Basis, count: int, newest: date, **more: Any) -> dict[str, Any]:
    ends = _years_after(newest, basis.years) if basis.years is not None else None
    until = ends.isoformat() if ends else None
    return {"code": basis.code, "count": count, "until": until, **more}


def _keep_reads(proof: LeavingProof, person: Person) -> Iterable[dict[str, Any]]:
    """Looks of staff, each for its own time; what of whose home is not repeated."""
    today = timezone.localdate()
    rows = [
        KeptRead(
            proof=proof,
            reader_id=read.reader_id,
            what=str(DataRead.As(read.reader_as).value),
            why=read.why,
            read_at=read.read_at,
            keep_until=until,
        )
        for read in DataRead.objects.by_staff().filter(person=person)
        if (until := _years_after(read.read_at.date(), ACCESS_LOG.years or 0)) > today
    ]
    KeptRead.objects.bulk_create(rows)
    if not rows:
        return []
    newest = max(row.read_at for row in rows).date()
    return [_kept(ACCESS_LOG, len(rows), newest)]


def _keep_consents(person: Person, today: date) -> Iterable[dict[str, Any]]:
    rows = [
        {
            "purpose": row.purpose,
            "version": row.version,
            "given_on": timezone.localdate(row.given_at).isoformat(),
            "withdrawn_on": timezone.localdate(row.withdrawn_at).isoformat()
            if row.withdrawn_at
            else None,
        }
        for row in Consent.objects.filter(person=person).order_by("given_at", "pk")
    ]
    return [_kept(CONSENT_RECORD, len(rows), today, rows=rows)] if rows else []


def _keep_of_apps(leaving: Leaving, today: date) -> Iterable[dict[str, Any]]:
    """What an app needs to go on with, and which tells of nobody any more."""
    for holder in holders():
        for one in holder.stays(leaving.person, leaving.answers):
            yield _kept(basis_of(one.code), one.count, today)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


@transaction.atomic
def forget_old_proofs() -> int:
    """Drop kept looks and proofs whose time is over; how many rows."""
    today = timezone.localdate()
    from_reads = KeptRead.objects.filter(keep_until__lt=today).delete()[0]
    old = LeavingProof.objects.filter(keep_until__lt=today, kept_reads=None)
    return from_reads + old.delete()[0]

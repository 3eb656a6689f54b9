"""A helper: invited, accepted, confirmed, and ended by either at once."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from livinglab.kernel.acting import ActingFor, area_of
from livinglab.kernel.pace import keep_pace
from livinglab.kernel.permissions import require
from livinglab.kernel.telling import tell
from livinglab.people.errors import HelpRefused
from livinglab.people.models import Act, Consent, Helping, LetterDue, Person
from livinglab.people.services.consents import give_consent, withdraw_consent
from livinglab.people.services.letters import post_letter

# No 0, 1, I, O: read aloud and typed by hand.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
CODE_LASTS = timedelta(days=14)
LONGEST = timedelta(days=366)
MOST_OPEN = 5

State = Helping.State


@transaction.atomic
def invite_helper(
    person: Person, *, areas: Sequence[str], until: date, address: str = ""
) -> tuple[Helping, str]:
    """Make a code for one helper; it is shown once, or goes by letter as well."""
    require(person, "people.settle_own_affairs", person)
    _refuse_odd_wish(person, areas, until)
    if address:
        _keep_pace(person, address)
    code = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))
    helping = Helping.objects.create(
        person=person,
        areas=sorted(set(areas)),
        until=until,
        code_digest=_digest(code),
    )
    if address:
        facts = {"name": str(person.name or _("Somebody")), "code": code}
        language = translation.get_language() or person.language
        post_letter(address, kind="help_invitation", facts=facts, language=language)
    return helping, code


def letters_inviting_for(person: Person) -> list[int]:
    """Waiting letters with a code of this person's, or in their name with a dead one.

    A namesake's letter opens a help of the namesake's.
    """
    waiting = LetterDue.objects.filter(kind="help_invitation")
    letters = {pk: facts for pk, facts in waiting.values_list("pk", "facts") if facts}
    digests = {pk: _digest(facts.get("code", "")) for pk, facts in letters.items()}
    opened = Helping.objects.filter(code_digest__in=digests.values())
    whose = dict(opened.values_list("code_digest", "person_id"))
    return [
        pk
        for pk, facts in letters.items()
        if (owner := whose.get(digests[pk])) == person.pk
        or (owner is None and facts.get("name") == person.name)
    ]


def _keep_pace(person: Person, address: str) -> None:
    """Letters to a stranger, however often an invitation is ended and made anew."""
    keep_pace("people.invite_by_letter", person.pk)
    whose = hashlib.sha256(address.casefold().encode()).hexdigest()
    keep_pace("people.invite_address", whose)


def _refuse_odd_wish(person: Person, areas: Sequence[str], until: date) -> None:
    today = timezone.localdate()
    if not areas or any(area_of(name) is None for name in areas):
        raise HelpRefused(_("Please choose what your helper may do."))
    if not today <= until <= today + LONGEST:
        raise HelpRefused(_("The last day lies between today and a year from now."))
    if not person.name:
        raise HelpRefused(
            _("Please tell your name under “Me” first, so that your helper knows you.")
        )
    open_now = Helping.objects.filter(person=person, state__in=Helping.OPEN)
    if open_now.count() >= MOST_OPEN:
        raise HelpRefused(_("That are enough helpers. Please end one first."))


def invitation_of(code: str) -> Helping | None:
    """The open invitation behind a code, for a look before the yes."""
    return (
        Helping.objects.select_related("person")
        .filter(
            code_digest=_digest(code),
            state=State.INVITED,
            invited_at__gt=timezone.now() - CODE_LASTS,
            until__gte=timezone.localdate(),
            person__leaving_since=None,
        )
        .first()
    )


@transaction.atomic
def accept_help(code: str, *, by: Person) -> Helping:
    """The helper's yes; the code works once. Now the person looks who it is."""
    require(by, "people.settle_own_affairs", by)
    helping = invitation_of(code)
    if helping is None:
        raise HelpRefused(
            _("This code is not valid any more. Please ask for a new one.")
        )
    _refuse_odd_pair(helping, by)
    taken = Helping.objects.filter(pk=helping.pk, state=State.INVITED).update(
        state=State.ACCEPTED,
        helper=by,
        accepted_at=timezone.now(),
        code_digest=None,
    )
    if not taken:
        raise HelpRefused(
            _("This code is not valid any more. Please ask for a new one.")
        )
    helping.refresh_from_db()
    _tell(helping, helping.person, "people.help_accepted", by)
    return helping


def _refuse_odd_pair(helping: Helping, by: Person) -> None:
    if helping.person_id == by.pk:
        raise HelpRefused(_("This is your own code. Give it to whoever helps you."))
    if not by.name:
        raise HelpRefused(
            _("Please tell your name under “Me” first: every act shows both names.")
        )
    known = Helping.objects.filter(
        person=helping.person, helper=by, state__in=[State.ACCEPTED, State.ACTIVE]
    )
    if known.exists():
        raise HelpRefused(_("You help this person already."))


@transaction.atomic
def confirm_help(helping: Helping, *, by: Person) -> Helping:
    """The person's yes to whom they see; from now on the helper may act."""
    require(by, "people.settle_own_affairs", helping.person)
    now = timezone.now()
    confirmed = Helping.objects.filter(
        pk=helping.pk,
        state=State.ACCEPTED,
        until__gte=timezone.localdate(),
        helper__in=Person.objects.filter(leaving_since=None),
    ).update(state=State.ACTIVE, confirmed_at=now)
    if not confirmed:
        raise HelpRefused(_("There is nothing to confirm any more."))
    give_consent(by, Consent.Purpose.HELPING)
    helping.refresh_from_db()
    if helping.helper is not None:
        _tell(helping, helping.helper, "people.help_began", by)
    return helping


@transaction.atomic
def end_help(helping: Helping, *, by: Person) -> Helping:
    """Either ends it at once; what was done stays written down."""
    require(by, "people.end_help", helping)
    is_own = by.pk == helping.person_id
    ended_by = Helping.EndedBy.PERSON if is_own else Helping.EndedBy.HELPER
    other = helping.helper if is_own else helping.person
    if _end(helping, ended_by) and other is not None:
        _tell(helping, other, "people.help_ended", by)
    _withdraw_when_last(helping.person)
    helping.refresh_from_db()
    return helping


@transaction.atomic
def end_all_help(person: Person) -> int:
    """The consent is gone, and with it every help for this person."""
    ended = 0
    helpings = Helping.objects.filter(person=person, state__in=Helping.OPEN)
    for helping in helpings.select_related("person", "helper"):
        if _end(helping, Helping.EndedBy.PERSON):
            ended += 1
            if helping.helper is not None:
                _tell(helping, helping.helper, "people.help_ended", person)
    return ended


@transaction.atomic
def end_help_that_is_over() -> int:
    """Note the end of what had a last day, and of invitations nobody took."""
    ended = 0
    old = Helping.objects.filter(
        state=State.INVITED, invited_at__lt=timezone.now() - CODE_LASTS
    )
    for helping in (Helping.objects.over() | old).select_related("person", "helper"):
        has_left = helping.helper is None and helping.state != State.INVITED
        by = Helping.EndedBy.HELPER if has_left else Helping.EndedBy.DATE
        if _end(helping, by):
            ended += 1
            if has_left or helping.state == State.ACTIVE:
                _tell_both_of_the_end(helping)
        _withdraw_when_last(helping.person)
    return ended


@transaction.atomic
def end_help_by(helper: Person) -> int:
    """Who is erased helps nobody any more; whom they helped is told, without a name."""
    ended = 0
    helpings = Helping.objects.filter(helper=helper, state__in=Helping.OPEN)
    for helping in helpings.select_related("person"):
        if _end(helping, Helping.EndedBy.HELPER):
            ended += 1
            _tell(helping, helping.person, "people.help_ended", None)
        _withdraw_when_last(helping.person)
    return ended


def _end(helping: Helping, ended_by: str) -> bool:
    open_row = Helping.objects.filter(pk=helping.pk, state__in=Helping.OPEN)
    return bool(
        open_row.update(
            state=State.ENDED,
            ended_at=timezone.now(),
            ended_by=ended_by,
            code_digest=None,
        )
    )


def _withdraw_when_last(person: Person) -> None:
    """With the last helper the consent has nothing left to stand for."""
    open_now = Helping.objects.filter(person=person, state__in=Helping.OPEN)
    if not open_now.exists():
        withdraw_consent(Person.objects.get(pk=person.pk), Consent.Purpose.HELPING)


def _tell_both_of_the_end(helping: Helping) -> None:
    if helping.helper is not None:
        _tell(helping, helping.helper, "people.help_ended", helping.person)
    _tell(helping, helping.person, "people.help_ended", helping.helper)


def _tell(helping: Helping, whom: Person, kind: str, other: Person | None) -> None:
    tell(
        whom,
        kind=kind,
        event=f"helping:{helping.pk}",
        facts={"helping": helping.pk, "name": _called(other, by=whom)},
        about=f"helping:{helping.pk}",
    )


def _called(somebody: Person | None, *, by: Person) -> str:
    """The name, or a word in its place: notices are kept, and name nobody who left."""
    with translation.override(by.language):
        if somebody is None:
            return _("a helper who left")
        return somebody.name or _("Somebody")


# Acting -------------------------------------------------------------------------------


def acting_through(helping: Helping) -> ActingFor:
    """What the helper may do, and where each act is written down."""

    def note(area: str, rule: str, thing: object) -> None:
        Act.objects.create(
            helping=helping,
            person_id=helping.person_id,
            helper_id=helping.helper_id,
            area=area,
            rule=rule,
            thing=_written(thing, helping.person)[:80],
        )

    return ActingFor(helping.pk, helping.helper, tuple(helping.areas), note)


def _written(thing: object, person: Person) -> str:
    """What the log calls a thing: a person by the name alone, nothing by an address."""
    if isinstance(thing, Person):
        return thing.name
    words = str(thing if thing is not None else "")
    return words.replace(person.email, person.name or "–")


def _digest(code: str) -> str:
    plain = "".join(code.upper().split()).replace("-", "")
    return hashlib.sha256(plain.encode()).hexdigest()

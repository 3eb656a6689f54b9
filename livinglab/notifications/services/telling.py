"""Tell people of an event: rows for the inbox and for every channel they chose."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from livinglab.kernel.commit import after_commit
from livinglab.kernel.telling import teller
from livinglab.notifications.events import inbox_changed, notices_due
from livinglab.notifications.kinds import Channel, Kind, Urgency, kind_of
from livinglab.notifications.models import Delivery, Notice, Rhythm
from livinglab.notifications.selectors import channels_wanted
from livinglab.people.models import Person

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Told:
    """One person, one event, and what the words of the kind need to know."""

    person: Person
    event: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""


@teller
def notify(
    person: Person,
    *,
    kind: str,
    event: str,
    facts: Mapping[str, Any] | None = None,
    about: str = "",
) -> Notice | None:
    """Tell one person of an event; however often it is called, they hear it once.

    The notice, new or from before; None when the account is closed.
    """
    notify_all([Told(person, event, facts or {}, about)], kind=kind)
    return Notice.objects.filter(person=person, kind=kind, event=event).first()


@transaction.atomic
def notify_all(told: Iterable[Told], *, kind: str) -> int:
    """Tell many people of events of one kind; how many notices are new.

    Safe inside the transaction of whatever happened: the rows stand or fall with it.
    """
    declared = kind_of(kind)
    if declared is None:
        raise ValueError(f"no app declares the kind {kind}")
    everybody = [
        one for one in told if one.person.is_active and not one.person.is_leaving
    ]
    return sum(
        _tell(everybody[start : start + ROWS_AT_ONCE], declared)
        for start in range(0, len(everybody), ROWS_AT_ONCE)
    )


def _tell(told: Sequence[Told], kind: Kind) -> int:
    """Of parallel callers the database lets one insert a notice; it alone plans it."""
    call = uuid.uuid4()
    Notice.objects.bulk_create(
        [_notice(one, kind, call) for one in told], ignore_conflicts=True
    )
    fresh = list(Notice.objects.filter(told_by=call))
    if fresh:
        _plan(fresh, kind)
    return len(fresh)


def _notice(told: Told, kind: Kind, call: uuid.UUID) -> Notice:
    return Notice(
        person=told.person,
        kind=kind.name,
        event=told.event,
        about=told.about,
        facts=dict(told.facts),
        url=kind.url(told.facts),
        told_by=call,
    )


def _plan(notices: Sequence[Notice], kind: Kind) -> None:
    """Write which channels are to carry these notices, and when."""
    people = tuple({notice.person_id for notice in notices})
    wanted = channels_wanted(people, kind)
    rhythms = _rhythms({pk for chosen in wanted.values() for pk in chosen})
    Delivery.objects.bulk_create(
        [
            _delivery(notice, kind, channel, rhythms[notice.person_id])
            for channel, chosen in wanted.items()
            for notice in notices
            if notice.person_id in chosen
        ],
    )
    after_commit(inbox_changed.send_robust, Notice, person_ids=people)
    if rhythms:
        after_commit(notices_due.send_robust, Notice)


def _rhythms(people: Collection[int]) -> dict[int, Rhythm]:
    """Everybody's rhythm; who never chose gets what everybody starts with."""
    Rhythm.objects.bulk_create(
        [Rhythm(person_id=pk) for pk in people],
        ignore_conflicts=True,
    )
    return {row.person_id: row for row in Rhythm.objects.filter(person__in=people)}


def _delivery(notice: Notice, kind: Kind, channel: Channel, rhythm: Rhythm) -> Delivery:
    now = timezone.now()
    is_urgent = kind.urgency == Urgency.SAFETY
    may_wait = channel == Channel.EMAIL and not is_urgent
    next_try_at = rhythm.next_letter_at(now) if may_wait else now
    is_collected = next_try_at > now
    reason = Delivery.Reason.COLLECTED if is_collected else Delivery.Reason.NONE
    return Delivery(
        notice=notice,
        person_id=notice.person_id,
        channel=channel,
        next_try_at=next_try_at,
        is_collected=is_collected,
        is_urgent=is_urgent,
        reason=reason,
    )


@transaction.atomic
def withdraw_notices(*, about: str, kind: str | None = None) -> int:
    """Take back what was told about a thing; what has not left will not leave."""
    notices = Notice.objects.filter(about=about, withdrawn_at=None)
    if kind is not None:
        notices = notices.filter(kind=kind)
    people = tuple(set(notices.values_list("person_id", flat=True)))
    Delivery.objects.filter(notice__in=notices, state=Delivery.State.DUE).update(
        state=Delivery.State.SKIPPED, reason=Delivery.Reason.WITHDRAWN
    )
    gone = notices.update(withdrawn_at=timezone.now())
    if people:
        after_commit(inbox_changed.send_robust, Notice, person_ids=people)
    return gone

"""Questions about notices: the inbox, and who wants what where."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from livinglab.kernel.stamps import Row, stamps
from livinglab.notifications.channels import letters
from livinglab.notifications.channels.parcel import Message, message_of
from livinglab.notifications.channels.ways import WAYS, offered
from livinglab.notifications.kinds import Channel, Kind, Part, kind_of, kinds
from livinglab.notifications.models import (
    Delivery,
    Notice,
    Preference,
    PushSubscription,
    Rhythm,
)
from livinglab.people.models import Person

PAGE = 30


@dataclass(frozen=True)
class InboxLine:
    """A notice with its words."""

    notice: Notice
    message: Message


def inbox(person: Person, *, before: int | None = None) -> list[InboxLine]:
    """A page of the inbox, newest first, and one line more when there are more."""
    notices = Notice.objects.visible_to(person).order_by("-pk")
    if before is not None:
        notices = notices.filter(pk__lt=before)
    return [
        InboxLine(notice, message_of(notice, kind))
        for notice in notices[: PAGE + 1]
        if (kind := kind_of(notice.kind)) is not None
    ]


_UNREAD = """FROM notifications_notice
WHERE person_id = %s AND read_at IS NULL AND withdrawn_at IS NULL AND kind IN ({})"""
UNREAD = f"SELECT COUNT(*) {_UNREAD}"
NEWEST_UNREAD = f"""
SELECT COUNT(*) OVER (), id, kind, facts, url, created_at {_UNREAD}
ORDER BY id DESC LIMIT 4
"""


def unread_count(person: Person) -> int:
    """How many notices are unread: every page asks this."""
    [(count,)] = _of_known_kinds(UNREAD, person) or [(0,)]
    return int(count)


def unread_at_this_look(person: Person) -> int:
    """The same, once for all parts of a page: a request's person lives no longer."""
    known: int | None = getattr(person, "_unread", None)
    if known is None:
        known = unread_count(person)
        setattr(person, "_unread", known)  # noqa: B010
    return known


def newest_unread(person: Person) -> tuple[Row, ...]:
    """The newest notices not read yet, with all that is shown of them.

    How many there are is known to the page from then on.
    """
    rows = _of_known_kinds(NEWEST_UNREAD, person)
    setattr(person, "_unread", rows[0][0] if rows else 0)  # noqa: B010
    return rows


def line_of(row: Row) -> InboxLine | None:
    """A row of the newest in words; nothing for a kind nobody knows any more."""
    _count, pk, name, facts, url, told_at = row
    kind = kind_of(name)
    if kind is None:
        return None
    notice = Notice(
        pk=pk, kind=name, facts=json.loads(facts), url=url, created_at=told_at
    )
    return InboxLine(notice, message_of(notice, kind))


def _of_known_kinds(sql: str, person: Person) -> tuple[Row, ...]:
    names = [kind.name for kind in kinds()]
    if not names:
        return ()
    marks = ", ".join(["%s"] * len(names))
    return stamps(sql.format(marks), person.pk, *names)


# Notices are read and withdrawn, and never change besides.
INBOX = """
SELECT COUNT(*), MAX(id), COUNT(read_at), COUNT(withdrawn_at)
FROM notifications_notice WHERE person_id = %s
"""
# Everything the page of choices shows, a row for each switch that was moved.
CHOICES = """
SELECT w.email, w.is_staff, r.*, m.*, p.id, p.is_on,
  (SELECT COUNT(*) FROM notifications_pushsubscription x WHERE x.person_id = w.id),
  (SELECT MAX(x.id) FROM notifications_pushsubscription x WHERE x.person_id = w.id),
  (SELECT MAX(x.updated_at) FROM notifications_pushsubscription x
    WHERE x.person_id = w.id),
  (SELECT MAX(x.reached_at) FROM notifications_pushsubscription x
    WHERE x.person_id = w.id),
  (SELECT COUNT(*) FROM account_emailaddress x
    WHERE x.user_id = w.id AND x.email = w.email AND x.verified)
FROM people_person w
LEFT JOIN notifications_rhythm r ON r.person_id = w.id
LEFT JOIN notifications_mobilenumber m ON m.person_id = w.id
LEFT JOIN notifications_preference p ON p.person_id = w.id
WHERE w.id = %s ORDER BY p.id
"""


def inbox_stand(person: Person) -> tuple[Row, ...]:
    """Where the inbox stands; of use as a part of a key."""
    return stamps(INBOX, person.pk)


@dataclass(frozen=True)
class ChoicesStand:
    """Where the page of choices stands: what was chosen, and what there is."""

    rows: tuple[Row, ...]
    kinds: tuple[str, ...]
    channels: tuple[Channel, ...]

    @property
    def has_browsers(self) -> bool:
        return bool(self.rows[0][-5])

    @property
    def has_letters(self) -> bool:
        """Whether the address was confirmed."""
        return bool(self.rows[0][-1])


def choices_stand(person: Person) -> ChoicesStand:
    """Of use as a part of a key, and to know what need not be asked."""
    names = tuple(kind.name for kind in kinds())
    return ChoicesStand(stamps(CHOICES, person.pk), names, tuple(offered()))


class Choices:
    """What some people switched on and off, read in one question."""

    def __init__(self, person_ids: Collection[int], kind: Kind | None = None) -> None:
        rows = Preference.objects.filter(person__in=person_ids)
        if kind is not None:
            rows = rows.filter(subject__in=[kind.name, kind.urgency])
        self._said = {
            (row.person_id, row.subject, row.channel): row.is_on for row in rows
        }

    def wants(self, person_id: int, kind: Kind, channel: str) -> bool:
        """The switch of the kind, else that of its urgency, else the kind's own."""
        for subject in (kind.name, str(kind.urgency)):
            said = self._said.get((person_id, subject, channel))
            if said is not None:
                return said
        return channel in kind.channels


def channels_wanted(person_ids: Collection[int], kind: Kind) -> dict[Channel, set[int]]:
    """On which channels which of these people want this kind and can be reached."""
    choices = Choices(person_ids, kind)
    wanted = {}
    for channel in offered():
        here = [pk for pk in person_ids if choices.wants(pk, kind, channel)]
        wanted[channel] = WAYS[channel].reaches(here) if here else set()
    return wanted


def rhythm_of(person: Person) -> Rhythm:
    """What the person chose, or what everybody starts with (not stored)."""
    return Rhythm.objects.filter(person=person).first() or Rhythm(person=person)


@dataclass(frozen=True)
class Switch:
    """A kind on a channel, as the page of choices shows it."""

    channel: Channel
    value: str
    is_on: bool


@dataclass(frozen=True)
class SwitchRow:
    kind: Kind
    switches: list[Switch]

    @property
    def is_on(self) -> bool:
        return any(shown.is_on for shown in self.switches)


@dataclass(frozen=True)
class SwitchGroup:
    """A part of life: its kinds, the urgent ones first."""

    part: Part
    rows: list[SwitchRow]

    @property
    def on(self) -> int:
        """How many kinds come some way."""
        return sum(row.is_on for row in self.rows)


def _can_choose(way: Channel, person: Person) -> bool:
    """Whether something can come this way; letters, once the address is confirmed."""
    if way == Channel.EMAIL:
        return letters.is_confirmed(person)
    return bool(WAYS[way].reaches([person.pk]))


def switches(
    person: Person, reached: Collection[Channel] | None = None
) -> list[SwitchGroup]:
    """Every kind on every channel that can reach the person, by part of life.

    Nothing at all where no channel can: there is nothing to switch.
    `reached` are these channels, where somebody knows them already.
    """
    choices = Choices([person.pk])
    if reached is None:
        reached = [way for way in offered() if _can_choose(way, person)]
    channels = [way for way in offered() if way in reached]
    if not channels:
        return []
    groups: dict[Part, list[SwitchRow]] = {}
    for kind in sorted(kinds(), key=lambda one: one.part.order):
        if person.is_staff or not kind.for_staff:
            row = SwitchRow(kind, _switches_of(kind, channels, choices, person))
            groups.setdefault(kind.part, []).append(row)
    return [SwitchGroup(part, rows) for part, rows in groups.items()]


def _switches_of(
    kind: Kind, channels: Collection[Channel], choices: Choices, person: Person
) -> list[Switch]:
    return [
        Switch(way, f"{kind.name}:{way}", choices.wants(person.pk, kind, way))
        for way in channels
    ]


def browsers_of(person: Person) -> QuerySet[PushSubscription]:
    """The browsers that agreed to push messages, the newest first."""
    return PushSubscription.objects.filter(person=person)


@dataclass(frozen=True)
class ChannelCounts:
    """What became of one channel's messages: how many are in each state."""

    channel: str
    counts: list[int]


@dataclass(frozen=True)
class DeliveryCounts:
    """A table of states, and why messages were not sent."""

    states: list[str]
    channels: list[ChannelCounts]
    reasons: list[tuple[str, int]]


def count_deliveries(rows: QuerySet[Delivery], *, since: datetime) -> DeliveryCounts:
    """What became of the messages planned since then, in one question."""
    grouped = (
        rows.filter(notice__created_at__gte=since)
        .order_by()
        .values_list("channel", "state", "reason")
        .annotate(count=Count("pk"))
    )
    by_state: Counter[tuple[str, str]] = Counter()
    by_reason: Counter[str] = Counter()
    for channel, state, reason, count in grouped:
        by_state[channel, state] += count
        if reason:
            by_reason[reason] += count
    return DeliveryCounts(
        states=[str(state.label) for state in Delivery.State],
        channels=[
            ChannelCounts(
                str(channel.label),
                [by_state[channel, state] for state in Delivery.State],
            )
            for channel in Channel
        ],
        reasons=[
            (str(Delivery.Reason(reason).label), count)
            for reason, count in by_reason.most_common()
        ],
    )

"""Deliver what is due: at most once a person, event and channel, or say why not.

The order of one delivery, each step a transaction of its own:

1. *claim*: rows are taken for a while, so that workers do not all prepare the same;
2. *take*: everything that speaks against sending is asked, then `due` becomes
   `sending` in one compare-and-set; whoever succeeds hands over, nobody else;
3. the channel hands the message to its provider;
4. *note*: what became of it.

A death before 2 leaves the row due. A death between 2 and 4 leaves `sending`: once its
lease is over the row becomes `unknown` and is never sent again, because nobody can
tell whether the provider had it; where the provider keeps idempotency keys the row is
handed over again with the same key. A message may thus be missing after a crash (its
notice stands in the inbox), it is never there twice.
"""

import logging
import secrets
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone, translation

from livinglab.kernel.rows import ROW_FAULTS
from livinglab.notifications.channels.parcel import Fate, Outcome, Parcel, message_of
from livinglab.notifications.channels.ways import WAYS
from livinglab.notifications.kinds import Channel, kind_of
from livinglab.notifications.models import Delivery, Rhythm
from livinglab.notifications.selectors import Choices

AT_ONCE = 50
LEASE_S = 300
MOST_TRIES = 8
# A row that was claimed this often and never came to an end breaks its worker.
MOST_CLAIMS = 20
FIRST_DELAY_S, DELAY_GROWS, LONGEST_DELAY_S = 60, 4, 6 * 3600
WEEK = timedelta(days=7)

State, Reason = Delivery.State, Delivery.Reason
logger = logging.getLogger(__name__)


def deliver_due(*, most: int = AT_ONCE) -> int:
    """Deliver one batch of what is due; how many rows were taken, 0 when none is."""
    settle_interrupted()
    claimed = _claim(most)
    for delivery in claimed:
        try:
            deliver(delivery)
        except ROW_FAULTS:
            logger.exception("delivery #%s cannot be prepared", delivery.pk)
            _put_off(delivery)
    return len(claimed)


def deliver(delivery: Delivery) -> None:
    """Hand one delivery over (a collected one with all that wait beside it)."""
    language = delivery.person.language
    with translation.override(language):
        parcel = _take(delivery)
        if parcel is not None:
            _note(parcel, _hand_over(parcel))


def _hand_over(parcel: Parcel) -> Outcome:
    """A channel that breaks may have got as far as the provider."""
    way = WAYS[parcel.channel]
    try:
        return way.send(parcel)
    except ROW_FAULTS:
        logger.exception("parcel %s broke while it was handed over", parcel.id)
        return Outcome(Fate.LATER if way.repeats_safely() else Fate.UNKNOWN)


def settle_interrupted() -> int:
    """Close what a dead process left half handed over; how many rows."""
    left = Delivery.objects.filter(state=State.SENDING).free()
    repeatable = [name for name, way in WAYS.items() if way.repeats_safely()]
    again = left.filter(channel__in=repeatable, tries__lt=MOST_TRIES).update(
        state=State.DUE, reason=Reason.UNREACHABLE, claimed_until=None
    )
    closed = left.update(
        state=State.UNKNOWN, reason=Reason.INTERRUPTED, claimed_until=None
    )
    return again + closed


def _claim(most: int) -> list[Delivery]:
    """Take free rows for a while; the end of the lease is the mark of who took them."""
    now = timezone.now()
    free = Delivery.objects.due(now).free()
    free.filter(attempts__gte=MOST_CLAIMS).update(
        state=State.FAILED, reason=Reason.GAVE_UP
    )
    # Rows that broke a worker before come last, so that they hold up nobody.
    rows = free.order_by("attempts", "next_try_at", "pk").values_list("pk", flat=True)
    pks = list(rows[:most])
    if not pks:
        return []
    until = now + timedelta(seconds=LEASE_S, microseconds=secrets.randbelow(1_000_000))
    free.filter(pk__in=pks).update(claimed_until=until, attempts=F("attempts") + 1)
    mine = Delivery.objects.filter(pk__in=pks, claimed_until=until, state=State.DUE)
    return list(mine.select_related("person", "notice").order_by("next_try_at", "pk"))


# Before: what speaks against it -------------------------------------------------------


@transaction.atomic
def _take(delivery: Delivery) -> Parcel | None:
    """Turn what may leave into `sending`; None when nothing does."""
    now = timezone.now()
    rhythm = _lock_rhythm(delivery.person_id)
    rows = _without_void(_beside(delivery, now))
    if not rows or _must_wait(rows, rhythm, now):
        return None
    parcel = uuid.uuid4()
    _waiting(rows, now).update(
        state=State.SENDING,
        reason=Reason.NONE,
        parcel=parcel,
        handed_at=now,
        tries=F("tries") + 1,
        claimed_until=now + timedelta(seconds=LEASE_S),
    )
    mine = Delivery.objects.filter(parcel=parcel, state=State.SENDING)
    mine = mine.select_related("person", "notice")
    return _packed(parcel, list(mine), hides_words=rhythm.hides_words)


def _lock_rhythm(person_id: int) -> Rhythm:
    """One worker at a time weighs one person's week."""
    Rhythm.objects.get_or_create(person_id=person_id)
    return Rhythm.objects.select_for_update().get(person_id=person_id)


def _beside(delivery: Delivery, now: datetime) -> list[Delivery]:
    """The delivery itself, or everything that leaves in the same collected letter."""
    rows = Delivery.objects.due(now).select_related("person", "notice")
    if delivery.is_collected:
        rows = rows.filter(
            person=delivery.person, channel=delivery.channel, is_collected=True
        )
    else:
        rows = rows.filter(pk=delivery.pk)
    return list(rows.order_by("pk"))


def _waiting(rows: list[Delivery], now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.due(now).filter(pk__in=[row.pk for row in rows])


def _without_void(rows: list[Delivery]) -> list[Delivery]:
    """Skip, with the reason, what must not be sent (any more)."""
    choices = Choices([row.person_id for row in rows])
    kept = []
    for row in rows:
        reason = _objection(row, choices)
        if reason is None:
            kept.append(row)
        else:
            _skip([row], reason)
    return kept


def _objection(row: Delivery, choices: Choices) -> Delivery.Reason | None:
    kind = kind_of(row.notice.kind)
    if kind is None:
        return Reason.KIND_GONE
    if not row.person.is_active:
        return Reason.PERSON_GONE
    if row.notice.withdrawn_at is not None:
        return Reason.WITHDRAWN
    if not choices.wants(row.person_id, kind, row.channel):
        return Reason.SWITCHED_OFF
    if not kind.still_true(row.person, row.notice.facts):
        return Reason.NOT_TRUE_ANY_MORE
    return None


def _skip(rows: list[Delivery], reason: Delivery.Reason) -> None:
    Delivery.objects.filter(pk__in=[row.pk for row in rows], state=State.DUE).update(
        state=State.SKIPPED, reason=reason, claimed_until=None
    )


def _must_wait(rows: list[Delivery], rhythm: Rhythm, now: datetime) -> bool:
    """Quiet hours put off, a full week skips; safety passes as its person agreed."""
    is_urgent = rows[0].is_urgent
    morning = rhythm.quiet_end(now)
    if morning is not None and not (is_urgent and rhythm.safety_at_night):
        _waiting(rows, now).update(
            next_try_at=morning,
            reason=Reason.QUIET_HOURS,
            claimed_until=None,
            attempts=Greatest(F("attempts") - 1, 0),  # this claim broke nothing
        )
        return True
    if not is_urgent and _week_is_full(rows[0], rhythm, now):
        _skip(rows, Reason.WEEKLY_CAP)
        return True
    return False


def _week_is_full(row: Delivery, rhythm: Rhythm, now: datetime) -> bool:
    """Whether the channel carried as many messages in seven days as one wants."""
    if not rhythm.weekly_most:
        return False
    carried = Delivery.objects.handed_over().filter(
        person=row.person, channel=row.channel, is_urgent=False
    )
    parcels = carried.filter(handed_at__gt=now - WEEK).values("parcel").distinct()
    return parcels.count() >= rhythm.weekly_most


def _packed(
    parcel: uuid.UUID, rows: list[Delivery], *, hides_words: bool
) -> Parcel | None:
    if not rows:
        return None  # somebody else was faster
    messages = [
        message_of(row.notice, kind)
        for row in rows
        if (kind := kind_of(row.notice.kind)) is not None
    ]
    return Parcel(
        id=parcel,
        key=rows[0].key,
        person=rows[0].person,
        channel=Channel(rows[0].channel),
        messages=messages,
        is_collected=rows[0].is_collected,
        hides_words=hides_words,
    )


# After: what became of it -------------------------------------------------------------


@transaction.atomic
def _note(parcel: Parcel, outcome: Outcome) -> None:
    """Write what became of a parcel; a late answer still ends what was unknown."""
    rows = Delivery.objects.filter(parcel=parcel.id)
    if outcome.fate == Fate.SENT:
        open_rows = rows.filter(state__in=[State.SENDING, State.UNKNOWN])
        open_rows.update(
            state=State.SENT,
            reason=Reason.NONE,
            sent_at=timezone.now(),
            claimed_until=None,
        )
        return
    rows = rows.filter(state=State.SENDING)
    if outcome.fate == Fate.LATER:
        _try_later(rows, outcome)
        return
    state, reason = {
        Fate.REFUSED: (State.FAILED, Reason.REFUSED),
        Fate.NO_ADDRESS: (State.SKIPPED, Reason.NO_ADDRESS),
        Fate.UNKNOWN: (State.UNKNOWN, Reason.INTERRUPTED),
    }[outcome.fate]
    rows.update(state=state, reason=reason, claimed_until=None)


def _try_later(rows: QuerySet[Delivery], outcome: Outcome) -> None:
    """Back to waiting, each time longer; after enough tries it has failed."""
    tries = rows.aggregate(most=Max("tries"))["most"] or 1
    if tries >= MOST_TRIES:
        rows.update(state=State.FAILED, reason=Reason.GAVE_UP, claimed_until=None)
        return
    wait_s = max(outcome.wait_s or 0, delay_s(tries))
    rows.update(
        state=State.DUE,
        reason=Reason.UNREACHABLE,
        next_try_at=timezone.now() + timedelta(seconds=wait_s),
        claimed_until=None,
        attempts=0,
    )


def _put_off(delivery: Delivery) -> None:
    """What broke before it left waits, each time longer; its claims are counted."""
    wait = timedelta(seconds=delay_s(delivery.attempts))
    Delivery.objects.filter(pk=delivery.pk, state=State.DUE).update(
        next_try_at=timezone.now() + wait, claimed_until=None
    )


def delay_s(tries: int) -> int:
    """Seconds until the next try: 1, 4, 16, 64, 256 minutes, then every 6 hours."""
    return min(int(FIRST_DELAY_S * DELAY_GROWS ** (tries - 1)), LONGEST_DELAY_S)

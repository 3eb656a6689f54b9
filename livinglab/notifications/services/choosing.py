"""Verbs of choice: what one is told, where, and how often."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from livinglab.kernel.commit import after_commit
from livinglab.notifications.channels.letters import ALL_LETTERS
from livinglab.notifications.events import notices_due
from livinglab.notifications.kinds import Channel, Urgency
from livinglab.notifications.models import Delivery, Notice, Preference, Rhythm
from livinglab.notifications.selectors import switches
from livinglab.people.models import Person

CHANGEABLE = {
    "quiet_from",
    "quiet_until",
    "safety_at_night",
    "weekly_most",
    "letters",
    "hides_words",
}
QUIET = {"quiet_from", "quiet_until", "safety_at_night"}


@transaction.atomic
def switch(person: Person, *, subject: str, channel: str, is_on: bool) -> None:
    """Switch a kind, or every kind of an urgency, on or off on one channel."""
    Preference.objects.update_or_create(
        person=person, subject=subject, channel=channel, defaults={"is_on": is_on}
    )


@transaction.atomic
def choose_switches(
    person: Person, *, on: Collection[str], asked: Collection[str]
) -> None:
    """Keep a page of switches: of those asked about, the ones named are on.

    What was not on the page, as a browser that agreed since, stays as it is.
    """
    for group in switches(person):
        for row in group.rows:
            for now in row.switches:
                is_on = now.value in on
                if now.value in asked and now.is_on != is_on:
                    switch(
                        person,
                        subject=row.kind.name,
                        channel=now.channel,
                        is_on=is_on,
                    )


@transaction.atomic
def stop_letters(person: Person, subject: str) -> None:
    """What one click in a letter does: no more letters of this kind, or none at all.

    Letters about safety stay on when all others are stopped; they have their own
    switch.
    """
    if subject != ALL_LETTERS:
        switch(person, subject=subject, channel=Channel.EMAIL, is_on=False)
        return
    Preference.objects.filter(person=person, channel=Channel.EMAIL, is_on=True).delete()
    for urgency in (Urgency.ACTION, Urgency.NEWS):
        switch(person, subject=urgency, channel=Channel.EMAIL, is_on=False)


@transaction.atomic
def choose_rhythm(person: Person, facts: Mapping[str, Any]) -> Rhythm:
    """Keep quiet hours, weekly cap and collected letters; what waits follows."""
    if unknown := set(facts) - CHANGEABLE:
        raise ValueError(f"a rhythm has no {sorted(unknown)}")
    Rhythm.objects.get_or_create(person=person)
    rhythm = Rhythm.objects.select_for_update().get(person=person)
    changed = {name for name in facts if getattr(rhythm, name) != facts[name]}
    for name in changed:
        setattr(rhythm, name, facts[name])
    if changed:
        rhythm.save(update_fields=sorted(changed))
    if "letters" in changed:
        _move_collected(rhythm)
    if changed & QUIET:
        _look_again_at_the_quiet(person)
    return rhythm


def _move_collected(rhythm: Rhythm) -> None:
    """What is being collected leaves with the next letter, still as one; late never."""
    now = timezone.now()
    waiting = Delivery.objects.filter(
        person=rhythm.person_id,
        state=Delivery.State.DUE,
        reason=Delivery.Reason.COLLECTED,
        next_try_at__gt=now,
    )
    if waiting.update(next_try_at=rhythm.next_letter_at(now)):
        after_commit(notices_due.send_robust, Notice)


def _look_again_at_the_quiet(person: Person) -> None:
    """What waits for the end of other quiet hours is due; today's decide again."""
    waiting = Delivery.objects.filter(
        person=person,
        state=Delivery.State.DUE,
        reason=Delivery.Reason.QUIET_HOURS,
    )
    if waiting.update(next_try_at=timezone.now()):
        after_commit(notices_due.send_robust, Notice)

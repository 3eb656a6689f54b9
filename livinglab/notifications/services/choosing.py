"""Verbs of choice: what one is told, where, and how often."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from livinglab.notifications.channels.letters import ALL_LETTERS
from livinglab.notifications.kinds import Channel, Urgency
from livinglab.notifications.models import Delivery, Preference, Rhythm
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


@transaction.atomic
def switch(person: Person, *, subject: str, channel: str, is_on: bool) -> None:
    """Switch a kind, or every kind of an urgency, on or off on one channel."""
    Preference.objects.update_or_create(
        person=person, subject=subject, channel=channel, defaults={"is_on": is_on}
    )


@transaction.atomic
def choose_switches(person: Person, on: Collection[str]) -> None:
    """Keep the whole page of switches: those named are on, the others shown off."""
    for group in switches(person):
        for row in group.rows:
            for shown in row.switches:
                is_on = shown.value in on
                if shown.is_on != is_on:
                    switch(
                        person,
                        subject=row.kind.name,
                        channel=shown.channel,
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
    """Keep quiet hours, weekly cap and collected letters; waiting letters follow."""
    if unknown := set(facts) - CHANGEABLE:
        raise ValueError(f"a rhythm has no {sorted(unknown)}")
    rhythm, _new = Rhythm.objects.update_or_create(person=person, defaults=dict(facts))
    now = timezone.now()
    leaves_at = rhythm.next_letter_at(now)
    Delivery.objects.filter(
        person=person, state=Delivery.State.DUE, is_collected=True
    ).update(next_try_at=leaves_at, is_collected=leaves_at > now)
    return rhythm

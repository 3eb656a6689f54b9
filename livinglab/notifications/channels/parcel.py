"""What goes out in one message, and what became of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from django.conf import settings

from livinglab.kernel.numbers import number_said
from livinglab.notifications.kinds import Channel, Kind, Urgency
from livinglab.notifications.models import Notice
from livinglab.people.models import Person

LONGEST_WAIT_S = 24 * 3600


@dataclass(frozen=True)
class Message:
    """One notice in the words of the language that is active."""

    notice_id: int
    kind: str
    urgency: Urgency
    title: str
    body: str
    url: str
    heading: str
    about: str
    told_at: datetime

    @property
    def link(self) -> str:
        return site_url(self.url)


def message_of(notice: Notice, kind: Kind) -> Message:
    """Put a notice into words."""
    return Message(
        notice_id=notice.pk,
        kind=kind.name,
        urgency=kind.urgency,
        title=kind.title_for(notice.facts),
        body=kind.body_for(notice.facts),
        url=notice.url,
        heading=kind.heading(notice.facts),
        about=notice.about,
        told_at=notice.created_at,
    )


def site_url(path: str) -> str:
    """The whole address of a page, for people who are not on it."""
    return settings.SITE_URL.rstrip("/") + path


@dataclass(frozen=True)
class Parcel:
    """Messages for one person that leave together through one channel."""

    id: uuid.UUID
    key: uuid.UUID  # the same in every try
    person: Person
    channel: Channel
    messages: Sequence[Message]
    is_collected: bool = False
    hides_words: bool = False  # whoever sees the phone must not read them


class Fate(StrEnum):
    SENT = "sent"
    LATER = "later"  # certainly not taken; may be tried again
    REFUSED = "refused"  # certainly not taken, and never will be
    NO_ADDRESS = "no_address"
    UNKNOWN = "unknown"  # may have been taken: never again


@dataclass(frozen=True)
class Outcome:
    fate: Fate
    wait_s: int | None = None  # as long as the provider asked us to wait


def outcome_of_status(status: int, retry_after: str | None = None) -> Outcome:
    """What an HTTP status says; a failing server may have taken the message."""
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome(Fate.SENT)
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        wait = number_said(retry_after or "")
        return Outcome(Fate.LATER, wait and min(wait, LONGEST_WAIT_S))
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome(Fate.REFUSED)
    return Outcome(Fate.UNKNOWN)

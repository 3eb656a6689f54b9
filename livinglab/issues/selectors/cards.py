"""A report as a card: what the list, the flow and the start page show of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from livinglab.issues.models import Issue, Photo
from livinglab.issues.states import State
from livinglab.issues.words import ICONS, age_in_words, distance_in_words, tone_of
from livinglab.kernel.images import SIZES

SHOWN_LETTERS = 90
_LABELS = dict(Issue.Status.choices)


@dataclass(frozen=True)
class Picture:
    """A photo in one size, with the room it takes."""

    url: str
    width: int
    height: int
    alt: str

    @property
    def light(self) -> str:
        """Where the same is as AVIF."""
        return self.url.removesuffix("webp") + "avif"


@dataclass(frozen=True)
class IssueCard:
    """Everything `issues/parts/card.html` says of a report, in the reader's words."""

    pk: int
    url: str
    title: str
    words: str
    place: str
    state: str
    tone: str
    age: str
    distance: str
    supporters: int
    is_simulated: bool
    icon: str
    small: Picture | None
    large: Picture | None


class Told(NamedTuple):
    """What a card is made of, from wherever it was read."""

    pk: int
    title: str
    group: str
    place: str
    words: str
    state: str
    channel: str
    received_at: datetime
    supporters: int
    photo: tuple[UUID, int, int, str] | None = None  # key, width, height, alt
    metres: float | None = None


def cards_of(
    issues: Iterable[Issue], *, metres: Mapping[int, float | None] | None = None
) -> list[IssueCard]:
    """Cards in the given order; one question for the photos of all of them.

    The reports come with `select_related("category", "neighbourhood")`; `metres` says
    how far each is from where the reader asks.
    """
    found = list(issues)
    photos = first_photos([issue.pk for issue in found])
    far = metres or {}
    return [card_of(one, photos.get(one.pk), far.get(one.pk)) for one in found]


def card_of(
    issue: Issue, photo: Photo | None = None, metres: float | None = None
) -> IssueCard:
    """One report."""
    return card(
        Told(
            pk=issue.pk,
            title=issue.category.name,
            group=issue.category.group,
            place=issue.neighbourhood.name,
            words=issue.words,
            state=issue.state,
            channel=issue.channel,
            received_at=issue.received_at,
            supporters=issue.supporters,
            photo=(
                (photo.key, photo.width, photo.height, photo.alt) if photo else None
            ),
            metres=metres,
        )
    )


def card(told: Told) -> IssueCard:
    """The card of a report; whoever withdrew theirs took words and photos along."""
    is_withdrawn = told.state == State.WITHDRAWN
    photo = None if is_withdrawn else told.photo
    return IssueCard(
        pk=told.pk,
        url=f"{reverse('issues:list')}{told.pk}/",
        title=told.title,
        words="" if is_withdrawn else excerpt(told.words),
        place=told.place,
        state=str(_LABELS[told.state]),
        tone=tone_of(told.state),
        age=age_in_words(told.received_at),
        distance=distance_in_words(told.metres),
        supporters=told.supporters,
        is_simulated=told.channel == Issue.Channel.SIMULATED,
        icon=ICONS.get(told.group, "megaphone"),
        small=picture(*photo, "thumb") if photo else None,
        large=picture(*photo, "card") if photo else None,
    )


def first_photos(issue_ids: list[int]) -> dict[int | None, Photo]:
    """The first released photo of each report, in one question."""
    if not issue_ids:
        return {}
    released = Photo.objects.public().filter(issue__in=issue_ids)
    return {one.issue_id: one for one in released.order_by("-position", "-pk")}


def picture_of(photo: Photo, size: str) -> Picture:
    """A photo in one of its sizes."""
    return picture(photo.key, photo.width, photo.height, photo.alt, size)


def picture(key: UUID, width: int, height: int, alt: str, size: str) -> Picture:
    """The address and the size in pixels, so that nothing moves when it comes."""
    scale = min(1.0, SIZES[size] / max(width, height))
    return Picture(
        url=reverse("issues:photo", args=[key, size]),
        width=max(round(width * scale), 1),
        height=max(round(height * scale), 1),
        alt=alt,
    )


def excerpt(words: str) -> str:
    """The beginning of a text in one line, cut between words where it can be."""
    line = " ".join(words.split())
    if len(line) <= SHOWN_LETTERS:
        return line
    return line[:SHOWN_LETTERS].rsplit(" ", 1)[0].rstrip(".,") + "…"

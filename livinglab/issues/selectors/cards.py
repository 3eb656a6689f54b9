"""A report as a card: what the list, the flow and the start page show of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from livinglab.issues.models import Issue, Photo
from livinglab.issues.states import State
from livinglab.issues.words import ICONS, age_in_words, distance_in_words, tone_of
from livinglab.kernel.images import SIZES

SHOWN_LETTERS = 90


@dataclass(frozen=True)
class Picture:
    """A released photo in one size, with the room it takes."""

    url: str
    width: int
    height: int
    alt: str


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
    """One report; whoever withdrew theirs took their words along."""
    is_withdrawn = issue.state == State.WITHDRAWN
    return IssueCard(
        pk=issue.pk,
        url=reverse("issues:issue", args=[issue.pk]),
        title=issue.category.name,
        words="" if is_withdrawn else excerpt(issue.words),
        place=issue.neighbourhood.name,
        state=str(issue.get_state_display()),
        tone=tone_of(issue.state),
        age=age_in_words(issue.received_at),
        distance=distance_in_words(metres),
        supporters=issue.supporters,
        is_simulated=issue.channel == Issue.Channel.SIMULATED,
        icon=ICONS.get(issue.category.group, "megaphone"),
        small=picture_of(photo, "thumb") if photo and not is_withdrawn else None,
        large=picture_of(photo, "card") if photo and not is_withdrawn else None,
    )


def first_photos(issue_ids: list[int]) -> dict[int | None, Photo]:
    """The first released photo of each report, in one question."""
    if not issue_ids:
        return {}
    released = Photo.objects.public().filter(issue__in=issue_ids)
    return {one.issue_id: one for one in released.order_by("-position", "-pk")}


def picture_of(photo: Photo, size: str) -> Picture:
    """The address and the size in pixels, so that nothing moves when it comes."""
    longest = max(photo.width, photo.height)
    scale = min(1.0, SIZES[size] / longest)
    return Picture(
        url=reverse("issues:photo", args=[photo.key, size]),
        width=max(round(photo.width * scale), 1),
        height=max(round(photo.height * scale), 1),
        alt=photo.alt,
    )


def excerpt(words: str) -> str:
    """The beginning of a text in one line, cut between words where it can be."""
    line = " ".join(words.split())
    if len(line) <= SHOWN_LETTERS:
        return line
    return line[:SHOWN_LETTERS].rsplit(" ", 1)[0].rstrip(".,") + "…"

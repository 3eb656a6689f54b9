"""Photos of a report, of an update, of a draft: cleaned before they are stored."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models.history import Change
from livinglab.issues.models.issues import Issue
from livinglab.issues.states import State
from livinglab.kernel.models import Leased, LeaseQuerySet
from livinglab.people.models import Person

MOST_PHOTOS = 5
SIZES = ("thumb", "card", "full")
MOST_ATTEMPTS = 3
# Whoever withdraws a report takes its photos out of sight.
SHOWN_TO_ALL = Q(is_public=True, issue__is_public=True) & ~Q(
    issue__state=State.WITHDRAWN
)


def taken_by(person: Person | int) -> Q:
    """Photos somebody sent: with their report, or with what they added to another's."""
    with_report = Q(issue__reporter=person, change=None)
    with_word = Q(change__by=person, change__by_city=False)
    return with_report | with_word | Q(draft__person=person)


def photo_path(photo: "Photo", name: str) -> str:
    """A name nobody can guess, and one that tells nothing."""
    return f"issues/{photo.key.hex[:2]}/{photo.key.hex}-{name}"


class PhotoQuerySet(LeaseQuerySet):
    def public(self) -> "PhotoQuerySet":
        """Looked at and released, of a report anybody may read."""
        return self.filter(SHOWN_TO_ALL)

    def to_look_at(self) -> "PhotoQuerySet":
        """Neither released nor left private on purpose."""
        return self.filter(is_public=False, stays_private=False)

    def to_lighten(self) -> "PhotoQuerySet":
        """Of reports, without the smaller copies, and not given up."""
        due = self.filter(is_light=False, issue__isnull=False)
        return due.filter(attempts__lt=MOST_ATTEMPTS)


class Photo(Leased):
    """Three sizes without a word of metadata; private until released.

    While `is_light` is not set its smaller copies are due: the same pixels as AVIF.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    issue = models.ForeignKey(
        Issue, models.CASCADE, null=True, blank=True, related_name="photos"
    )
    draft = models.ForeignKey(
        "people.Draft",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="issue_photos",
    )
    change = models.ForeignKey(
        Change, models.SET_NULL, null=True, blank=True, related_name="photos"
    )
    position = models.PositiveSmallIntegerField(default=0)
    alt = models.CharField(_("what it shows"), max_length=160, blank=True)
    thumb = models.FileField(upload_to=photo_path)
    card = models.FileField(upload_to=photo_path)
    full = models.FileField(upload_to=photo_path)
    # Empty until they are made, and where they would not be smaller.
    thumb_avif = models.FileField(upload_to=photo_path, blank=True, editable=False)
    card_avif = models.FileField(upload_to=photo_path, blank=True, editable=False)
    full_avif = models.FileField(upload_to=photo_path, blank=True, editable=False)
    is_light = models.BooleanField(default=False, editable=False)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    # Of the cleaned pixels: the same photo sent twice is one photo.
    digest = models.CharField(max_length=64)
    is_public = models.BooleanField(_("released"), default=False)
    # Somebody of the city looked at it and left it private: nothing waits any more.
    stays_private = models.BooleanField(_("stays private"), default=False)
    covered = models.PositiveSmallIntegerField(_("places covered"), default=0)
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["id"],
                name="photos_to_lighten",
                condition=Q(is_light=False, issue__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="photo_of_a_report_or_of_a_draft",
                condition=Q(issue__isnull=False, draft=None)
                | Q(issue=None, draft__isnull=False),
            ),
            models.CheckConstraint(
                name="photo_released_or_private",
                condition=Q(is_public=False) | Q(stays_private=False),
            ),
            models.UniqueConstraint(
                fields=["issue", "digest"],
                name="photo_once_a_report",
                condition=Q(issue__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["draft", "digest"],
                name="photo_once_a_draft",
                condition=Q(draft__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.key.hex[:8]

    @property
    def is_to_look_at(self) -> bool:
        """As `to_look_at()`, for a row one has."""
        return not (self.is_public or self.stays_private)

    def is_taken_by(self, person: int) -> bool:
        """As `taken_by()`, for a photo of a report that one has."""
        if self.change is not None:
            return self.change.by_id == person and not self.change.by_city
        return self.issue is not None and self.issue.reporter_id == person

    @property
    def stored_names(self) -> list[str]:
        """Every file that holds its pixels."""
        fields = (*SIZES, *(f"{size}_avif" for size in SIZES))
        return [name for field in fields if (name := getattr(self, field).name)]

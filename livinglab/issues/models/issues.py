"""Issue: one report, and what the list, the map and the promise need of it."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models.scope import seen_by_staff
from livinglab.issues.states import CLOSED, OPEN, REOPENABLE, State

if TYPE_CHECKING:
    from livinglab.people.models import Person

MOST_WORDS = 4000  # as GeoReport v2 has it
MOST_ADDRESS = 160
_OPEN = sorted(OPEN)


_SHOWN = Q(is_public=True)
_SHOWN_OPEN = Q(is_public=True, closed_at=None)
# Each filter of the public list finds its newest rows at the end of one of these,
# however many reports there are.
_LISTS = [
    models.Index(fields=["-id"], name="issue_shown", condition=_SHOWN),
    models.Index(fields=["-id"], name="issue_open", condition=_SHOWN_OPEN),
    models.Index(
        fields=["neighbourhood", "category", "-id"],
        name="issue_dong_kind",
        condition=_SHOWN,
    ),
    *(
        models.Index(
            fields=[among, "-id"], name=f"issue_open_{among[:5]}", condition=_SHOWN_OPEN
        )
        for among in ("city", "neighbourhood", "category")
    ),
    models.Index(fields=["state", "-id"], name="issue_state", condition=_SHOWN),
    # A small box of the map: what of its squares is open or came to an end lately.
    models.Index(fields=["square", "closed_at"], name="issue_box", condition=_SHOWN),
    *(
        models.Index(
            fields=[among, "state", "-id"],
            name=f"issue_state_{among[:5]}",
            condition=_SHOWN,
        )
        for among in ("city", "neighbourhood", "category")
    ),
]
# The desk counts and filters what is open, and finds the few among the many.
_DESK = [
    models.Index(
        fields=["city", "due_on"], name="issue_still_open", condition=Q(closed_at=None)
    ),
    models.Index(
        fields=["hidden", "-id"], name="issue_hidden_ones", condition=~Q(hidden="")
    ),
    models.Index(
        fields=["channel", "-id"],
        name="issue_other_channel",
        condition=~Q(channel="web"),
    ),
    models.Index(fields=["city", "-supporters", "-id"], name="issue_supported"),
    models.Index(fields=["-received_at"], name="issue_received_anywhere"),
    # Of a department's people only its own: also what hangs on these reports.
    models.Index(fields=["department", "-id"], name="issue_department"),
]


class IssueQuerySet(models.QuerySet["Issue"]):
    def public(self) -> "IssueQuerySet":
        """What anybody may read."""
        return self.filter(is_public=True)

    def visible_to(self, person: "Person | None") -> "IssueQuerySet":
        """Public reports, one's own, and those of the desks one works at."""
        if person is None:
            return self.public()
        own = Q(is_public=True) | Q(reporter_id=person.pk)
        return self.filter(own | seen_by_staff(person))

    def open(self) -> "IssueQuerySet":
        """In a state of `OPEN`: the database keeps both in step."""
        return self.filter(closed_at=None)

    def overdue(self, today: date) -> "IssueQuerySet":
        """Open, promised for an earlier day, and not waiting for the reporter."""
        return self.open().filter(due_on__lt=today).exclude(state=State.WAITING)

    def unanswered(self, today: date) -> "IssueQuerySet":
        """Nobody said a word to the reporter by the promised day."""
        return self.open().filter(answered_at=None, answer_due_on__lt=today)


class Issue(models.Model):
    class Status(models.TextChoices):
        """The words residents read for `states.State`."""

        RECEIVED = State.RECEIVED, _("Received")
        ROUTED = State.ROUTED, _("With the department")
        IN_PROGRESS = State.IN_PROGRESS, _("Being dealt with")
        PLANNED = State.PLANNED, _("Planned")
        WAITING = State.WAITING, _("Waiting for an answer of the reporter")
        REOPENED = State.REOPENED, _("Opened again")
        RESOLVED = State.RESOLVED, _("Fixed")
        PASSED_ON = State.PASSED_ON, _("Passed on to whoever is responsible")
        DUPLICATE = State.DUPLICATE, _("Known from another report")
        NO_ACTION = State.NO_ACTION, _("No action, with the reason")
        WITHDRAWN = State.WITHDRAWN, _("Withdrawn")

    class PlaceFrom(models.TextChoices):
        DEVICE = "device", _("the phone's own position")
        MAP = "map", _("a tap on the map")
        LIST = "list", _("a choice from the list")
        PHOTO = "photo", _("the photo")
        OTHER = "other", _("other software")

    class Channel(models.TextChoices):
        WEB = "web", _("this app")
        OPEN311 = "open311", _("other software")
        STAFF = "staff", _("typed in by the city")
        SIMULATED = "simulated", _("simulated for the demonstration")

    class Hidden(models.TextChoices):
        NOT = "", _("shown")
        SPAM = "spam", _("advertising or spam")
        RUDE = "rude", _("insults or threats")
        PRIVATE = "private", _("shows or names a private person")
        UNLAWFUL = "unlawful", _("against the law")
        SUSPECTED = "suspected", _("held back until somebody has looked")

    # Made on the phone and never shown to others: the same report sent twice is one
    # report, and whoever sent it as a guest of another browser claims it with this.
    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    city = models.ForeignKey(
        "places.City", models.PROTECT, related_name="+", verbose_name=_("city")
    )
    neighbourhood = models.ForeignKey(
        "places.Neighbourhood",
        models.PROTECT,
        related_name="issues",
        verbose_name=_("neighbourhood"),
    )
    category = models.ForeignKey(
        "issues.Category",
        models.PROTECT,
        related_name="issues",
        verbose_name=_("category"),
    )
    department = models.ForeignKey(
        "issues.Department",
        models.PROTECT,
        related_name="issues",
        verbose_name=_("department"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_issues",
        verbose_name=_("who deals with it"),
    )

    words = models.TextField(_("what is wrong"), max_length=MOST_WORDS, blank=True)
    answers = models.JSONField(_("answers to the questions"), default=dict, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="ko"
    )

    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    square = models.BigIntegerField(editable=False)
    address = models.CharField(
        _("where, in words"), max_length=MOST_ADDRESS, blank=True
    )
    place_from = models.CharField(
        _("where the place is from"), max_length=8, choices=PlaceFrom
    )

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="issues",
        verbose_name=_("reporter"),
    )
    guest = models.ForeignKey(
        "people.Guest",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)
    contact_phone = models.CharField(
        _("number for questions"), max_length=20, blank=True
    )
    channel = models.CharField(_("came by"), max_length=9, choices=Channel)

    state = models.CharField(
        _("state"), max_length=12, choices=Status, default=Status.RECEIVED
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("same as"),
    )
    is_public = models.BooleanField(_("published"), default=False)
    hidden = models.CharField(
        _("why it is hidden"),
        max_length=10,
        choices=Hidden,
        blank=True,
        default=Hidden.NOT,
    )
    supporters = models.PositiveIntegerField(
        _("people who met it too"), default=0, editable=False
    )

    seen_at = models.DateTimeField(_("seen at"), default=timezone.now)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    changed_at = models.DateTimeField(_("last change"), default=timezone.now)
    answer_due_on = models.DateField(_("first answer promised for"))
    due_on = models.DateField(_("promised for"))
    paused_on = models.DateField(_("clock stands still since"), null=True, blank=True)
    answered_at = models.DateTimeField(_("first answered at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-pk"]
        indexes = [
            # Every list reads one of these from its end: keyset paging by pk.
            models.Index(
                fields=["city", "-id"], name="issue_public", condition=Q(is_public=True)
            ),
            models.Index(
                fields=["neighbourhood", "-id"],
                name="issue_public_dong",
                condition=Q(is_public=True),
            ),
            models.Index(fields=["category", "-id"], name="issue_category"),
            *_LISTS,
            models.Index(fields=["square", "-id"], name="issue_square"),
            models.Index(fields=["city", "state", "due_on"], name="issue_to_do"),
            models.Index(fields=["city", "-received_at"], name="issue_received"),
            *_DESK,
        ]
        constraints = [
            models.CheckConstraint(
                name="issue_closed_has_a_time",
                condition=Q(state__in=_OPEN, closed_at=None)
                | Q(state__in=sorted(CLOSED), closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="issue_duplicate_names_its_original",
                condition=Q(state=State.DUPLICATE, duplicate_of__isnull=False)
                | (~Q(state=State.DUPLICATE) & Q(duplicate_of=None)),
            ),
            models.CheckConstraint(
                name="issue_is_no_duplicate_of_itself",
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=models.F("id")),
            ),
            models.CheckConstraint(
                name="issue_hidden_is_not_public",
                condition=Q(hidden="") | Q(is_public=False),
            ),
            models.CheckConstraint(
                name="issue_clock_stands_only_while_waiting",
                condition=Q(paused_on=None) | Q(state=State.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} · {self.category}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def may_come_back(self) -> bool:
        """Whether "no, it is not fixed" opens it again."""
        return self.state in REOPENABLE

    @property
    def may_be_shown(self) -> bool:
        """Whether it is hidden, or was of a private kind and is no longer."""
        if self.hidden:
            return True
        is_taken_back = self.state == State.WITHDRAWN
        return self.category.is_public and not (self.is_public or is_taken_back)

    def is_late(self, today: date) -> bool:
        """Whether its promised day has passed without an end."""
        return self.is_open and self.state != State.WAITING and self.due_on < today

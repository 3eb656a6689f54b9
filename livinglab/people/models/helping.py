"""Helping and Act: somebody acts for somebody else, and each act is written down."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.acting import Area, area_of
from livinglab.people.models.consents import Consent
from livinglab.people.models.persons import Person


class HelpingQuerySet(models.QuerySet["Helping"]):
    def visible_to(self, person: Person | None) -> "HelpingQuerySet":
        """The two people it is between."""
        if person is None:
            return self.none()
        return self.filter(Q(person=person) | Q(helper=person))

    def active(self, today: date | None = None) -> "HelpingQuerySet":
        """Both said yes, nobody ended it, its last day has not passed.

        Without the person's standing consent nothing holds, whatever the row says.
        """
        today = today or timezone.localdate()
        return self.filter(
            state=Helping.State.ACTIVE,
            until__gte=today,
            person__leaving_since=None,
            person__is_active=True,
            person__consents__purpose=Consent.Purpose.HELPING,
            person__consents__withdrawn_at=None,
            helper__isnull=False,
            helper__leaving_since=None,
        )

    def over(self, today: date | None = None) -> "HelpingQuerySet":
        """Its last day has passed, its consent or its helper is gone, and nobody
        wrote so yet.
        """
        today = today or timezone.localdate()
        agreed = Consent.objects.filter(
            person=OuterRef("person"),
            purpose=Consent.Purpose.HELPING,
            withdrawn_at=None,
        )
        taken = Q(state__in=[Helping.State.ACCEPTED, Helping.State.ACTIVE])
        has_ended = (
            Q(until__lt=today)
            | (Q(state=Helping.State.ACTIVE) & ~Exists(agreed))
            | (taken & Q(helper=None))
        )
        return self.filter(has_ended, state__in=Helping.OPEN)


class Helping(models.Model):
    """One person lets one other act for them, in some areas, until a day.

    The person invites, the helper accepts, the person confirms whom they see.
    """

    class State(models.TextChoices):
        INVITED = "invited", _("waiting for the helper")
        ACCEPTED = "accepted", _("waiting for your yes")
        ACTIVE = "active", _("helping now")
        ENDED = "ended", _("ended")

    OPEN = (State.INVITED, State.ACCEPTED, State.ACTIVE)

    class EndedBy(models.TextChoices):
        NOBODY = "", "–"
        PERSON = "person", _("by the person who is helped")
        HELPER = "helper", _("by the helper")
        DATE = "date", _("on its last day")

    person = models.ForeignKey(Person, models.CASCADE, related_name="helped_by")
    helper = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="helps"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.INVITED
    )
    areas = models.JSONField(_("areas"), default=list)
    until = models.DateField(_("last day"))
    code_digest = models.CharField(max_length=64, unique=True, null=True)
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.CharField(
        _("ended"), max_length=8, choices=EndedBy, default="", blank=True
    )

    objects = HelpingQuerySet.as_manager()

    class Meta:
        verbose_name = _("help by somebody")
        verbose_name_plural = _("help by somebody")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "helper"],
                condition=Q(state__in=["accepted", "active"]),
                name="one_open_help_a_pair",
            ),
            models.CheckConstraint(
                name="nobody_helps_oneself",
                condition=Q(helper=None) | ~Q(helper=models.F("person")),
            ),
            models.CheckConstraint(
                name="active_help_was_confirmed",
                condition=~Q(state="active") | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} · {self.get_state_display()}"

    @property
    def is_active(self) -> bool:
        """As `active()`, for a row one has."""
        return self.state == self.State.ACTIVE and self.until >= timezone.localdate()

    @property
    def handed(self) -> list[Area]:
        """The areas that still exist."""
        return [one for name in self.areas if (one := area_of(name))]


class ActQuerySet(models.QuerySet["Act"]):
    def visible_to(self, person: Person | None) -> "ActQuerySet":
        """The two people it is between."""
        if person is None:
            return self.none()
        return self.filter(Q(person=person) | Q(helper=person))


class Act(models.Model):
    """Something a helper did in a person's name; both can read it."""

    helping = models.ForeignKey(Helping, models.CASCADE, related_name="acts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="acts_for_me")
    helper = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="acts_for_others"
    )
    area = models.CharField(_("area"), max_length=40)
    rule = models.CharField(_("what was done"), max_length=80)
    thing = models.CharField(_("to what"), max_length=80, blank=True)
    acted_at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of a helper")
        verbose_name_plural = _("acts of helpers")
        ordering = ["-acted_at", "-pk"]
        indexes = [models.Index(fields=["person", "-acted_at"])]

    def __str__(self) -> str:
        return f"{self.area} · {self.acted_at:%Y-%m-%d %H:%M}"

    @property
    def words(self) -> str:
        """What was done, in the reader's language."""
        found = area_of(self.area)
        return str(found.rules.get(self.rule, self.rule)) if found else self.rule

    @property
    def area_words(self) -> str:
        found = area_of(self.area)
        return str(found.label) if found else self.area

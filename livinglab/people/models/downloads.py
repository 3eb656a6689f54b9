"""Download."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Leased, LeaseQuerySet
from livinglab.people.models.persons import Person


class DownloadQuerySet(LeaseQuerySet):
    def visible_to(self, person: Person | None) -> "DownloadQuerySet":
        """One's own, nobody else's."""
        return self.none() if person is None else self.filter(person=person)

    def due(self) -> "DownloadQuerySet":
        """Asked for and not yet made; whoever is leaving waits for nothing."""
        due = self.filter(state=Download.State.DUE)
        return due.exclude(person__in=Person.objects.leaving())


class Download(Leased):
    """Everything the lab holds of one person, as a file for a few days."""

    class State(models.TextChoices):
        DUE = "due", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")
        EXPIRED = "expired", _("deleted again")

    person = models.ForeignKey(Person, models.CASCADE, related_name="downloads")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DUE)
    file = models.FileField(upload_to="downloads/", blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="due"),
                name="one_download_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} · {self.get_state_display()}"

    @property
    def is_ready(self) -> bool:
        """Can be fetched now."""
        return (
            self.state == self.State.READY
            and self.expires_at is not None
            and self.expires_at > timezone.now()
        )

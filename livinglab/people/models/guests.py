"""Guest and Draft: what somebody began before having an account."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Timestamped
from livinglab.people.models.persons import Person


class Guest(models.Model):
    """A browser that began something; only the digest of its secret is kept.

    Apps may point to it with a foreign key and declare in their `guests.py` how
    their rows join an account.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    began_at = models.DateTimeField(_("began at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"), db_index=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")

    def __str__(self) -> str:
        return f"{self.pk}"


class Draft(Timestamped):
    """Something begun and not sent, of a guest or of a person."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    guest = models.ForeignKey(
        Guest, models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    kind = models.CharField(_("kind"), max_length=40)
    words = models.JSONField(_("what was written"), default=dict)
    expires_at = models.DateTimeField(_("expires at"), db_index=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "kind"]),
            models.Index(fields=["guest", "kind"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="draft_has_one_owner",
                condition=Q(guest=None, person__isnull=False)
                | Q(guest__isnull=False, person=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.key}"

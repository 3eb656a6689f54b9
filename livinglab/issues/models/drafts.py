"""A report on its way through the questions, kept until it is sent."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What somebody, signed in or a guest, has said so far."""

    # Becomes the key of the report: pressing "send" twice makes one.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="issue_drafts",
    )
    guest_id = models.BigIntegerField(null=True, blank=True, editable=False)
    facts = models.JSONField(default=dict)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    touched_at = models.DateTimeField(_("last touched at"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = [models.Index(fields=["touched_at"], name="draft_touched")]
        constraints = [
            models.CheckConstraint(
                name="draft_is_a_persons_or_a_guests",
                condition=Q(person__isnull=False, guest_id=None)
                | Q(person=None, guest_id__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.key.hex[:8]

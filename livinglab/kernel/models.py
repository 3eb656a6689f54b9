"""Abstract models only; the kernel has no tables."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Timestamped(models.Model):
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True


class LeaseQuerySet(models.QuerySet[Any]):
    """Work rows that a worker takes for a while and that survive its death."""

    def free(self) -> Self:
        """Nobody holds it, or whoever did is dead."""
        now = timezone.now()
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lt=now))

    def claim(self, *, seconds: int) -> int:
        """Take the free rows among these: compare-and-set; how many were taken."""
        until = timezone.now() + timedelta(seconds=seconds)
        return self.free().update(
            claimed_until=until, attempts=models.F("attempts") + 1
        )

    def release(self) -> int:
        """Give the rows back at once, as after a restart of the only process."""
        return self.exclude(claimed_until=None).update(claimed_until=None)


class Leased(models.Model):
    """A row that says work is due. The queue only wakes whoever looks here."""

    claimed_until = models.DateTimeField(
        _("with a worker until"), null=True, blank=True, editable=False
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts"), default=0, editable=False
    )

    class Meta:
        abstract = True

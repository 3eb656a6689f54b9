"""Leaving, LeavingProof, KeptRead: the way out, and what proves it."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Leased, LeaseQuerySet
from livinglab.people.models.persons import Person


class LeavingQuerySet(LeaseQuerySet):
    def due(self) -> "LeavingQuerySet":
        """The days of grace are over."""
        return self.filter(erase_at__lte=timezone.now())


class Leaving(Leased):
    """A person asked to leave; after the days of grace they are erased.

    `answers` says what becomes of homes shared with others, by the questions' keys.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="leaving")
    number = models.CharField(_("number of the proof"), max_length=24, unique=True)
    answers = models.JSONField(_("what was chosen"), default=dict)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    erase_at = models.DateTimeField(_("erased at"), db_index=True)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to leave")
        verbose_name_plural = _("requests to leave")
        ordering = ["erase_at"]

    def __str__(self) -> str:
        return f"#{self.pk} · {self.erase_at:%Y-%m-%d}"


class LeavingProof(models.Model):
    """What went and what stays, under a number that says nothing of the person."""

    number = models.CharField(_("number of the proof"), max_length=24, unique=True)
    city = models.ForeignKey(
        "places.City", models.SET_NULL, null=True, verbose_name=_("city")
    )
    asked_on = models.DateField(_("asked on"))
    erased_on = models.DateField(_("erased on"))
    gone: Any = models.JSONField(_("what went, counted by kind"), default=dict)
    kept: Any = models.JSONField(_("what stays, why and until when"), default=list)
    keep_until = models.DateField(_("kept until"), db_index=True)

    class Meta:
        verbose_name = _("proof of erasure")
        verbose_name_plural = _("proofs of erasure")
        ordering = ["-erased_on", "-pk"]

    def __str__(self) -> str:
        return self.number


class KeptRead(models.Model):
    """A staff member's look at data that are gone: the log alone stays, for its time.

    It points to no person, only to the number of the proof.
    """

    proof = models.ForeignKey(LeavingProof, models.CASCADE, related_name="kept_reads")
    reader = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(_("what was read"), max_length=120)
    why = models.CharField(_("why"), max_length=120, blank=True)
    read_at = models.DateTimeField(_("read at"))
    keep_until = models.DateField(_("kept until"), db_index=True)

    class Meta:
        verbose_name = _("kept read of personal data")
        verbose_name_plural = _("kept reads of personal data")
        ordering = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.proof} · {self.read_at:%Y-%m-%d}"

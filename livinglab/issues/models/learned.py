"""What the lab learned of how a city sorts its reports; rows are versions."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Leased, LeaseQuerySet

MOST_ATTEMPTS = 3


class LearnedQuerySet(LeaseQuerySet):
    def due(self) -> "LearnedQuerySet":
        """Still to be learned, and not given up."""
        return self.filter(made_at=None, attempts__lt=MOST_ATTEMPTS)


class Learned(Leased):
    """Weights from words to categories, and how often they were right.

    Due while `made_at` is empty. Weights are plain arrays: nothing of it can run.
    """

    city = models.ForeignKey(
        "places.City", models.CASCADE, related_name="+", verbose_name=_("city")
    )
    number = models.PositiveIntegerField(_("version"))
    due_at = models.DateTimeField(_("due since"), default=timezone.now)
    made_at = models.DateTimeField(_("learned at"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=40, blank=True)
    reports = models.PositiveIntegerField(_("reports learned from"), default=0)
    weights = models.BinaryField(editable=False, default=bytes)
    # Of reports kept apart while learning: how many, and which share was right.
    tried = models.PositiveIntegerField(_("reports tried on"), default=0)
    right_first = models.FloatField(_("right at once"), null=True, blank=True)
    right_shown = models.FloatField(_("right among three"), null=True, blank=True)
    keywords_first = models.FloatField(
        _("right at once by keywords alone"), null=True, blank=True
    )
    keywords_shown = models.FloatField(
        _("right among three by keywords alone"), null=True, blank=True
    )
    # Category's pk to reports tried, right at once, right among three.
    by_category: "models.JSONField[Any, Any]" = models.JSONField(
        _("by category"), default=dict, blank=True
    )
    is_used = models.BooleanField(_("suggests now"), default=False)

    objects = LearnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("learned suggestion of categories")
        verbose_name_plural = _("learned suggestions of categories")
        ordering = ["city", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "number"], name="learned_once_a_number"
            ),
            models.UniqueConstraint(
                fields=["city"],
                name="one_learned_version_suggests",
                condition=models.Q(is_used=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} · {self.number}"

"""Figures of the service, counted beforehand so that no page counts a year."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceCount(models.Model):
    """A city's service level over its last days. May be dropped and counted again."""

    city = models.ForeignKey(
        "places.City", models.CASCADE, related_name="+", verbose_name=_("city")
    )
    days = models.PositiveSmallIntegerField(_("days"))
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    counted_at = models.DateTimeField(_("counted at"))
    # As `service_level.packed` writes them; names stand in no language.
    figures: "models.JSONField[Any, Any]" = models.JSONField(_("figures"))

    class Meta:
        verbose_name = _("count of the service")
        verbose_name_plural = _("counts of the service")
        constraints = [
            models.UniqueConstraint(
                fields=["city", "days"], name="service_counted_once_a_span"
            )
        ]

    def __str__(self) -> str:
        return f"{self.city_id} · {self.days} · {self.last:%Y-%m-%d}"

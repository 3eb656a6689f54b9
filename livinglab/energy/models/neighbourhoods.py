"""What was computed of a dong, gu or city."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Leased, LeaseQuerySet


class AreaSaving(models.Model):
    """Participants' saving in one area and month, with who stands behind it."""

    class Level(models.TextChoices):
        DONG = "dong", _("neighbourhood")
        GU = "gu", _("district")
        CITY = "city", _("city")

    level = models.CharField(_("extent"), max_length=4, choices=Level)
    code = models.CharField(_("area code"), max_length=16)
    city = models.ForeignKey("places.City", models.CASCADE, verbose_name=_("city"))
    kind = models.CharField(_("kind"), max_length=12, help_text=_("home or facility"))
    span = models.CharField(_("period"), max_length=5, default="month")
    month = models.DateField(_("month"))
    months = models.PositiveSmallIntegerField(_("months summed up"), default=1)
    homes = models.PositiveIntegerField(_("homes counted"), default=0)
    excluded = models.JSONField(_("homes left out, by reason"), default=dict)
    expected_kwh = models.DecimalField(
        _("expected use, kWh"), max_digits=14, decimal_places=3, null=True
    )
    actual_kwh = models.DecimalField(
        _("use, kWh"), max_digits=14, decimal_places=3, null=True
    )
    saved_kwh = models.DecimalField(
        _("saved, kWh"), max_digits=14, decimal_places=3, null=True
    )
    half_width_kwh = models.DecimalField(
        _("half of the range, kWh"), max_digits=14, decimal_places=3, null=True
    )
    expected_won = models.BigIntegerField(_("expected cost, won"), null=True)
    saved_won = models.BigIntegerField(_("saved, won"), null=True)
    half_width_won = models.BigIntegerField(_("half of the range, won"), null=True)
    largest_share = models.FloatField(_("share of the largest home"), default=0)
    comparison_homes = models.PositiveIntegerField(
        _("homes that only measure"), default=0
    )
    comparison_share = models.FloatField(
        _("share they saved"),
        null=True,
        help_text=_("saved share of homes that only measure"),
    )
    difference_share = models.FloatField(_("difference from them"), null=True)
    difference_half_width = models.FloatField(
        _("half of the range of the difference"), null=True
    )
    is_published = models.BooleanField(_("published"), default=False)
    hidden_because = models.CharField(_("hidden because"), max_length=16, blank=True)
    method = models.CharField(_("method"), max_length=24)
    computed_at = models.DateTimeField(_("computed at"), default=timezone.now)

    class Meta:
        verbose_name = _("saving of an area")
        verbose_name_plural = _("savings of areas")
        ordering = ["level", "code", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "kind", "span", "month"],
                name="one_saving_an_area_and_month",
            )
        ]
        indexes = [models.Index(fields=["city", "kind", "span", "month"])]

    def __str__(self) -> str:
        return f"{self.code} {self.month:%Y-%m}"


class AreaDue(Leased):
    """The figures of this city and month must be computed (again)."""

    city = models.ForeignKey("places.City", models.CASCADE, verbose_name=_("city"))
    month = models.DateField(_("month"))
    token = models.BigIntegerField()
    due_at = models.DateTimeField(_("due since"), default=timezone.now)

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("area figure that is due")
        verbose_name_plural = _("area figures that are due")
        constraints = [
            models.UniqueConstraint(
                fields=["city", "month"], name="due_once_a_city_and_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.month}"

"""Dated rules: tariff tables, incentive rules, CO2 factors, tips."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Timestamped


class Dated(Timestamped):
    """A rule in force from a day, with where it was read and when it was checked."""

    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("checked on"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True


class TariffTable(Dated):
    """One dated table of one component; rates are read by `tariff.py`."""

    kind = models.CharField(_("tariff"), max_length=32)
    rates = models.JSONField(_("rates"))
    vectors = models.JSONField(
        _("golden vectors"), default=list, help_text=_("Bills the table must give.")
    )

    class Meta:
        verbose_name = _("tariff table")
        verbose_name_plural = _("tariff tables")
        ordering = ["kind", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"], name="one_tariff_table_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"


class IncentiveRule(Dated):
    scheme = models.CharField(_("scheme"), max_length=32)
    rules = models.JSONField(_("rules"))

    class Meta:
        verbose_name = _("incentive rule")
        verbose_name_plural = _("incentive rules")
        ordering = ["scheme", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "valid_from"], name="one_incentive_rule_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.valid_from}"


class Co2Factor(Dated):
    kg_per_kwh = models.DecimalField(
        _("kg CO2 per kWh"), max_digits=7, decimal_places=5
    )

    class Meta:
        verbose_name = _("CO2 factor")
        verbose_name_plural = _("CO2 factors")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="one_co2_factor_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.kg_per_kwh} {self.valid_from}"


class TipRule(Dated):
    code = models.CharField(_("code"), max_length=32)
    text_ko = models.TextField(_("text in Korean"))
    text_en = models.TextField(_("text in English"))
    rule = models.JSONField(_("how the saving is computed"))
    is_shown = models.BooleanField(_("shown"), default=True)

    class Meta:
        verbose_name = _("tip")
        verbose_name_plural = _("tips")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="one_tip_a_code_and_day"
            )
        ]

    def __str__(self) -> str:
        return self.code

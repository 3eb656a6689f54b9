"""What was computed of a home: baseline, savings, and what is due."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.energy.models.premises import Premises
from livinglab.kernel.models import Leased, LeaseQuerySet

# A due row with this month means: the baseline and every month.
EVERY_MONTH = date(1970, 1, 1)


class Baseline(models.Model):
    """A fitted model of how the home used energy before it joined."""

    class Kind(models.TextChoices):
        DAILY = "daily", _("daily values")
        BILLING = "billing", _("bills")
        SAME_MONTH = "same_month", _("same month of earlier years")
        NONE = "none", _("not yet")

    premises = models.OneToOneField(
        Premises,
        models.CASCADE,
        related_name="baseline",
        verbose_name=_("home or facility"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), help_text=_("last day, included"))
    station = models.ForeignKey(
        "observations.Station",
        models.PROTECT,
        null=True,
        verbose_name=_("weather station"),
    )
    n = models.PositiveSmallIntegerField(
        _("observations used"), help_text=_("observations used")
    )
    missing = models.PositiveSmallIntegerField(_("days missing"), default=0)
    model = models.CharField(_("model"), max_length=16, blank=True)
    mu = models.FloatField(null=True, help_text=_("kWh a day"))
    beta_h = models.FloatField(null=True, help_text=_("kWh a day and °C"))
    beta_c = models.FloatField(null=True)
    balance_h = models.FloatField(null=True, help_text=_("°C"))
    balance_c = models.FloatField(null=True)
    r2_adj = models.FloatField(null=True)
    cvrmse = models.FloatField(null=True)
    rmse = models.FloatField(null=True)
    rho = models.FloatField(null=True)
    n_prime = models.FloatField(null=True)
    mean = models.FloatField(null=True, help_text=_("mean use of an observation, kWh"))
    details = models.JSONField(default=dict)
    input_digest = models.CharField(max_length=64)
    method = models.CharField(_("method"), max_length=24)
    computed_at = models.DateTimeField(_("computed at"), default=timezone.now)

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")

    def __str__(self) -> str:
        return f"{self.premises_id} {self.model}"


class Saving(models.Model):
    """What one home saved in a month, or in the twelve months that end with it."""

    class Span(models.TextChoices):
        MONTH = "month", _("month")
        YEAR = "year", _("twelve months")

    class State(models.TextChoices):
        NONE = "none", _("no data")
        COLLECTING = "collecting", _("collecting")
        NO_VISIBLE_CHANGE = "no_visible_change", _("no visible change")
        SAVING = "saving", _("saving")
        USING_MORE = "using_more", _("using more")

    premises = models.ForeignKey(
        Premises,
        models.CASCADE,
        related_name="savings",
        verbose_name=_("home or facility"),
    )
    span = models.CharField(_("period"), max_length=5, choices=Span, default=Span.MONTH)
    month = models.DateField(_("month"), help_text=_("first day of the (last) month"))
    days = models.PositiveSmallIntegerField(_("days counted"), default=0)
    days_possible = models.PositiveSmallIntegerField(_("days so far"), default=0)
    expected_kwh = models.DecimalField(
        _("expected use, kWh"), max_digits=12, decimal_places=3, null=True
    )
    actual_kwh = models.DecimalField(
        _("use, kWh"), max_digits=12, decimal_places=3, null=True
    )
    saved_kwh = models.DecimalField(
        _("saved, kWh"), max_digits=12, decimal_places=3, null=True
    )
    saved_kwh_low = models.DecimalField(
        _("saved at least, kWh"), max_digits=12, decimal_places=3, null=True
    )
    saved_kwh_high = models.DecimalField(
        _("saved at most, kWh"), max_digits=12, decimal_places=3, null=True
    )
    weather_kwh = models.DecimalField(
        _("effect of the weather, kWh"),
        max_digits=12,
        decimal_places=3,
        null=True,
        help_text=_("what the weather changed against the baseline year"),
    )
    expected_won = models.IntegerField(_("expected cost, won"), null=True)
    actual_won = models.IntegerField(_("cost, won"), null=True)
    saved_won = models.IntegerField(_("saved, won"), null=True)
    saved_won_low = models.IntegerField(_("saved at least, won"), null=True)
    saved_won_high = models.IntegerField(_("saved at most, won"), null=True)
    co2_kg = models.DecimalField(
        _("CO2 saved, kg"), max_digits=10, decimal_places=3, null=True
    )
    schemes = models.JSONField(_("public schemes beside it"), default=dict)
    is_weather_corrected = models.BooleanField(_("corrected for weather"), default=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.NONE
    )
    method = models.CharField(_("method"), max_length=24)
    tariff = models.CharField(_("tariff table"), max_length=64, blank=True)
    computed_at = models.DateTimeField(_("computed at"), default=timezone.now)

    class Meta:
        verbose_name = _("saving")
        verbose_name_plural = _("savings")
        ordering = ["premises", "span", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "span", "month"], name="one_saving_a_home_and_month"
            )
        ]
        indexes = [models.Index(fields=["span", "month"])]

    def __str__(self) -> str:
        return f"{self.premises_id} {self.span} {self.month:%Y-%m}"


class SavingsDueQuerySet(LeaseQuerySet):
    pass


class SavingsDue(Leased):
    """This home's figures for this month must be computed (again)."""

    premises = models.ForeignKey(
        Premises, models.CASCADE, related_name="due", verbose_name=_("home or facility")
    )
    month = models.DateField(
        _("month"), help_text=_("1970-01-01: the baseline and every month")
    )
    token = models.BigIntegerField(help_text=_("changes whenever marked again"))
    reason = models.CharField(_("reason"), max_length=24)
    due_at = models.DateTimeField(_("due since"), default=timezone.now)

    objects = SavingsDueQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure that is due")
        verbose_name_plural = _("figures that are due")
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "month"], name="due_once_a_home_and_month"
            )
        ]
        indexes = [models.Index(fields=["attempts", "due_at", "premises"])]

    def __str__(self) -> str:
        return f"{self.premises_id} {self.month} {self.reason}"


class DeclaredEvent(models.Model):
    """Something the resident says changed the home; figures before stay visible."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("Moved house")
        PERSON_CAME = "person_came", _("Somebody moved in or a baby was born")
        PERSON_LEFT = "person_left", _("Somebody moved out")
        ELECTRIC_CAR = "electric_car", _("Electric car")
        HEATING = "heating", _("New heating or cooling")
        OTHER = "other", _("Something else")

    class Effect(models.TextChoices):
        RESTART = "restart", _("Start a new baseline on this day")
        FREEZE = "freeze", _("Keep the baseline, leave these days out")

    premises = models.ForeignKey(
        Premises,
        models.CASCADE,
        related_name="declared_events",
        verbose_name=_("home or facility"),
    )
    kind = models.CharField(_("what happened"), max_length=16, choices=Kind)
    effect = models.CharField(_("what follows"), max_length=8, choices=Effect)
    on = models.DateField(_("day"))
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("declared event")
        verbose_name_plural = _("declared events")
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

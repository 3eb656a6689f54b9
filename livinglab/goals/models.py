"""Goal, Measurement, and measurements that are due."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Leased, LeaseQuerySet


class GoalQuerySet(models.QuerySet["Goal"]):
    def effects(self) -> "GoalQuerySet":
        """What the lab itself brings about."""
        return self.filter(kind=Goal.Kind.EFFECT)

    def context(self) -> "GoalQuerySet":
        """The state of the city, moved by much besides the lab."""
        return self.filter(kind=Goal.Kind.CONTEXT)


class Goal(models.Model):
    """A number the programme promised, on the sheet that explains it."""

    class Kind(models.TextChoices):
        EFFECT = "effect", _("effect of the programme")
        CONTEXT = "context", _("state of the city")

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")

    code = models.SlugField(_("code"), max_length=16, unique=True)
    city = models.ForeignKey(
        "places.City", models.PROTECT, related_name="goals", verbose_name=_("city")
    )
    name_ko = models.CharField(_("Korean name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    direction = models.CharField(_("direction"), max_length=5, choices=Direction)
    unit = models.CharField(_("unit"), max_length=16)
    baseline = models.DecimalField(_("baseline"), max_digits=10, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=10, decimal_places=2)
    baseline_year = models.PositiveSmallIntegerField(
        _("year of the baseline"), null=True, blank=True
    )
    target_year = models.PositiveSmallIntegerField(
        _("year of the target"), null=True, blank=True
    )
    definition_ko = models.TextField(_("definition in Korean"), blank=True)
    definition_en = models.TextField(_("definition in English"), blank=True)
    source_ko = models.CharField(_("source in Korean"), max_length=160)
    source_en = models.CharField(_("source in English"), max_length=160)
    responsible = models.CharField(_("who answers for it"), max_length=80, blank=True)
    trap_ko = models.TextField(_("how not to misread it, in Korean"), blank=True)
    trap_en = models.TextField(_("how not to misread it, in English"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                name="goal_target_lies_in_its_direction",
                violation_error_message=_("The target lies in the wrong direction."),
                condition=Q(direction="up", target__gt=F("baseline"))
                | Q(direction="down", target__lt=F("baseline")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if _reads_english() else self.name_ko

    @property
    def definition(self) -> str:
        return self.definition_en if _reads_english() else self.definition_ko

    @property
    def source(self) -> str:
        return self.source_en if _reads_english() else self.source_ko

    @property
    def trap(self) -> str:
        return self.trap_en if _reads_english() else self.trap_ko

    @property
    def is_effect(self) -> bool:
        return self.kind == self.Kind.EFFECT


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def newest_first(self) -> "MeasurementQuerySet":
        """The newest period first; a month before the year that contains it."""
        return self.order_by("-last_day", "-first_day")


class Measurement(models.Model):
    """What a goal stood at in one period, with what stands behind the number."""

    goal = models.ForeignKey(
        Goal, models.CASCADE, related_name="measurements", verbose_name=_("goal")
    )
    period = models.CharField(_("period"), max_length=7)
    first_day = models.DateField(_("first day"), editable=False)
    last_day = models.DateField(_("last day"), editable=False)
    value = models.FloatField(_("value"))
    low = models.FloatField(_("lower end of the band"), null=True, blank=True)
    high = models.FloatField(_("upper end of the band"), null=True, blank=True)
    units = models.PositiveIntegerField(_("homes, answers or stations behind it"))
    method = models.CharField(_("method version"), max_length=40)
    source = models.CharField(_("source"), max_length=160, blank=True)
    computed_at = models.DateTimeField(_("computed at"), default=timezone.now)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["goal", "-last_day", "-first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "period"], name="one_measurement_a_goal_and_period"
            ),
            models.CheckConstraint(
                name="measurement_lies_in_its_band",
                violation_error_message=_("The value lies outside its own band."),
                condition=Q(low=None, high=None)
                | Q(low__lte=F("value"), high__gte=F("value")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.period}"

    @property
    def is_yearly(self) -> bool:
        return len(self.period) == 4

    @property
    def has_band(self) -> bool:
        return self.low is not None and self.high is not None


class MeasurementDue(Leased):
    """A goal and period that must be counted (again). The row is the work."""

    goal = models.ForeignKey(
        Goal, models.CASCADE, related_name="due", verbose_name=_("goal")
    )
    period = models.CharField(_("period"), max_length=7)
    token = models.BigIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(_("due since"), default=timezone.now)

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement that is due")
        verbose_name_plural = _("measurements that are due")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "period"], name="due_once_a_goal_and_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.period}"


def _reads_english() -> bool:
    return (get_language() or "ko").startswith("en")

"""Departments, categories with their questions, routing rules: a city as data."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FARTHEST_M = 1000


def in_the_readers_language(korean: str, english: str) -> str:
    """The English text for readers of English where there is one."""
    is_english = (get_language() or "ko").startswith("en")
    return english if is_english and english else korean


class Department(models.Model):
    city = models.ForeignKey(
        "places.City",
        models.PROTECT,
        related_name="departments",
        verbose_name=_("city"),
    )
    code = models.SlugField(_("code"), max_length=24)
    name_ko = models.CharField(_("Korean name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    members: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="departments",
        verbose_name=_("who works there"),
    )
    escalates_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who is told when a promise is broken"),
    )

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["city", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "code"], name="department_once_a_city"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_the_readers_language(self.name_ko, self.name_en)


class CategoryQuerySet(models.QuerySet["Category"]):
    def offered(self) -> "CategoryQuerySet":
        """Those residents may choose."""
        return self.filter(is_offered=True)


class Category(models.Model):
    class Group(models.TextChoices):
        TRAFFIC = "traffic", _("Traffic")
        SAFETY = "safety", _("Safety")
        FACILITIES = "facilities", _("Streets and facilities")
        ENVIRONMENT = "environment", _("Environment")
        BARRIERS = "barriers", _("Barriers on the way")
        WELFARE = "welfare", _("Neighbours in need")
        ENERGY = "energy", _("Energy waste in public buildings")
        OTHER = "other", _("Something else")

    city = models.ForeignKey(
        "places.City", models.PROTECT, related_name="categories", verbose_name=_("city")
    )
    code = models.SlugField(_("code"), max_length=32)
    group = models.CharField(_("group"), max_length=16, choices=Group)
    name_ko = models.CharField(_("Korean name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)
    description_ko = models.CharField(
        _("what belongs here, in Korean"), max_length=160, blank=True
    )
    description_en = models.CharField(
        _("what belongs here, in English"), max_length=160, blank=True
    )
    synonyms = models.JSONField(
        _("words people use for it"),
        default=list,
        blank=True,
        help_text=_("Korean and English, as people type them."),
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="categories",
        verbose_name=_("department"),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("work days to the first answer"), validators=[MinValueValidator(1)]
    )
    close_days = models.PositiveSmallIntegerField(
        _("work days until it is dealt with"), validators=[MinValueValidator(1)]
    )
    radius_m = models.PositiveSmallIntegerField(
        _("how near a known report may be, in metres"),
        default=100,
        validators=[MaxValueValidator(FARTHEST_M)],
        help_text=_("0: never ask whether it is known already."),
    )
    is_public = models.BooleanField(
        _("reports are published"),
        default=True,
        help_text=_("Off where a report would expose a person or a home."),
    )
    notice_ko = models.CharField(
        _("notice instead, in Korean"), max_length=200, blank=True
    )
    notice_en = models.CharField(
        _("notice instead, in English"), max_length=200, blank=True
    )
    notice_phone = models.CharField(
        _("number to call instead"), max_length=20, blank=True
    )
    is_offered = models.BooleanField(_("offered to residents"), default=True)
    changed_at = models.DateTimeField(_("last change"), auto_now=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "code"], name="category_once_a_city"
            ),
            models.CheckConstraint(
                name="category_promises_in_order",
                condition=Q(answer_days__gte=1)
                & Q(close_days__gte=models.F("answer_days")),
                violation_error_message=_(
                    "A report cannot be dealt with before it is answered."
                ),
            ),
            models.CheckConstraint(
                name="category_radius_is_near", condition=Q(radius_m__lte=FARTHEST_M)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_the_readers_language(self.name_ko, self.name_en)

    @property
    def description(self) -> str:
        return in_the_readers_language(self.description_ko, self.description_en)

    @property
    def notice(self) -> str:
        """What to do instead of reporting here; empty where reports are taken."""
        return in_the_readers_language(self.notice_ko, self.notice_en)

    @property
    def takes_reports(self) -> bool:
        return not self.notice_ko


class Question(models.Model):
    """One more thing to know about a report of a category (an Open311 attribute)."""

    class Datatype(models.TextChoices):
        STRING = "string", _("one line")
        TEXT = "text", _("several lines")
        NUMBER = "number", _("number")
        DATETIME = "datetime", _("day and time")
        ONE = "singlevaluelist", _("one of a list")
        SEVERAL = "multivaluelist", _("several of a list")

    category = models.ForeignKey(
        Category, models.CASCADE, related_name="questions", verbose_name=_("category")
    )
    code = models.SlugField(_("code"), max_length=32)
    position = models.PositiveSmallIntegerField(
        _("position"), validators=[MinValueValidator(1)]
    )
    datatype = models.CharField(_("kind of answer"), max_length=16, choices=Datatype)
    is_required = models.BooleanField(_("must be answered"), default=False)
    text_ko = models.CharField(_("question in Korean"), max_length=120)
    text_en = models.CharField(_("question in English"), max_length=160)
    hint_ko = models.CharField(_("hint in Korean"), max_length=120, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=160, blank=True)
    choices = models.JSONField(
        _("list to choose from"),
        default=list,
        blank=True,
        help_text=_("Each with key, ko and en."),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "code"], name="question_once_a_category"
            ),
            models.UniqueConstraint(
                fields=["category", "position"], name="question_has_its_position"
            ),
            models.CheckConstraint(
                name="question_position_is_positive", condition=Q(position__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_the_readers_language(self.text_ko, self.text_en)

    @property
    def hint(self) -> str:
        return in_the_readers_language(self.hint_ko, self.hint_en)

    @property
    def is_list(self) -> bool:
        return self.datatype in (self.Datatype.ONE, self.Datatype.SEVERAL)

    def choice_names(self) -> dict[str, str]:
        """What may be chosen: key and name in the reader's language."""
        return {
            one["key"]: in_the_readers_language(one["ko"], one.get("en", ""))
            for one in self.choices
        }


class RoutingRule(models.Model):
    """Who gets a report instead of its category's department; the first match wins.

    Empty conditions match everything.
    """

    city = models.ForeignKey(
        "places.City", models.CASCADE, related_name="+", verbose_name=_("city")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, verbose_name=_("category")
    )
    neighbourhood = models.ForeignKey(
        "places.Neighbourhood",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("neighbourhood"),
    )
    words = models.JSONField(
        _("any of these words in the text"), default=list, blank=True
    )
    from_hour = models.PositiveSmallIntegerField(
        _("from hour"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    to_hour = models.PositiveSmallIntegerField(
        _("until hour"), null=True, blank=True, validators=[MaxValueValidator(24)]
    )
    department = models.ForeignKey(
        Department, models.CASCADE, related_name="rules", verbose_name=_("department")
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        ordering = ["city", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="routing_hours_come_together",
                condition=Q(from_hour=None, to_hour=None)
                | Q(from_hour__isnull=False, to_hour__isnull=False),
                violation_error_message=_("Both hours or none."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.department}"

"""Jurisdictions, and keys of software that may send reports."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAY = timedelta(days=1)


class Jurisdiction(models.Model):
    """A city under the name by which other software asks for it."""

    code = models.CharField(_("jurisdiction id"), max_length=80, unique=True)
    city = models.OneToOneField(
        "places.City", models.PROTECT, related_name="+", verbose_name=_("city")
    )
    contact = models.CharField(_("whom to ask"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def standing(self) -> "ApiKeyQuerySet":
        """Given, not revoked, and somebody still answers for it."""
        return self.filter(revoked_at=None, owner__is_active=True)


class ApiKey(models.Model):
    """Lets a program send reports; only its digest is kept."""

    name = models.CharField(_("which program"), max_length=80)
    city = models.ForeignKey(
        "places.City",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("city"),
        help_text=_("Empty: every city that takes part."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("who answers for it"),
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    quota_a_day = models.PositiveIntegerField(
        _("reports a day"), default=200, validators=[MinValueValidator(1)]
    )
    given_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of other software")
        verbose_name_plural = _("keys of other software")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def used_since(self, moment: datetime) -> int:
        """How many reports it sent since then."""
        return self.submissions.filter(at__gt=moment).count()


class Submission(models.Model):
    """One report sent with one key."""

    key = models.ForeignKey(
        ApiKey, models.CASCADE, related_name="submissions", verbose_name=_("program")
    )
    issue = models.OneToOneField("issues.Issue", models.CASCADE, related_name="+")
    # Of whoever wrote it, as the program knows them; never shown.
    account = models.CharField(_("account in the program"), max_length=120, blank=True)
    media_url = models.URLField(_("picture elsewhere"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("report by other software")
        verbose_name_plural = _("reports by other software")
        indexes = [models.Index(fields=["key", "-at"], name="submissions_of_key")]

    def __str__(self) -> str:
        return f"{self.key} · {self.issue_id}"

"""What grew out of a report beyond its repair."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models.departments import in_the_readers_language
from livinglab.issues.models.issues import Issue


class Outcome(models.Model):
    """A project that took the problem up, or an effect that was measured."""

    class What(models.TextChoices):
        PROJECT = "project", _("became a project")
        EFFECT = "effect", _("a measured effect")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="outcomes")
    what = models.CharField(_("what"), max_length=8, choices=What)
    title_ko = models.CharField(_("in one line, in Korean"), max_length=120)
    title_en = models.CharField(
        _("in one line, in English"), max_length=160, blank=True
    )
    url = models.CharField(_("page"), max_length=240)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    # Empty while the people behind the report are still to be told.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("what became of a report")
        verbose_name_plural = _("what became of reports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "what", "url"], name="outcome_once_a_page"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="outcome_to_tell",
                condition=models.Q(told_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.get_what_display()} · {self.title_ko}"

    @property
    def title(self) -> str:
        return in_the_readers_language(self.title_ko, self.title_en)

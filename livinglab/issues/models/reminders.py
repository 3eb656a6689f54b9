"""What was late about a report, and that somebody was told: once for each cause."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models.issues import Issue


class Reminder(models.Model):
    """The row is the memory that makes telling happen once, whoever works."""

    class Why(models.TextChoices):
        ANSWER = "answer", _("no first answer by the promised day")
        PROMISE = "promise", _("not dealt with by the promised day")
        FORGOTTEN = "forgotten", _("nothing happened for weeks")
        QUESTION = "question", _("the reporter was asked once more")
        SILENT = "silent", _("the reporter did not answer")

    issue = models.ForeignKey(
        Issue, models.CASCADE, related_name="reminders", verbose_name=_("report")
    )
    why = models.CharField(_("why"), max_length=10, choices=Why)
    # The broken promise, or the day since which nothing moves: another day is
    # another cause.
    since = models.DateField(_("since"))
    at = models.DateTimeField(_("told at"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "why", "since"], name="reminded_once_a_cause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.get_why_display()} · {self.since}"

"""At the coordinators' desk: objections to be decided, lists somebody comes back to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models.history import Change
from livinglab.issues.models.issues import Issue


class Appeal(models.Model):
    """Who wrote a hidden report or text objects; somebody of the city decides once.

    Never published: neither what was objected nor the decision.
    """

    class Decision(models.TextChoices):
        OPEN = "", _("not decided yet")
        SHOWN = "shown", _("it is shown again")
        KEPT = "kept", _("it stays out of sight")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="appeals")
    # The added text it is about; empty where the whole report is hidden.
    word = models.ForeignKey(
        Change, models.CASCADE, null=True, blank=True, related_name="appeals"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    words = models.TextField(_("why it should be shown"), max_length=1000)
    at = models.DateTimeField(_("at"), default=timezone.now)
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision, blank=True, default=Decision.OPEN
    )
    answer = models.TextField(_("answer to the author"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"],
                name="one_open_appeal_a_report",
                condition=Q(decision="", word=None),
            ),
            models.UniqueConstraint(
                fields=["word"],
                name="one_open_appeal_a_text",
                condition=Q(decision="", word__isnull=False),
            ),
            models.CheckConstraint(
                name="appeal_decided_has_a_time",
                condition=Q(decision="", decided_at=None)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.get_decision_display()}"


class KeptList(models.Model):
    """A filtered list of reports a coordinator comes back to, under a name."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_lists"
    )
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filters"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"], name="kept_list_once_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

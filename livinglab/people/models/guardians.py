"""GuardianConsent."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.people.models.persons import Person


class GuardianConsentQuerySet(models.QuerySet["GuardianConsent"]):
    def open(self) -> "GuardianConsentQuerySet":
        """Asked and not answered."""
        return self.filter(answer="")

    def standing(self) -> "GuardianConsentQuerySet":
        """Given and not withdrawn."""
        return self.filter(answer="given", withdrawn_at=None)


class GuardianConsent(models.Model):
    """A guardian was asked for a child under 14, and what they said.

    The address goes when the answer was no or none came; the rest stays as proof.
    """

    class Answer(models.TextChoices):
        NONE = "", _("not answered yet")
        GIVEN = "given", _("agreed")
        REFUSED = "refused", _("refused")
        EXPIRED = "expired", _("not answered in time")

    child = models.ForeignKey(Person, models.CASCADE, related_name="guardian_consents")
    email = models.EmailField(_("e-mail of the guardian"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="ko")
    version = models.CharField(_("version of the text"), max_length=12)
    answer = models.CharField(
        _("answer"), max_length=8, choices=Answer, default="", blank=True
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = GuardianConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent of a guardian")
        verbose_name_plural = _("consents of guardians")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(answer=""),
                name="one_open_question_to_a_guardian",
            ),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(answer="given", withdrawn_at=None),
                name="one_standing_consent_of_a_guardian",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} · {self.get_answer_display()} {self.version}"

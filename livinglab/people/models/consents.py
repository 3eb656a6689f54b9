"""Consent."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.people.models.persons import Person


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        """Given and not withdrawn, by somebody who is not about to leave."""
        return self.filter(withdrawn_at=None, person__leaving_since=None)


class Consent(models.Model):
    """One yes of one person to one version of one purpose. Rows are never edited
    except to note the withdrawal."""

    class Purpose(models.TextChoices):
        SERVICE = "service", _("Using the app")
        PERSONAL_DATA = "personal_data", _("Keeping my address for my account")
        ENERGY = "energy", _("Computing savings from my home's energy data")
        NEIGHBOURHOOD = (
            "neighbourhood",
            _("Counting my home, unnamed, in neighbourhood figures"),
        )
        COMPARISON = "comparison", _("Comparing my home with homes like it")
        DISCOUNTS = "discounts", _("Using my tariff discount to compute my bill")
        HELPING = "helping", _("Letting a helper act in my name")

    # Without these two there is no account; every other purpose is free.
    REQUIRED = (Purpose.SERVICE, Purpose.PERSONAL_DATA)

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="consents", verbose_name=_("person")
    )
    purpose = models.CharField(_("purpose"), max_length=24, choices=Purpose)
    version = models.CharField(_("version of the text"), max_length=12)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_standing_consent_a_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_purpose_display()} {self.version}"

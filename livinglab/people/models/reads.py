"""DataRead."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.people.models.persons import Person


class DataReadQuerySet(models.QuerySet["DataRead"]):
    def by_staff(self) -> "DataReadQuerySet":
        """Reads of people who work with the data."""
        return self.filter(reader_as__in=DataRead.STAFF)


class DataRead(models.Model):
    """Somebody other than the owner read personal data; the owner can see it."""

    class As(models.TextChoices):
        """As what somebody looked; it stays when the reader is gone."""

        COORDINATOR = "coordinator", _("Coordinator")
        EVALUATOR = "evaluator", _("Evaluator")
        OPERATOR = "operator", _("Operator")
        HELPER = "helper", _("Helper")
        OTHER = "", _("Somebody else")

    STAFF = (As.COORDINATOR, As.EVALUATOR, As.OPERATOR)

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="data_reads", verbose_name=_("person")
    )
    reader = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        related_name="reads_of_others",
        verbose_name=_("who read"),
    )
    reader_as = models.CharField(
        _("looked as"), max_length=12, choices=As, default="", blank=True
    )
    city = models.ForeignKey(
        "places.City",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("city the reader works for"),
    )
    what = models.CharField(_("what was read"), max_length=120)
    why = models.CharField(_("why"), max_length=120, blank=True)
    read_at = models.DateTimeField(_("read at"), default=timezone.now)

    objects = DataReadQuerySet.as_manager()

    class Meta:
        verbose_name = _("read of personal data")
        verbose_name_plural = _("reads of personal data")
        ordering = ["-read_at", "-pk"]
        indexes = [models.Index(fields=["person", "-read_at"])]

    def __str__(self) -> str:
        return f"{self.what} · {self.read_at:%Y-%m-%d %H:%M}"

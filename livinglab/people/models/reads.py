"""DataRead."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.people.models.persons import Person


class DataRead(models.Model):
    """Somebody other than the owner read personal data; the owner can see it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="data_reads")
    reader = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="reads_of_others"
    )
    what = models.CharField(_("what was read"), max_length=120)
    why = models.CharField(_("why"), max_length=120, blank=True)
    read_at = models.DateTimeField(_("read at"), default=timezone.now)

    class Meta:
        verbose_name = _("read of personal data")
        verbose_name_plural = _("reads of personal data")
        ordering = ["-read_at", "-pk"]
        indexes = [models.Index(fields=["person", "-read_at"])]

    def __str__(self) -> str:
        return f"{self.what} · {self.read_at:%Y-%m-%d %H:%M}"

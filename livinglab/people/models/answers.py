"""KeptAnswer."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.people.models.persons import Person


class KeptAnswer(models.Model):
    """What a person's request was answered, so that the same again does nothing.

    Written in the transaction of the effect: either both stand or neither.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(null=True)
    kept_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], name="one_answer_a_key_and_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} · {self.status}"

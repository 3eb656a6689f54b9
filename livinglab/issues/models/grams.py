"""The words of reports, two letters at a time: what the search looks in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models.issues import Issue


class Gram(models.Model):
    """Two neighbouring letters that stand in a report. Derived: drop and make again.

    Korean is searched by pairs of letters: words carry endings, compounds are written
    with and without spaces, and most words one looks for have two syllables.
    """

    # Both letters as one number (see `grams.py`): no database has to collate them.
    pair = models.BigIntegerField()
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="grams")

    class Meta:
        verbose_name = _("pair of letters in a report")
        verbose_name_plural = _("pairs of letters in reports")
        constraints = [
            # Read from its end: the newest reports with a pair.
            models.UniqueConstraint(fields=["pair", "issue"], name="gram_once_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.pair}"

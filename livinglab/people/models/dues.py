"""FileToErase and LetterDue: what must still happen when the rows are gone."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Leased, LeaseQuerySet


class FileToErase(Leased):
    """A stored file nobody may have any more; the row goes when the file is gone."""

    name = models.CharField(_("name in the storage"), max_length=200, unique=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("file to erase")
        verbose_name_plural = _("files to erase")

    def __str__(self) -> str:
        return f"#{self.pk}"


class LetterDueQuerySet(LeaseQuerySet):
    def due(self) -> "LetterDueQuerySet":
        return self.filter(next_try_at__lte=timezone.now())


class LetterDue(Leased):
    """A letter to an address that is, or may be, nobody's account (any more).

    The row goes with the letter, and with it the address.
    """

    address = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5)
    kind = models.CharField(_("kind"), max_length=40)
    facts = models.JSONField(default=dict)
    tries = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(_("since"), default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = LetterDueQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter that is due")
        verbose_name_plural = _("letters that are due")

    def __str__(self) -> str:
        return f"#{self.pk} · {self.kind}"

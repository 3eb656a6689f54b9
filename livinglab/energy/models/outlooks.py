"""What lies ahead of a home, computed once for all looks until something moves."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.energy.models.premises import Premises
from livinglab.kernel.models import Leased, LeaseQuerySet


class HomeOutlook(Leased):
    """The outlook of a home somebody belongs to, and whether it is due (again).

    `stand` names everything the facts rest on: a page shows them only while that is
    still so. A row may be dropped at any time; it is computed again.
    """

    premises = models.OneToOneField(Premises, models.CASCADE, related_name="ahead")
    is_due = models.BooleanField(default=True)
    due_at = models.DateTimeField(default=timezone.now)
    token = models.BigIntegerField(default=0)  # changes whenever marked again
    day = models.DateField(null=True)
    stand = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlook of a home")
        verbose_name_plural = _("outlooks of homes")
        indexes = [models.Index(fields=["is_due", "attempts", "due_at"])]

    def __str__(self) -> str:
        return f"{self.premises_id} {self.day}"

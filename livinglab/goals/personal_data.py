"""Goals hold nothing about a person."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.personal_data import apart

apart(
    _("Goals of the programme and their figures: no person stands in them."),
    "goals.Goal",
    "goals.Measurement",
    "goals.MeasurementDue",
)

"""Places hold nothing about a person."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.personal_data import apart

apart(
    _("Public places and their outlines: no person stands in them."),
    "places.City",
    "places.District",
    "places.Neighbourhood",
)

"""Which place somebody wants to follow."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.issues.services.following import FARTHEST_M
from livinglab.places.choices import neighbourhood_choices
from livinglab.places.models import Neighbourhood

RADII = (100, 300, 500, FARTHEST_M)


class DongForm(forms.Form):
    """A whole neighbourhood."""

    dong = forms.ChoiceField(label=_("Neighbourhood"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dong"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Please choose")), *neighbourhood_choices()]

    def place(self) -> Neighbourhood:
        """The chosen one."""
        places = Neighbourhood.objects.without_shapes()
        return places.get(pk=int(self.cleaned_data["dong"]))


class StreetForm(forms.Form):
    """A point and how far around it."""

    name = forms.CharField(
        label=_("What do you call it?"), max_length=40, help_text=_("My street, school")
    )
    lon = forms.FloatField(min_value=124, max_value=132, widget=forms.HiddenInput())
    lat = forms.FloatField(min_value=33, max_value=39, widget=forms.HiddenInput())
    radius_m = forms.TypedChoiceField(
        label=_("How far around"),
        choices=[(metres, f"{metres:,} m") for metres in RADII],
        coerce=int,
        initial=300,
    )

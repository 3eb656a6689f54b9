"""Forms about a home: what kind it is, its discounts, a code to join."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.energy.models import Premises
from livinglab.energy.selectors.bills import discount_name, tariff_name
from livinglab.energy.selectors.tariffs import tariff_book
from livinglab.energy.tariff.tables import RATE_KINDS
from livinglab.kernel.widgets import LongSelect
from livinglab.places.choices import neighbourhood_choices


class PremisesForm(forms.ModelForm[Premises]):
    """One question a line; only name, place and contract must be answered."""

    class Meta:
        model = Premises
        fields = [
            "name",
            "neighbourhood",
            "dwelling",
            "area_band",
            "people_band",
            "heating",
            "tariff_kind",
            "contract_kw",
            "reading_day",
            "compares",
        ]
        labels = {
            "name": _("What do you call it?"),
            "reading_day": _("Day of the month the meter is read"),
            "tariff_kind": _("Contract"),
            "compares": _("Compare with homes like it"),
        }
        widgets = {"neighbourhood": LongSelect}
        help_texts = {
            "name": _("For example: our home. Only its members see it."),
            "tariff_kind": _("It stands on the bill. Most flats have low voltage."),
            "contract_kw": _("Only for shops and public buildings"),
            "reading_day": _("It stands on the bill. Empty means calendar months."),
            "compares": _("Off keeps this home out of others' groups as well."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "---------"), *neighbourhood_choices()]
        self.fields["neighbourhood"].choices = choices  # type: ignore[attr-defined]
        kinds = [(kind, tariff_name(kind)) for kind in RATE_KINDS]
        self.fields["tariff_kind"] = forms.ChoiceField(
            label=self.fields["tariff_kind"].label,
            help_text=self.fields["tariff_kind"].help_text,
            choices=kinds,
        )

    def facts(self) -> dict[str, Any]:
        """What was answered, for the service."""
        return dict(self.cleaned_data)


class FacilityForm(PremisesForm):
    """The same for a public facility, with its operator's word on publishing."""

    publishes = forms.BooleanField(
        label=_("The operator agrees to publish this facility by name"),
        required=False,
    )

    def facts(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k != "publishes"}


class DiscountsForm(forms.Form):
    """Which discounts the bill has; sensitive, so optional and kept apart."""

    names = forms.MultipleChoiceField(
        label=_("Discounts on the bill"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, kind: str, tariffs: tuple[Any, ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = tariff_book(tariffs).discount_names(kind)
        choices = [(name, discount_name(name)) for name in names]
        self.fields["names"].choices = choices  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    code = forms.CharField(
        label=_("Invitation code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )

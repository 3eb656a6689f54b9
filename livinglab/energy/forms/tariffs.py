"""Dated rules at the coordinators' door; every mistake comes back as a sentence."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.energy.errors import RuleRefused, TariffTableRefused
from livinglab.energy.models import Co2Factor, IncentiveRule, TariffTable, TipRule
from livinglab.energy.models.tariffs import Dated
from livinglab.energy.selectors.bills import tariff_name
from livinglab.energy.services.dated_rules import check_rule
from livinglab.energy.services.tariffs import check_document
from livinglab.energy.tariff.golden import Document
from livinglab.energy.tariff.incentives import CARBON_POINTS, CASHBACK
from livinglab.energy.tariff.tables import KINDS

SCHEMES = {
    CASHBACK: _("Energy Cashback"),
    CARBON_POINTS: _("Carbon Neutral Points"),
}


class Indented(json.JSONEncoder):
    """JSON that a person can read and change."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "indent": 2, "ensure_ascii": False})


class TariffTableForm(forms.ModelForm[TariffTable]):
    """A table is kept only when its golden vectors come out."""

    kind = forms.ChoiceField(label=_("tariff"))
    rates = forms.JSONField(
        label=_("rates"),
        encoder=Indented,
        help_text=_("Start from the table before and change what is new."),
    )
    vectors = forms.JSONField(
        label=_("golden vectors"),
        encoder=Indented,
        help_text=_("At least one published bill with its days, kWh and total."),
    )

    class Meta:
        model = TariffTable
        fields = ("kind", "valid_from", "source", "checked_on", "rates", "vectors")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            kinds = [(kind, tariff_name(kind)) for kind in KINDS]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            standing = self.instance if self.instance.pk else None
            try:
                check_document(self.document(), instead_of=standing)
            except TariffTableRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return self.cleaned_data

    def document(self) -> Document:
        """What was typed, as a document; kind and day of a standing table are fixed."""
        typed = {
            name: self.cleaned_data.get(name, getattr(self.instance, name))
            for name in self._meta.fields or ()
        }
        return Document(**typed)


class RuleForm(forms.ModelForm[Dated]):
    """A rule is kept only when it can be computed with."""

    def _post_clean(self) -> None:
        """After the row is filled: ask the service whether it makes sense."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            try:
                check_rule(self.instance)  # type: ignore[arg-type]
            except RuleRefused as refusal:
                self.add_error(None, str(refusal))


class IncentiveRuleForm(RuleForm):
    scheme = forms.ChoiceField(label=_("scheme"), choices=SCHEMES)
    rules = forms.JSONField(label=_("rules"), encoder=Indented)

    class Meta:
        model = IncentiveRule
        fields = ("scheme", "valid_from", "source", "checked_on", "rules")


class Co2FactorForm(RuleForm):
    class Meta:
        model = Co2Factor
        fields = ("valid_from", "kg_per_kwh", "source", "checked_on")


class TipRuleForm(RuleForm):
    rule = forms.JSONField(label=_("how the saving is computed"), encoder=Indented)

    class Meta:
        model = TipRule
        fields = ("code", "valid_from", "text_ko", "text_en", "rule") + (
            "source",
            "checked_on",
            "is_shown",
        )

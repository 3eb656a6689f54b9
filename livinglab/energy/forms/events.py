"""The form that says what changed a home."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.energy.models import DeclaredEvent


class EventForm(forms.ModelForm[DeclaredEvent]):
    """What happened, when, and what shall follow for the comparison."""

    class Meta:
        model = DeclaredEvent
        fields = ["kind", "on", "effect", "until", "note"]
        labels = {
            "kind": _("What changed?"),
            "on": _("Since which day?"),
            "effect": _("How shall we compare?"),
            "until": _("Until which day?"),
            "note": _("A note for yourself"),
        }
        help_texts = {
            "until": _("Only when days are left out. Empty means: until now."),
        }
        widgets = {
            "effect": forms.RadioSelect,
            "on": forms.DateInput(attrs={"type": "date"}),
            "until": forms.DateInput(attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = DeclaredEvent.Effect.choices  # without the empty radio button
        self.fields["effect"].choices = choices  # type: ignore[attr-defined]

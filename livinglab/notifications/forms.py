"""Shapes at the page door: rhythm, mobile number, code."""

from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from livinglab.notifications.models import Rhythm


@lru_cache
def _hours_in(language: str | None) -> list[tuple[int, str]]:
    return [
        (hour, pgettext("hour", "%(hour)s:00") % {"hour": hour}) for hour in range(24)
    ]


def hours() -> list[tuple[int, str]]:
    """Every hour of the day in the reader's way of writing it."""
    return _hours_in(get_language())


MOST = [
    (3, _("3 a week")),
    (10, _("10 a week")),
    (30, _("30 a week")),
    (0, _("as many as there are")),
]


class RhythmForm(forms.ModelForm[Rhythm]):
    """When and how often; the model's own limits stand behind it."""

    class Meta:
        model = Rhythm
        fields = [
            "quiet_from",
            "quiet_until",
            "safety_at_night",
            "weekly_most",
            "letters",
            "hides_words",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("quiet_from", hours),
            ("quiet_until", hours),
            ("weekly_most", MOST),
        ):
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label, choices=choices, coerce=int
            )


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Mobile number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the text message"),
        max_length=6,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )

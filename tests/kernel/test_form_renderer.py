"""Drawn by hand or by Django, a form control is the same but for line ends."""

import re
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from livinglab.kernel.form_renderer import LeanForms

SHARP = "<b>\"quoted\" & 'single'</b>"
CHOICES: list[tuple[Any, Any]] = [
    ("", "---------"),
    (1, SHARP),
    (12345, 12345),
    ("three", gettext_lazy("Korean")),
    ("group <1>", [(4, SafeString("<i>safe</i>")), (5.5, None)]),
]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput(attrs={"maxlength": 10, "data-x": SHARP}), SHARP),
    (forms.TextInput(), None),
    (forms.TextInput(attrs={"required": True, "disabled": False}), ""),
    (forms.NumberInput(attrs={"step": "0.1", "min": 1234567}), 1234567),
    (forms.EmailInput(), "a@b.example"),
    (forms.PasswordInput(render_value=True), "x"),
    (forms.HiddenInput(), SafeString("<kept>")),
    (forms.DateInput(attrs={"type": "date"}), "2026-11-23"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.Select(choices=CHOICES), "three"),
    (forms.Select(choices=CHOICES, attrs={"class": "ll-input"}), None),
    (forms.SelectMultiple(choices=CHOICES), [1, 4]),
    (forms.RadioSelect(choices=CHOICES), 12345),
    (forms.CheckboxSelectMultiple(choices=CHOICES), ["three", 5.5]),
    (forms.Textarea(), SHARP),
    (forms.ClearableFileInput(), None),
    (forms.SplitDateTimeWidget(), None),
]


def one_line(html: str) -> str:
    return re.sub(r"\n( {2})*", "", html)


def test_it_draws_our_forms() -> None:
    assert isinstance(get_default_renderer(), LeanForms)
    assert settings.FORM_RENDERER.endswith("LeanForms")


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_a_control_is_as_django_draws_it(widget: forms.Widget, value: Any) -> None:
    attrs = {"id": "id_it", "aria-describedby": "id_it-hint"}

    drawn = widget.render("it", value, attrs, LeanForms())

    drawn_by_django = widget.render("it", value, attrs, DjangoTemplates())
    assert drawn
    assert one_line(drawn) == one_line(drawn_by_django)


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_each_choice_is_as_django_draws_it(widget: Any) -> None:
    class Asked(forms.Form):
        it = forms.ChoiceField(choices=CHOICES, widget=widget)

    lean = Asked(renderer=LeanForms())["it"]
    plain = Asked(renderer=DjangoTemplates())["it"]

    assert [one.tag() for one in lean] == [one.tag() for one in plain]
    assert [one.tag(wrap_label=True) for one in lean] == [
        one_line(one.tag(wrap_label=True)) for one in plain
    ]

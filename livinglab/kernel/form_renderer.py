"""Form controls as Django draws them, the usual ones without a template for each.

Django includes a template for an input, another for its attributes, and two for every
option of a list; a list of 24 hours was a third of a page. The HTML is the same but
for line ends, which the tests hold; whatever is not drawn here goes Django's way.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData

WIDGETS = "django/forms/widgets/"
INPUTS = (
    "checkbox", "color", "date", "datetime", "email", "hidden", "input", "number",
    "password", "search", "tel", "text", "time", "url",
)  # fmt: skip
Facts = Mapping[str, Any]


class LeanForms(DjangoTemplates):
    """The renderer of every form of the lab."""

    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: HttpRequest | None = None,
    ) -> str:
        draw = DRAWN.get(template_name)
        if draw is None:
            return str(super().render(template_name, context, request))
        return draw(context["widget"])


def _input(widget: Facts) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_text(value)}"'
    name, attrs = _words(widget["name"]), _attrs(widget["attrs"])
    return f'<input type="{_words(widget["type"])}" name="{name}"{said}{attrs}>'


def _one_of_some(widget: Facts) -> str:
    """A radio button or a box to tick, in its label where Django wants one."""
    drawn = _input(widget)
    if not widget.get("wrap_label"):
        return drawn
    key = widget["attrs"].get("id")
    its = f' for="{_words(key)}"' if key else ""
    return f"<label{its}>{drawn} {_words(widget['label'])}</label>"


def _select(widget: Facts) -> str:
    groups = "".join(_group(name, options) for name, options, _n in widget["optgroups"])
    name, attrs = _words(widget["name"]), _attrs(widget["attrs"])
    return f'<select name="{name}"{attrs}>{groups}</select>'


def _group(name: Any, options: list[dict[str, Any]]) -> str:
    inner = "".join(_option(option) for option in options)
    if not name:
        return inner
    return f'<optgroup label="{_words(name)}">{inner}</optgroup>'


def _option(option: Facts) -> str:
    value, attrs = _text(option["value"]), _attrs(option["attrs"])
    return f'<option value="{value}"{attrs}>{_words(option["label"])}</option>'


def _attrs(attrs: Facts) -> str:
    return "".join(
        f" {_words(name)}" if value is True else f' {_words(name)}="{_text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _text(value: Any) -> str:
    """A value as it is sent: never in the reader's way of writing numbers."""
    return conditional_escape(value if isinstance(value, SafeData) else str(value))


def _words(value: Any) -> str:
    """Something to be read."""
    return conditional_escape(localize(value))


DRAWN: dict[str, Callable[[Facts], str]] = {
    **{f"{WIDGETS}{name}.html": _input for name in INPUTS},
    f"{WIDGETS}radio_option.html": _one_of_some,
    f"{WIDGETS}checkbox_option.html": _one_of_some,
    f"{WIDGETS}select.html": _select,
}

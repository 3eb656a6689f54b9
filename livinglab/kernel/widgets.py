"""Form widgets of our own."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A native select for hundreds of options, written without a template for each."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        facts = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = format_html_join(
            "", "{}", ((self._entry(entry, chosen),) for entry in self.choices)
        )
        return format_html("<select{}>{}</select>", flatatt(facts), options)

    def _entry(self, entry: Any, chosen: set[str]) -> SafeString:
        value, words = entry
        if not isinstance(words, list | tuple):
            return self._option(value, words, chosen)
        options = format_html_join(
            "", "{}", ((self._option(v, w, chosen),) for v, w in words)
        )
        return format_html('<optgroup label="{}">{}</optgroup>', value, options)

    def _option(self, value: Any, words: Any, chosen: set[str]) -> SafeString:
        text = "" if value is None else str(value)
        mark = SafeString(" selected") if text in chosen else ""
        return format_html('<option value="{}"{}>{}</option>', text, mark, words)

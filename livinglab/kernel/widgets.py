"""Form widgets of our own."""

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Entry = tuple[str, str | tuple[Any, ...]]  # a value and its words, or a named group
KEPT = 32


class LongSelect(forms.Select):
    """A native select for hundreds of options; the list is written once and kept."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        facts = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = _options(tuple(_entry(*entry) for entry in self.choices))
        for one in chosen:
            start = format_html('<option value="{}"', one)
            options = options.replace(f"{start}>", f"{start} selected>", 1)
        written = SafeString(options)  # noqa: S308  nothing but marks was added
        return format_html("<select{}>{}</select>", flatatt(facts), written)


def _entry(value: Any, words: Any) -> Entry:
    if isinstance(words, list | tuple):
        return str(value), tuple(_entry(*entry) for entry in words)
    return "" if value is None else str(value), str(words)


@lru_cache(maxsize=KEPT)
def _options(entries: tuple[Entry, ...]) -> str:
    return format_html_join("", "{}", ((_drawn(*entry),) for entry in entries))


def _drawn(value: str, words: str | tuple[Any, ...]) -> SafeString:
    if isinstance(words, str):
        return format_html('<option value="{}">{}</option>', value, words)
    inner = format_html_join("", "{}", ((_drawn(*entry),) for entry in words))
    return format_html('<optgroup label="{}">{}</optgroup>', value, inner)

"""The components of every page. A component gets values and asks no permission."""

import json
import os
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe

from livinglab.kernel import numbers
from livinglab.kernel.drawn import around, component
from livinglab.kernel.faults import FAULTS, Fault
from livinglab.kernel.permissions import may as ask
from livinglab.kernel.plots import Bar, StackPart

register = template.Library()

register.filter("won", numbers.won)
register.filter("kwh", numbers.kwh)
register.filter("percent", numbers.percent)
register.filter("plain", numbers.plain)
register.filter("measure", numbers.measure)
register.filter("period", numbers.period)
register.filter("moment", numbers.moment)


@register.filter
def at(position: float) -> str:
    """A place in a plot, written as SVG wants it in every language."""
    return f"{position:g}%"


# --- what Vite built ----------------------------------------------------------
def _build(name: str) -> tuple[str, int]:
    """A JSON file of the front-end build, and when it was built; 0 while it is not."""
    path = f"{settings.FRONTEND_DIST}/{name}"
    try:
        return path, os.stat(path).st_mtime_ns  # noqa: PTH116  asked for every icon
    except FileNotFoundError:
        return path, 0


@lru_cache(maxsize=8)
def _built(path: str, changed_at: int) -> dict[str, Any]:
    """A page without its looks still works, so a missing build is no error here."""
    return dict(json.loads(Path(path).read_text())) if changed_at else {}


@register.simple_tag
def vite(entry: str) -> SafeString:
    """The style sheet and the script of an entry, under their hashed names."""
    return _links(entry, *_build("manifest.json"))


@lru_cache(maxsize=32)
def _links(entry: str, path: str, changed_at: int) -> SafeString:
    chunk = _built(path, changed_at).get(entry)
    if chunk is None:
        return SafeString("")
    styles = [(static(name),) for name in chunk.get("css", [])]
    links = format_html_join("", '<link rel="stylesheet" href="{}">', styles)
    script = format_html(
        '<script type="module" src="{}"></script>', static(chunk["file"])
    )
    return SafeString(links + script)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A drawing beside words; screen readers hear the words only."""
    return _drawing(name, extra, *_build("icons.json"))


@lru_cache(maxsize=512)
def _drawing(name: str, extra: str, path: str, changed_at: int) -> SafeString:
    drawing = _built(path, changed_at).get(name, "")
    css = f"ll-icon {extra}".strip()
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="24" height="24"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(drawing),  # noqa: S308  our own build, no words of people
    )


# --- blocks -------------------------------------------------------------------
def _component(name: str, /, **values: Any) -> SafeString:
    return component(name, values)


def _around(name: str, content: str, /, **values: Any) -> SafeString:
    return around(name, content, values)


@register.simple_block_tag
def card(content: str, title: str = "", **values: Any) -> SafeString:
    """A surface with a heading: icon, kind, more (words) and more_url, level, id."""
    values.setdefault("level", 2)
    return _around("card", content, title=title, **values)


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Something to know before going on: info, success, warning, danger."""
    return _around("alert", content, kind=kind, title=title)


@register.simple_block_tag
def disclosure(content: str, title: str, **values: Any) -> SafeString:
    """More for who wants it; opens without script."""
    return _around("disclosure", content, title=title, **values)


@register.simple_block_tag
def empty(content: str, icon: str, title: str, level: int = 2) -> SafeString:
    """Nothing here yet: what will be here, and the way to begin."""
    return _around("empty", content, icon=icon, title=title, level=level)


@register.simple_block_tag
def island(
    content: str, name: str, props: Any, id: str = "", css: str = ""
) -> SafeString:
    """HTML that a script makes livelier; its facts stand beside it as JSON."""
    key = id or f"{name}-props"
    return format_html(
        '{}<div class="{}" data-island="{}" data-props="{}">{}</div>',
        json_script(props, key),
        css,
        name,
        key,
        content,
    )


# --- single pieces ------------------------------------------------------------
@register.simple_tag
def button(text: str, **values: Any) -> SafeString:
    """A button, or with `href` a link that looks like one.

    `disabled`: until a script that it cannot do without has come alive.
    """
    return _component("button", text=text, **values)


@register.simple_tag
def tag(text: str, kind: str = "", icon: str = "") -> SafeString:
    """A short state in words."""
    return _component("tag", text=text, kind=kind, icon=icon)


@register.simple_tag
def span_of_days(first: date, last: date) -> str:
    """From one day to another, both included."""
    return f"{date_format(first, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"


@register.simple_tag
def back_link(href: str, text: str) -> SafeString:
    """One step up."""
    return format_html(
        '<a class="ll-back" href="{}">{}<span>{}</span></a>',
        href,
        icon("arrow-left"),
        text,
    )


@register.simple_tag
def link_row(href: str, title: str, **values: Any) -> SafeString:
    """One row of a list one taps: icon, note, tag."""
    return _component("link_row", href=href, title=title, **values)


@register.simple_tag
def progress(value: int, of: int, says: str, label: str) -> SafeString:
    """How far something is, as a bar and in words."""
    return _component("progress", value=value, of=of, says=says, label=label)


@register.simple_tag
def stepper(steps: list[str], now: int, label: str) -> SafeString:
    """Where one is among a few steps, counted from 1."""
    marked = [
        (text, "done" if at < now else "now" if at == now else "")
        for at, text in enumerate(steps, start=1)
    ]
    return _component("stepper", steps=marked, label=label)


@register.simple_tag
def stack_bar(parts: Sequence[StackPart], label: str) -> SafeString:
    """Parts that add up, as one bar and named below; a part may have parts itself."""
    shown = [
        (part, stack_bar(part.parts, part.name) if part.parts else "") for part in parts
    ]
    return _component("stack_bar", parts=shown, label=label)


@register.simple_tag
def bars(rows: Sequence[Bar], label: str) -> SafeString:
    """Shares beside each other, each with its name and its number."""
    return _component("bars", bars=rows, label=label)


@register.simple_tag
def timeline(steps: Any) -> SafeString:
    """Steps in time, oldest first; each has `day` (said) and `words`."""
    return _component("timeline", steps=steps)


@register.simple_tag
def goal_bar(plot: Any, words: str, kind: str = "energy") -> SafeString:
    """A `GoalBar`: baseline, now with its range, target; said in words as well."""
    return _component("goal_bar", plot=plot, words=words, kind=kind)


@register.simple_tag
def field(bound: BoundField, hint: str = "", kind: str = "") -> SafeString:
    """A form field with its label, hint and error, tied together for everybody."""
    widget = bound.field.widget
    is_choice = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    is_switch = isinstance(widget, CheckboxInput)
    described = [f"{bound.auto_id}-hint"] if hint or bound.help_text else []
    described += [f"{bound.auto_id}-error"] if bound.errors else []
    attrs: dict[str, Any] = (
        {} if is_choice or is_switch else {"class": _input_css(kind)}
    )
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return _around(
        "field",
        _choices(bound) if is_choice else bound.as_widget(attrs=attrs),
        kind="choice" if is_choice else "switch" if is_switch else "",
        id=bound.auto_id,
        its=bound.id_for_label,
        label=bound.label,
        is_optional=not bound.field.required,
        hint=hint or bound.help_text,
        errors=tuple(bound.errors) or None,
    )


def _choices(bound: BoundField) -> SafeString:
    return format_html_join(
        "",
        '<label class="ll-choice" for="{}">{}<span>{}</span></label>',
        ((one.id_for_label, one.tag(), one.choice_label) for one in bound),
    )


def _input_css(kind: str) -> str:
    return f"ll-input ll-input--{kind}" if kind else "ll-input"


@register.simple_tag
def fault_of(code: str) -> Fault:
    """The words of a kind of failure."""
    return FAULTS[code]


@register.simple_tag(takes_context=True)
def flash(context: template.Context) -> SafeString:
    """The messages left for this person, said once."""
    request = context.get("request")
    waiting = list(get_messages(request)) if request is not None else []
    return _component("messages", waiting=waiting) if waiting else SafeString("")


@register.simple_tag(takes_context=True)
def may(context: template.Context, name: str, thing: Any = None) -> bool:
    """Spares people a useless button; the service decides."""
    return ask(context["request"].user, name, thing)

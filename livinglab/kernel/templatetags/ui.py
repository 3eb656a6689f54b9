"""The components of every page. A component gets values and asks no permission."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe

from livinglab.kernel import numbers
from livinglab.kernel.faults import FAULTS, Fault
from livinglab.kernel.permissions import may as ask
from livinglab.kernel.plots import StackPart

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
@lru_cache(maxsize=8)
def _built(path: Path, changed_at: int) -> Any:
    return json.loads(path.read_text())


def _read_built(name: str) -> Any:
    """A JSON file of the front-end build; empty while nothing is built.

    A page without its looks still works, so a missing build is no error here.
    """
    path = Path(settings.FRONTEND_DIST) / name
    try:
        return _built(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@register.simple_tag
def vite(entry: str) -> SafeString:
    """The style sheet and the script of an entry, under their hashed names."""
    chunk = _read_built("manifest.json").get(entry)
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
    drawing = _read_built("icons.json").get(name, "")
    css = f"ll-icon {extra}".strip()
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="24" height="24"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(drawing),  # noqa: S308  our own build, no words of people
    )


# --- blocks -------------------------------------------------------------------
def _component(name: str, /, **values: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", values)


@register.simple_block_tag
def card(content: str, title: str = "", **values: Any) -> SafeString:
    """A surface with a heading: icon, kind, more (words) and more_url, level, id."""
    values.setdefault("level", 2)
    return _component("card", content=content, title=title, **values)


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Something to know before going on: info, success, warning, danger."""
    return _component("alert", content=content, kind=kind, title=title)


@register.simple_block_tag
def disclosure(content: str, title: str, **values: Any) -> SafeString:
    """More for who wants it; opens without script."""
    return _component("disclosure", content=content, title=title, **values)


@register.simple_block_tag
def empty(content: str, icon: str, title: str, level: int = 2) -> SafeString:
    """Nothing here yet: what will be here, and the way to begin."""
    return _component("empty", content=content, icon=icon, title=title, level=level)


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
    """A button, or with `href` a link that looks like one."""
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
    return _component(
        "field",
        bound=bound,
        control=None if is_choice else bound.as_widget(attrs=attrs),
        is_choice=is_choice,
        is_switch=is_switch,
        hint=hint or bound.help_text,
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

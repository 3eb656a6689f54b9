"""Small pieces of the page of a report in the admin site."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import qrcode
from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from qrcode.image.svg import SvgPathImage

from livinglab.issues.models import Issue
from livinglab.issues.words import age_in_words, distance_in_words, tone_of

register = template.Library()
SOON = 1


@register.filter
def tone(state: str) -> str:
    """The colour of a state's tag."""
    return tone_of(state) if state in Issue.Status.values else ""


@register.filter
def age(moment: datetime) -> str:
    return age_in_words(moment)


@register.filter
def away(metres: float | None) -> str:
    return distance_in_words(metres)


def days_in_words(left: int) -> str:
    """How many work days are left, or by how many a promise is broken."""
    if left < 0:
        words = ngettext("%(days)d work day late", "%(days)d work days late", -left)
        return words % {"days": -left}
    if left == 0:
        return _("today")
    words = ngettext("%(days)d work day left", "%(days)d work days left", left)
    return words % {"days": left}


@register.simple_tag
def work_days(left: int, is_open: bool = True) -> SafeString | str:
    """The words on a label that says how urgent it is."""
    if not is_open:
        return ""
    kind = "danger" if left < 0 else "warning" if left <= SOON else "success"
    return format_html(
        '<span class="desk-tag desk-tag--{}">{}</span>', kind, days_in_words(left)
    )


@register.simple_tag
def step_link(
    issue: Issue,
    verb: str,
    label: Any,
    back: str = "",
    *,
    panel: Any = None,
    key: Any = "",
    **begun: Any,
) -> SafeString:
    """A way into a step: a link that works alone.

    With script only the panel is exchanged, and words typed there come along.
    """
    facts = {name: value for name, value in begun.items() if value}
    is_now = bool(
        panel and panel["verb"] == verb and panel["state"] == begun.get("state", "")
    )
    address = reverse("admin:issues_issue_change", args=[issue.pk])
    query = "&".join(filter(None, [urlencode({"do": verb} | facts), back]))
    return format_html(
        '<a class="desk-button desk-step{}" href="{}?{}#act" hx-post="{}"'
        ' hx-vals="{}" hx-include="#act-kept, #act [name=words]"'
        ' hx-target="#act" hx-select="#act" hx-swap="outerHTML"{}{}>{}</a>',
        " desk-step--now" if is_now else "",
        address,
        query,
        reverse("admin:issues_issue_step", args=[issue.pk, verb]),
        json.dumps({name: str(value) for name, value in facts.items()} | {"begin": 1}),
        SafeString(' aria-current="step"') if is_now else "",
        format_html(' aria-keyshortcuts="{}"', key) if key else "",
        label,
    )


@register.simple_tag
def focused(field: BoundField, is_first: bool, verb: str) -> SafeString:
    """The field; the one to begin with has the cursor, a wrong one says what by."""
    attrs: dict[str, Any] = {}
    if field.name == "words" or (is_first and verb not in ("answer",)):
        attrs["autofocus"] = True
    if field.errors:
        attrs |= {"aria-invalid": "true"}
        attrs |= {"aria-describedby": f"{field.id_for_label}-error"}
    return field.as_widget(attrs=attrs)


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """The address as a code to scan, drawn in the page itself."""
    code = qrcode.make(address, image_factory=SvgPathImage, border=2)
    drawn: str = code.to_string(encoding="unicode")
    return SafeString(drawn)  # noqa: S308 - paths of squares, made here


@register.simple_tag
def square(x: int, y: int, half: int) -> SafeString:
    """Where a square stands in a drawing, by its middle."""
    side = half * 2
    return format_html(
        'x="{}" y="{}" width="{}" height="{}"', x - half, y - half, side, side
    )


@register.simple_tag
def with_filter(query: str, name: str, value: Any) -> str:
    """The question of an address with one filter set."""
    asked = QueryDict(query, mutable=True)
    asked[name] = str(value)
    return asked.urlencode()

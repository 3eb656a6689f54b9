"""A map as pages of reports show it: drawn once for everybody who sees the same one."""

from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from livinglab.kernel.kept_parts import kept_part
from livinglab.places.maps import map_facts, map_stand


def drawn_map(**more: Any) -> SafeString:
    """The map with its tools and its facts; `more` is what this page adds to them."""
    facts = ("map", map_stand(), sorted(more.items()))
    return kept_part(facts, partial(_draw, more))


def _draw(more: dict[str, Any]) -> str:
    return render_to_string("issues/parts/map.html", {"map": map_facts(**more)})

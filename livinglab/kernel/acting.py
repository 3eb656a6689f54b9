"""Acting for somebody else: the areas of life a person may hand to a helper.

An app declares in its `helping.py`, found at start, what may be done in their name:

    from livinglab.kernel.acting import Area, area

    area(Area(
        name="energy",
        label=_("Energy readings and bills"),
        says=_("sees use and savings, enters readings and bills"),
        rules={"energy.add_usage": _("entered or changed a reading, a bill or a file")},
        pages=frozenset({"energy:home", "energy:add-reading"}),
        start="energy:home",
    ))

Whoever acts is the helped person with `acting` set. What no area names stays closed:
`may()` says no to a rule outside of the areas, and a page that no area lists is refused
before it asks anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Area:
    """A part of somebody's life: its rules, its pages, the page to begin with."""

    name: str
    label: Words
    says: Words
    rules: Mapping[str, Words]
    pages: frozenset[str]
    start: str
    quiet: frozenset[str] = frozenset()  # rules of mere looks: allowed, not noted

    def allows(self, rule: str) -> bool:
        return rule in self.rules or rule in self.quiet


_areas: dict[str, Area] = {}


def area(declared: Area) -> Area:
    """Make an area known; what is one's own alone can never be part of one."""
    rules = (*declared.rules, *declared.quiet)
    if any(rule.startswith("people.") for rule in rules):
        raise ValueError("what people settle themselves cannot be handed to a helper")
    _areas[declared.name] = declared
    return declared


def areas() -> list[Area]:
    """Every area, in the order of its name."""
    return sorted(_areas.values(), key=lambda one: one.name)


def area_of(name: str) -> Area | None:
    return _areas.get(name)


@dataclass(frozen=True)
class ActingFor:
    """Who acts, in which areas, and where each act is written down."""

    helping_id: int
    helper: Any
    areas: tuple[str, ...]
    note: Callable[[str, str, Any], None] = field(repr=False)

    def area_with_page(self, view_name: str) -> Area | None:
        """The area that opens this page, if it was handed over."""
        return next((one for one in self._handed() if view_name in one.pages), None)

    def area_with_rule(self, rule: str) -> Area | None:
        """The area that holds this rule, if it was handed over."""
        return next((one for one in self._handed() if one.allows(rule)), None)

    def _handed(self) -> list[Area]:
        return [one for name in self.areas if (one := _areas.get(name))]


def acting_of(person: Any) -> ActingFor | None:
    """Who acts in this person's place, if anybody does."""
    found: ActingFor | None = getattr(person, "acting", None)
    return found

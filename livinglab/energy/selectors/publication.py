"""The one rule that decides which figures of an area may be shown.

A figure is a sum over homes. It may be shown when enough homes stand behind it and no
home makes up too much of it. Areas lie inside each other (dong, gu, city), so whoever
knows a gu's sum and those of some of its dongs also knows the sum of the others. For
areas inside each other these differences are everything that can be computed: of each
area shown, what is left after taking off the shown areas inside it. Each such rest must
itself be a sum of at least two areas that obeys the rule, with twice the homes.

Readers get one neutral sentence for whatever is hidden: the reason would tell a small
area from one hidden beside it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

LEAST_HOMES = 10
MOST_SHARE = 0.25

FEW = "few"
DOMINATED = "dominated"
PARTNER = "partner"
RUNNING = "running"


@dataclass(frozen=True)
class Group:
    """Homes behind a sum: how many, and of each amount the sum and its largest part."""

    homes: int = 0
    amounts: tuple[tuple[float, float], ...] = ()

    @property
    def largest_share(self) -> float:
        """The most any home makes up of any of the amounts; 1 when a sum is empty."""
        if not self.homes:
            return 0.0
        shares = (
            largest / whole if whole > 0 else 1.0 for whole, largest in self.amounts
        )
        return max(shares, default=0.0)


def together(groups: Iterable[Group]) -> Group:
    """Homes of several areas as one group."""
    members = [group for group in groups if group.homes]
    columns = zip(*(group.amounts for group in members), strict=True)
    return Group(
        sum(group.homes for group in members),
        tuple(
            (
                sum(whole for whole, _most in column),
                max(most for _whole, most in column),
            )
            for column in columns
        ),
    )


def least_homes() -> int:
    """How many homes a figure needs: the setting, and never fewer than ten."""
    wanted = getattr(settings, "PUBLISH_MIN_HOMES", LEAST_HOMES)
    return max(wanted, LEAST_HOMES) if isinstance(wanted, int) else LEAST_HOMES


def most_share() -> float:
    """How much of a sum one home may make up: the setting, never over a quarter."""
    wanted = getattr(settings, "PUBLISH_MAX_SHARE", MOST_SHARE)
    return min(wanted, MOST_SHARE) if isinstance(wanted, float) else MOST_SHARE


def refusal(group: Group) -> str:
    """Why a group's sum must not be shown; empty when it may."""
    if group.homes < least_homes():
        return FEW
    return DOMINATED if group.largest_share > most_share() else ""


def may_publish(group: Group) -> bool:
    """Enough homes, and none of them makes up too much."""
    return not refusal(group)


@dataclass(frozen=True)
class Area:
    """An area in the system of lines: the area it lies in, and its own group."""

    key: Hashable
    parent: Hashable | None
    group: Group


def hidden_areas(areas: Iterable[Area]) -> dict[Hashable, str]:
    """The areas that must be hidden, each with its internal reason.

    First those that may not be shown themselves; then, until nothing that can be
    computed is refused, the smallest shown area beside them, or the whole at last.
    """
    lines = _Lines(areas)
    while bad := lines.first_leak():
        lines.hide_beside(bad)
    lines.show_again()
    return lines.hidden


class _Lines:
    """Areas inside each other, and which of them are hidden so far."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.areas: Mapping[Hashable, Area] = {area.key: area for area in areas}
        self.inside: dict[Hashable, list[Area]] = {key: [] for key in self.areas}
        for area in self.areas.values():
            if area.parent is not None:
                self.inside[area.parent].append(area)
        self.hidden = {
            area.key: why
            for area in self.areas.values()
            if (why := refusal(area.group))
        }

    def first_leak(self) -> Area | None:
        """A shown area whose rest, after the shown areas inside it, is refused."""
        shown = (area for area in self.areas.values() if area.key not in self.hidden)
        return next((area for area in shown if self._leaks(area)), None)

    def _leaks(self, area: Area) -> bool:
        rest = [inner.group for inner in self._rest(area) if inner.group.homes]
        if not rest:
            return False
        whole = together(rest)
        return (
            len(rest) < 2 or whole.homes < 2 * least_homes() or not may_publish(whole)
        )

    def _rest(self, area: Area) -> Iterator[Area]:
        """The smallest hidden areas whose sum can be computed from this one's."""
        for inner in self.inside[area.key]:
            if inner.key in self.hidden:
                if self.inside[inner.key]:
                    yield from self._rest(inner)
                else:
                    yield inner

    def _beside(self, area: Area) -> Iterator[Area]:
        """The largest shown areas inside this one."""
        for inner in self.inside[area.key]:
            if inner.key not in self.hidden:
                yield inner
            else:
                yield from self._beside(inner)

    def hide_beside(self, area: Area) -> None:
        """Hide the smallest shown area inside; where there is none, the area itself."""
        shown = [inner for inner in self._beside(area) if inner.group.homes]
        chosen = min(shown, key=_size, default=area)
        self.hidden[chosen.key] = PARTNER

    def show_again(self) -> None:
        """Show again, largest first, what turned out to protect nothing."""
        partners = [
            self.areas[key] for key, why in self.hidden.items() if why == PARTNER
        ]
        for area in sorted(partners, key=_size, reverse=True):
            del self.hidden[area.key]
            if self.first_leak():
                self.hidden[area.key] = PARTNER


def _size(area: Area) -> tuple[int, str]:
    return area.group.homes, str(area.key)

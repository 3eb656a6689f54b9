"""The comparison with homes alike in words: no rank, no blame, thanks for little."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.energy.selectors.neighbours import Neighbours
from livinglab.kernel.plots import percent_of

COMMON: dict[str, Promise] = {
    "place": gettext_lazy("neighbourhood"),
    "dwelling": gettext_lazy("kind of dwelling"),
    "area": gettext_lazy("floor area"),
    "people": gettext_lazy("number of people"),
    "heating": gettext_lazy("heating"),
    "weather": gettext_lazy("weather station"),
}


@dataclass(frozen=True)
class SpreadRow:
    """A line of the small plot: words, kWh a day, width in percent."""

    name: str
    words: str
    kwh: float
    width: float


@dataclass(frozen=True)
class NeighbourCard:
    """What the card shows."""

    rows: list[SpreadRow]
    words: str
    group: str


def neighbour_card(found: Neighbours | None) -> NeighbourCard | None:
    """The comparison as a card; nothing where there is none."""
    if found is None:
        return None
    lines = [
        ("mine", _("This home"), found.mine),
        ("thrifty", _("One home in five uses less than"), found.low),
        ("middle", _("The home in the middle"), found.middle),
        ("many", _("One home in five uses more than"), found.high),
    ]
    most = max(kwh for _name, _words, kwh in lines)
    rows = [
        SpreadRow(name, words, kwh, percent_of(kwh, 0.0, most))
        for name, words, kwh in lines
    ]
    return NeighbourCard(rows, _place_in_words(found), _group_in_words(found))


def _place_in_words(found: Neighbours) -> str:
    if found.mine <= found.low:
        return _("Your home uses little. Thank you for that.")
    if found.mine <= found.high:
        return _("Your home uses about as much as most homes like it.")
    return _(
        "Your home uses more than most homes like it. There can be good reasons for "
        "that."
    )


def _group_in_words(found: Neighbours) -> str:
    facts = {
        "month": date_format(found.month, "YEAR_MONTH_FORMAT"),
        "homes": found.homes,
        "city": found.city,
        "common": ", ".join(str(COMMON[name]) for name in found.common),
    }
    if not found.common:
        words = _("%(month)s, compared with %(homes)d homes of %(city)s.") % facts
    else:
        words = (
            _(
                "%(month)s, compared with %(homes)d homes of %(city)s that have this "
                "in common: %(common)s."
            )
            % facts
        )
    if found.has_simulated:
        words += " " + _("Some of them are simulated for the demonstration.")
    return words

"""Places of a photo to be covered: from rectangles, or from a grid of tick boxes.

A place is "left,top,right,bottom" in shares of the picture. Pure but for the words.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused
from livinglab.kernel.images import Box

COLUMNS, ROWS = 3, 4
MOST_BOXES = 40
_OVER = 0.002  # neighbours overlap a little: no line of pixels stays between them


@dataclass(frozen=True)
class Cell:
    """One field of the grid: where it is, and in words."""

    value: str
    words: str


def cells() -> list[Cell]:
    """The grid for whom no script draws rectangles, from the top left."""
    across = [_("on the left"), _("in the middle"), _("on the right")]
    down = [
        _("at the top"),
        _("above the middle"),
        _("below the middle"),
        _("at the bottom"),
    ]
    return [
        Cell(
            _text(
                column / COLUMNS - _OVER,
                row / ROWS - _OVER,
                (column + 1) / COLUMNS + _OVER,
                (row + 1) / ROWS + _OVER,
            ),
            f"{down[row]}, {across[column]}",
        )
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]


def boxes_of(values: Iterable[str]) -> list[Box]:
    """What a form said; refuses what is no place, and nothing at all."""
    boxes = [_box(value) for value in values]
    if not boxes:
        raise IssueRefused(_("Please mark what is to be covered."), field="box")
    if len(boxes) > MOST_BOXES:
        raise IssueRefused(
            _("Please cover at most %(most)d places at a time.") % {"most": MOST_BOXES},
            field="box",
        )
    return boxes


def _box(value: str) -> Box:
    try:
        shares = tuple(min(max(float(part), 0.0), 1.0) for part in value.split(","))
    except ValueError:
        shares = ()
    is_place = len(shares) == 4 and all(map(math.isfinite, shares))
    if not is_place or shares[0] >= shares[2] or shares[1] >= shares[3]:
        raise IssueRefused(_("This is no place in the photo."), field="box")
    return cast("Box", shares)


def _text(*shares: float) -> str:
    return ",".join(f"{min(max(share, 0), 1):.4f}" for share in shares)

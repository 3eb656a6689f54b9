"""What a guest began joins the account at sign-up or sign-in.

An app declares in its `guests.py`, found at start:

    from livinglab.kernel.guests import joins

    joins("reports", take_over_reports)   # (guest_id, person_id) -> how many came over

Functions run in the transaction of the sign-in and may run twice.
"""

from collections.abc import Callable

Join = Callable[[int, int], int]
_joins: dict[str, Join] = {}


def joins(name: str, function: Join) -> None:
    """Declare how an app's rows of a guest become a person's."""
    known = _joins.get(name)
    if known is not None and known is not function:
        raise ValueError(f"“{name}” of guests is declared twice")
    _joins[name] = function


def joiners() -> dict[str, Join]:
    """Every app that keeps something for guests."""
    return dict(_joins)

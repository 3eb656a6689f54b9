"""What people see of their own roles on the start page."""

from typing import Any

from livinglab.kernel.cards import Card, card


@card("home-first", order=8)
def people_i_look_after(person: Any, place: Any) -> Card | None:
    """For caregivers: nobody is watched yet, and it is said so."""
    if person is None or not person.is_caregiver:
        return None
    return Card("people/_caregiver_card.html")

"""Who may hear that a home's or an area's figures changed."""

from typing import Any

from livinglab.energy.models import Premises
from livinglab.kernel.numbers import number_said
from livinglab.kernel.realtime import topic
from livinglab.people.models import Person


@topic("premises", area="energy")
def members_hear_of_their_home(person: Any, key: str) -> bool:
    if not isinstance(person, Person):
        return False
    return Premises.objects.visible_to(person).filter(pk=number_said(key) or 0).exists()


@topic("area", is_public=True)
def everybody_hears_of_areas(person: Any, key: str) -> bool:
    return True

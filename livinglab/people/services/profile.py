"""What a person tells of themselves."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from livinglab.kernel.permissions import require
from livinglab.people.models import Person

CHANGEABLE = ("name", "neighbourhood", "language", "text_size", "contrast")


@transaction.atomic
def change_profile(person: Person, facts: Mapping[str, Any]) -> Person:
    """Correct the name others see, the neighbourhood, how pages are read."""
    require(person, "people.settle_own_affairs", person)
    changed = [name for name in CHANGEABLE if name in facts]
    for name in changed:
        setattr(person, name, facts[name])
    if changed:
        person.save(update_fields=changed)
    return person

"""What a person tells of themselves."""

from collections.abc import Mapping
from typing import Any
from unicodedata import category

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.kernel.permissions import require
from livinglab.people.errors import NameRefused
from livinglab.people.models import Person

CHANGEABLE = ("name", "neighbourhood", "language", "text_size", "contrast")

# Line breaks and other control characters; a name also stands in subjects and lists.
NO_LETTERS = frozenset({"Cc", "Cs", "Zl", "Zp"})


@transaction.atomic
def change_profile(person: Person, facts: Mapping[str, Any]) -> Person:
    """Correct the name others see, the neighbourhood, how pages are read."""
    require(person, "people.settle_own_affairs", person)
    _refuse_odd_name(str(facts.get("name", "")))
    changed = [name for name in CHANGEABLE if name in facts]
    for name in changed:
        setattr(person, name, facts[name])
    if changed:
        person.save(update_fields=changed)
    return person


def _refuse_odd_name(name: str) -> None:
    if any(category(letter) in NO_LETTERS for letter in name):
        raise NameRefused(
            _("A name stands on one line. Please leave out line breaks and tabs.")
        )

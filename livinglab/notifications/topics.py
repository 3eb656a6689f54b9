"""Who may hear that an inbox changed: its owner."""

from typing import Any

from livinglab.kernel.realtime import topic
from livinglab.people.models import Person


@topic("person", area="notices")
def one_hears_of_oneself(person: Any, key: str) -> bool:
    return isinstance(person, Person) and key == str(person.pk)

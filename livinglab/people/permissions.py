"""Who may do what with people."""

from livinglab.kernel.permissions import rule
from livinglab.people.models import Person


@rule("people.give_role")
def may_give_role(person: Person, thing: object) -> bool:
    return person.is_superuser

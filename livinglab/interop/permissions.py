"""Who may give and take keys."""

from livinglab.kernel.permissions import rule
from livinglab.people.models import Person


@rule("interop.give_key")
def may_give(person: Person, thing: object) -> bool:
    return bool(person.coordinated_city_ids)

"""Who may give and take keys."""

from livinglab.kernel.permissions import rule
from livinglab.people.models import Person
from livinglab.places.models import City


@rule("interop.give_key")
def may_give(person: Person, city: City | None) -> bool:
    """For one's own city; for all of them only who runs the house."""
    return person.operates if city is None else person.coordinates(city.pk)

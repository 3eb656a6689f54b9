"""Who may do what with weather. Reading is open to everybody."""

from livinglab.kernel.permissions import rule
from livinglab.people.models import Person


def _works_for_a_city(person: Person) -> bool:
    return person.operates or bool(person.coordinated_city_ids)


@rule("observations.ask_again")
def may_ask_again(person: Person, thing: object) -> bool:
    return _works_for_a_city(person)


@rule("observations.load_weather")
def may_load_weather(person: Person, thing: object) -> bool:
    return _works_for_a_city(person)

"""Who may do what with homes and their energy data: read it like a table."""

from livinglab.energy.models import Membership, Premises
from livinglab.kernel.permissions import rule
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood


def _right(person: Person, premises: Premises) -> str | None:
    return (
        Membership.objects.filter(premises=premises, person=person)
        .values_list("right", flat=True)
        .first()
    )


@rule("energy.export_premises")
def may_export(person: Person, premises: Premises) -> bool:
    """Taking a home's data along: its own people, never a helper in their name."""
    return _right(person, premises) is not None


@rule("energy.add_usage")
def may_add_usage(person: Person, premises: Premises) -> bool:
    return _right(person, premises) is not None


@rule("energy.preview_usage")
def may_preview_usage(person: Person, premises: Premises) -> bool:
    """A look at what would be stored; nothing is."""
    return _right(person, premises) is not None


@rule("energy.change_premises")
def may_change(person: Person, premises: Premises) -> bool:
    return _right(person, premises) == Membership.Right.OWNER


@rule("energy.add_facility")
def may_add_facility(person: Person, place: Neighbourhood) -> bool:
    return person.coordinates(place.city_id)


@rule("energy.change_tariffs")
def may_change_tariffs(person: Person, thing: object) -> bool:
    return bool(person.coordinated_city_ids)


@rule("energy.recompute")
def may_recompute(person: Person, premises: Premises) -> bool:
    return person.coordinates(premises.neighbourhood.city_id)

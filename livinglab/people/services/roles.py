"""Who acts as what."""

from django.db import transaction
from knox.models import AuthToken

from livinglab.kernel.permissions import require
from livinglab.people.models import Person, Role
from livinglab.places.models import City


@transaction.atomic
def give_role(
    person: Person, kind: str, *, city: City | None = None, by: Person
) -> Role:
    """Let a person act as resident, coordinator, caregiver or evaluator."""
    require(by, "people.give_role", person)
    role, is_new = Role.objects.get_or_create(person=person, kind=kind, city=city)
    if is_new and kind in Role.FOR_A_CITY:
        AuthToken.objects.filter(user=person).delete()  # made without a second factor
    if kind == Role.Kind.COORDINATOR and not person.is_staff:
        person.is_staff = True
        person.save(update_fields=["is_staff"])
    return role

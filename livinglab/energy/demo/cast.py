"""The people of the demonstration: all invented, each with one part to show."""

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from livinglab.energy.demo.plan import DOMAIN
from livinglab.energy.models import Membership
from livinglab.people.models import Consent, Person, Role
from livinglab.people.services import give_consent
from livinglab.places.models import City, Neighbourhood


def email_of(key: str) -> str:
    return f"{key}@{DOMAIN}"


@transaction.atomic
def somebody(email: str, name: str, neighbourhood: Neighbourhood | None) -> Person:
    """A person with a confirmed address who agreed to every purpose, made once."""
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = Person.objects.create_user(
            email, name=name, neighbourhood=neighbourhood
        )
        EmailAddress.objects.create(
            user=person, email=email, verified=True, primary=True
        )
        for purpose in Consent.Purpose.values:
            give_consent(person, purpose)
    return person


@transaction.atomic
def gather_cast(people: Sequence[Mapping[str, Any]]) -> None:
    """Everybody who can sign in, with their roles; safe twice."""
    dongs = Neighbourhood.objects.in_bulk(field_name="code")
    for facts in people:
        person = somebody(
            email_of(facts["key"]), facts["name"], dongs.get(facts.get("place", ""))
        )
        for kind in facts["roles"]:
            _give_role(person, kind, facts.get("city"))


def _give_role(person: Person, kind: str, city: str | None) -> None:
    """Nobody is there yet who may give the first roles."""
    where = City.objects.get(code=city) if city else None
    Role.objects.get_or_create(person=person, kind=kind, city=where)
    if where is not None and not person.is_staff:
        person.is_staff = True
        person.save(update_fields=["is_staff"])


@transaction.atomic
def let_in_caregivers(people: Sequence[Mapping[str, Any]]) -> None:
    """Caregivers see the home of whom they look after, as its members."""
    owners = owner_keys(people)
    for facts in people:
        whose = owners.get((facts.get("place", ""), facts.get("cares_for_home", -1)))
        if whose is None:
            continue
        caregiver = Person.objects.get(email=email_of(facts["key"]))
        for membership in Membership.objects.filter(person__email=email_of(whose)):
            Membership.objects.get_or_create(
                premises_id=membership.premises_id, person=caregiver
            )


def owner_keys(people: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """Whose homes are whose: (dong, number of the home) to the key of its owner."""
    return {
        (facts["place"], facts["home"]): facts["key"]
        for facts in people
        if "home" in facts
    }

"""Which homes agreed to a purpose: every owner's yes must stand."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from livinglab.energy.models import Membership, Premises
from livinglab.people.models import Consent, Person


def agreeing(purpose: str, premises: str = "pk") -> Q:
    """Homes with an owner, and no owner without a standing consent to the purpose.

    `premises` is the way to the home's key from the rows that are asked for.
    """
    owners = Membership.objects.filter(
        premises=OuterRef(premises), right=Membership.Right.OWNER
    )
    standing = Consent.objects.standing().filter(
        purpose=purpose, person=OuterRef("person")
    )
    return Q(Exists(owners)) & ~Q(Exists(owners.filter(~Exists(standing))))


def counts_in_areas() -> Q:
    """Premises that may stand, unnamed, behind an area's figures.

    A home by its owners' consent; a public building where its operator agreed that it
    is published by name.
    """
    homes = Q(kind=Premises.Kind.HOME) & agreeing(Consent.Purpose.NEIGHBOURHOOD)
    return homes | Q(kind=Premises.Kind.FACILITY, publishes=True)


def at_rest(premises: str = "pk") -> Q:
    """Homes of which everybody is about to leave: nothing is computed for them."""
    leaving = Membership.objects.filter(person__in=Person.objects.leaving())
    staying = Membership.objects.filter(premises=OuterRef("premises")).exclude(
        person__in=Person.objects.leaving()
    )
    homes = leaving.filter(~Exists(staying)).values("premises")
    return Q(**{f"{premises}__in": homes})

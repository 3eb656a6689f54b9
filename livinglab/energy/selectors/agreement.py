"""Which homes agreed to a purpose: every owner's yes must stand."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from livinglab.energy.models import Membership, Premises
from livinglab.people.models import Consent


def agreeing(purpose: str) -> QuerySet[Premises]:
    """Homes with an owner, and no owner without a standing consent to the purpose."""
    owners = Membership.objects.filter(
        premises=OuterRef("pk"), right=Membership.Right.OWNER
    )
    standing = Consent.objects.standing().filter(
        purpose=purpose, person=OuterRef("person")
    )
    return Premises.objects.filter(
        Exists(owners), ~Exists(owners.filter(~Exists(standing)))
    )


def counts_in_areas() -> Q:
    """Premises that may stand, unnamed, behind an area's figures.

    A home by its owners' consent; a public building where its operator agreed that it
    is published by name.
    """
    homes = Q(kind=Premises.Kind.HOME, pk__in=agreeing(Consent.Purpose.NEIGHBOURHOOD))
    return homes | Q(kind=Premises.Kind.FACILITY, publishes=True)

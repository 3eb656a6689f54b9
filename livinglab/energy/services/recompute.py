"""Compute homes again because a coordinator asks."""

from collections.abc import Sequence

from django.db import transaction

from livinglab.energy.models import Premises
from livinglab.energy.services.savings import mark_premises_due
from livinglab.kernel.permissions import require
from livinglab.people.models import Person

REASON = "asked"


@transaction.atomic
def recompute(homes: Sequence[Premises], *, by: Person) -> int:
    """Mark every figure of these homes due again; how many homes."""
    for home in homes:
        require(by, "energy.recompute", home)
        mark_premises_due(home, REASON)
    return len(homes)

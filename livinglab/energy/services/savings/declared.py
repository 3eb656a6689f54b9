"""What residents say changed their home: begin anew, or leave some days out."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.energy.errors import EventRefused
from livinglab.energy.models import DeclaredEvent, Premises
from livinglab.energy.services.savings.due import mark_premises_due
from livinglab.kernel.permissions import require
from livinglab.people.models import Person

REASON = "event"


@transaction.atomic
def declare_event(
    premises: Premises,
    *,
    kind: str,
    effect: str,
    on: date,
    until: date | None = None,
    note: str = "",
    by: Person,
) -> DeclaredEvent:
    """Note what changed the home and compute it again; figures before stay."""
    require(by, "energy.change_premises", premises)
    _check(premises, effect, on, until)
    event = DeclaredEvent.objects.create(
        premises=premises, kind=kind, effect=effect, on=on, until=until, note=note
    )
    mark_premises_due(premises, REASON)
    return event


def _check(premises: Premises, effect: str, on: date, until: date | None) -> None:
    if on > timezone.localdate():
        raise EventRefused(_("The day lies in the future. Please choose a past day."))
    if effect == DeclaredEvent.Effect.RESTART:
        if until is not None:
            raise EventRefused(_("A new start has no last day. Please leave it empty."))
        if premises.declared_events.filter(effect=effect, on=on).exists():
            raise EventRefused(_("A new start is already noted on that day."))
    if until is not None and until < on:
        raise EventRefused(_("The last day lies before the first day."))


@transaction.atomic
def take_back_event(event: DeclaredEvent, *, by: Person) -> None:
    """Forget what was declared and compute the home as if it had not been."""
    require(by, "energy.change_premises", event.premises)
    premises = event.premises
    event.delete()
    mark_premises_due(premises, REASON)

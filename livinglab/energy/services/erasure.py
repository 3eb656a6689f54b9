"""Erases a home's energy data when nobody agrees any more that it is kept."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from livinglab.energy.models import (
    Baseline,
    Bill,
    Membership,
    Meter,
    Premises,
    RegisterReading,
    Saving,
    SavingsDue,
    Upload,
)
from livinglab.energy.services.neighbourhoods import mark_areas_of
from livinglab.energy.services.savings import mark_premises_due
from livinglab.kernel.commit import after_commit
from livinglab.kernel.realtime import announce
from livinglab.notifications.services import withdraw_notices
from livinglab.people.models import Consent, Person


def homes_to_erase() -> QuerySet[Premises]:
    """Homes with data whose people withdrew their consent and none other gave one."""
    members = Consent.objects.filter(
        purpose=Consent.Purpose.ENERGY,
        person__memberships__premises=OuterRef("pk"),
    )
    holds = Q(meters__isnull=False) | Q(uploads__isnull=False) | Q(bills__isnull=False)
    return Premises.objects.filter(
        holds,
        Exists(members.exclude(withdrawn_at=None)),
        ~Exists(members.filter(withdrawn_at=None)),
    ).distinct()


def erase_withdrawn() -> int:
    """Erase what hangs on withdrawn consents; how many homes. Safe to run twice."""
    homes = list(homes_to_erase())
    for premises in homes:
        erase_usage(premises)
    return len(homes)


@transaction.atomic
def erase_usage(premises: Premises) -> None:
    """Remove readings, bills, files and what was computed from them."""
    _drop_files(premises)
    Meter.objects.filter(premises=premises).delete()
    Upload.objects.filter(premises=premises).delete()
    Bill.objects.filter(premises=premises).delete()
    Baseline.objects.filter(premises=premises).delete()
    Saving.objects.filter(premises=premises).delete()
    SavingsDue.objects.filter(premises=premises).delete()
    # The neighbourhood's figures counted this home; the empty home makes them due.
    mark_premises_due(premises, "erased")
    withdraw_notices(about=f"premises:{premises.pk}")
    after_commit(announce, f"premises:{premises.pk}", "usage")


@transaction.atomic
def erase_person(person: Person) -> dict[str, int]:
    """Leave every home; homes that nobody else belongs to go with their data."""
    alone = Premises.objects.filter(memberships__person=person).exclude(
        pk__in=Membership.objects.exclude(person=person).values("premises")
    )
    mark_areas_of(list(alone.values_list("pk", flat=True)))
    count = 0
    for premises in alone:
        _drop_files(premises)
        premises.delete()
        count += 1
    left = Membership.objects.filter(person=person).delete()[0]
    return {"premises": count, "memberships": left}


def _drop_files(premises: Premises) -> None:
    """Files go when the rows are gone for certain."""
    for upload in Upload.objects.filter(premises=premises).exclude(file=""):
        after_commit(upload.file.storage.delete, upload.file.name or "")
    photos = RegisterReading.objects.filter(meter__premises=premises)
    for reading in photos.exclude(photo=""):
        after_commit(reading.photo.storage.delete, reading.photo.name or "")

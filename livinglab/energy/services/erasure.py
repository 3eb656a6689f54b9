"""Erases a home's energy data when nobody agrees any more that it is kept."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from livinglab.energy.models import (
    Baseline,
    Bill,
    DeclaredEvent,
    HomeOutlook,
    Membership,
    Meter,
    Premises,
    PremisesDiscount,
    RegisterReading,
    Saving,
    SavingsDue,
    Upload,
)
from livinglab.energy.services.neighbourhoods import mark_areas_of
from livinglab.energy.services.savings import mark_premises_due
from livinglab.kernel.commit import after_commit
from livinglab.kernel.personal_data import Answers, Question
from livinglab.kernel.realtime import announce
from livinglab.notifications.services import withdraw_notices
from livinglab.people.models import Consent, Person
from livinglab.people.services.files import erase_file_later

ERASE, PASS_ON = "erase", "pass_on"
Right = Membership.Right


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


def discounts_to_erase() -> QuerySet[PremisesDiscount]:
    """Discounts of homes in which somebody withdrew that consent and none gave one."""
    members = Consent.objects.filter(
        purpose=Consent.Purpose.DISCOUNTS,
        person__memberships__premises=OuterRef("premises"),
    )
    return PremisesDiscount.objects.filter(
        Exists(members.exclude(withdrawn_at=None)),
        ~Exists(members.filter(withdrawn_at=None)),
    )


def erase_withdrawn() -> int:
    """Erase what hangs on withdrawn consents; how many homes. Safe to run twice."""
    homes = list(homes_to_erase())
    for premises in homes:
        erase_usage(premises)
    discounts = list(discounts_to_erase().select_related("premises"))
    for discount in discounts:
        _erase_discount(discount)
    return len({*homes, *(discount.premises for discount in discounts)})


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
    HomeOutlook.objects.filter(premises=premises).delete()
    DeclaredEvent.objects.filter(premises=premises).delete()
    premises.bill_changes.all().delete()
    # The neighbourhood's figures counted this home; the empty home makes them due.
    mark_premises_due(premises, "erased")
    withdraw_notices(about=f"premises:{premises.pk}")
    after_commit(announce, f"premises:{premises.pk}", "usage")


@transaction.atomic
def _erase_discount(discount: PremisesDiscount) -> None:
    discount.delete()
    mark_premises_due(discount.premises, "discounts")


# Leaving ------------------------------------------------------------------------------


def leaving_questions(person: Person) -> list[Question]:
    """What becomes of homes that others belong to as well, asked home by home."""
    return [
        Question(
            key=_key(home),
            words=_("%(home)s: %(names)s belong to it as well.")
            % {"home": home.name, "names": _names(home, person)},
            options=(
                (PASS_ON, _("It stays; %(name)s becomes its owner.") % {"name": heir}),
                (ERASE, _("It goes with me, with all its readings and figures.")),
            ),
            usual=PASS_ON,
        )
        for home in _shared_homes_of_sole_owner(person)
        if (heir := _heir(home, person))
    ]


def _shared_homes_of_sole_owner(person: Person) -> QuerySet[Premises]:
    others = Membership.objects.filter(premises=OuterRef("pk")).exclude(person=person)
    return Premises.objects.filter(
        Exists(others),
        ~Exists(others.filter(right=Right.OWNER)),
        memberships__person=person,
        memberships__right=Right.OWNER,
    ).order_by("pk")


def _names(home: Premises, person: Person) -> str:
    others = home.memberships.exclude(person=person).select_related("person")
    names = [other.person.name or _("somebody") for other in others.order_by("since")]
    return ", ".join(names)


def _heir(home: Premises, person: Person) -> Person | None:
    """Who belongs to it the longest, and is not about to leave as well."""
    members = home.memberships.exclude(person=person).select_related("person")
    ordered = members.order_by("since", "pk")
    staying = ordered.filter(person__leaving_since=None).first() or ordered.first()
    return staying.person if staying else None


def _key(home: Premises) -> str:
    return f"home:{home.pk}"


@transaction.atomic
def erase_person(person: Person, answers: Answers | None = None) -> dict[str, int]:
    """Leave every home; what is the person's alone goes, and what they chose so."""
    answers = answers or {}
    gone: Counter[str] = Counter()
    mine = Premises.objects.filter(memberships__person=person)
    mark_areas_of(list(mine.values_list("pk", flat=True)))
    others = Membership.objects.exclude(person=person).values("premises")
    go = list(mine.exclude(pk__in=others))
    for home in _shared_homes_of_sole_owner(person):
        heir = _heir(home, person)
        if answers.get(_key(home)) == ERASE or heir is None:
            go.append(home)
        else:
            home.memberships.filter(person=heir).update(right=Right.OWNER)
    for home in go:
        gone.update(_erase_home(home))
    gone.update(_erase_given_files(person))
    gone.update(Membership.objects.filter(person=person).delete()[1])
    return dict(gone)


def _erase_home(home: Premises) -> dict[str, int]:
    _drop_files(home)
    withdraw_notices(about=f"premises:{home.pk}")
    return home.delete()[1]


def _erase_given_files(person: Person) -> dict[str, int]:
    """In a home that stays: files that wait and photos one gave go, readings stay."""
    for reading in RegisterReading.objects.filter(by=person).exclude(photo=""):
        erase_file_later(reading.photo.name)
        RegisterReading.objects.filter(pk=reading.pk).update(photo="")
    uploads = Upload.objects.filter(by=person)
    for upload in uploads.exclude(file=""):
        erase_file_later(upload.file.name)
    return uploads.delete()[1]


def _drop_files(premises: Premises) -> None:
    """Files go when the rows are gone for certain, and no crash keeps one."""
    for upload in Upload.objects.filter(premises=premises).exclude(file=""):
        erase_file_later(upload.file.name)
    photos = RegisterReading.objects.filter(meter__premises=premises)
    for reading in photos.exclude(photo=""):
        erase_file_later(reading.photo.name)

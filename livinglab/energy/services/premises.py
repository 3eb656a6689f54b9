"""Verbs about homes and facilities: add, change, invite, join, leave."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.energy.errors import InvitationRefused, PremisesRefused
from livinglab.energy.models import (
    Membership,
    Premises,
    PremisesDiscount,
    PremisesInvitation,
)
from livinglab.energy.selectors.tariffs import tariff_book
from livinglab.energy.services.neighbourhoods import mark_areas_of
from livinglab.energy.services.outlooks import mark_outlooks_due
from livinglab.energy.services.savings import mark_premises_due
from livinglab.energy.services.telling import tell_of_joining
from livinglab.kernel.pace import keep_pace
from livinglab.kernel.permissions import require
from livinglab.people.models import Consent, Person
from livinglab.people.services import require_consent

# No 0, 1, I, O: read aloud and typed by hand.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
CODE_DAYS = 7
CHANGEABLE = (
    "name",
    "neighbourhood",
    "dwelling",
    "area_band",
    "people_band",
    "heating",
    "tariff_kind",
    "contract_kw",
    "reading_day",
    "compares",
)
# A change of these changes every figure of the home.
MOVES_FIGURES = {"tariff_kind", "contract_kw", "reading_day"}


@transaction.atomic
def add_premises(facts: Mapping[str, Any], *, by: Person) -> Premises:
    """Add a home and make the person its owner; needs the energy consent."""
    require_consent(by, Consent.Purpose.ENERGY)
    return _owned_by(by, Premises.Kind.HOME, facts)


@transaction.atomic
def add_facility(
    facts: Mapping[str, Any], *, publishes: bool = False, by: Person
) -> Premises:
    """Add a public facility of one's own city; its operator joins by code.

    `publishes` notes that the operator agrees to be counted and named.
    """
    require(by, "energy.add_facility", facts["neighbourhood"])
    return _owned_by(by, Premises.Kind.FACILITY, facts, publishes=publishes)


def _owned_by(
    person: Person, kind: str, facts: Mapping[str, Any], **more: Any
) -> Premises:
    _refuse_unknown(facts)
    home = Premises.objects.create(kind=kind, **facts, **more)
    Membership.objects.create(
        premises=home, person=person, right=Membership.Right.OWNER
    )
    return home


@transaction.atomic
def change_premises(
    premises: Premises, facts: Mapping[str, Any], *, by: Person
) -> Premises:
    """Correct what is known of a home; figures that hang on it become due."""
    require(by, "energy.change_premises", premises)
    _refuse_unknown(facts)
    changed = [name for name in facts if getattr(premises, name) != facts[name]]
    for name in changed:
        setattr(premises, name, facts[name])
    if "neighbourhood" in changed:
        mark_areas_of([premises.pk])  # the city it leaves
    if changed:
        premises.save(update_fields=[*changed, "updated_at"])
        mark_outlooks_due([premises.pk])
    if "neighbourhood" in changed:
        mark_areas_of([premises.pk])
    if MOVES_FIGURES & set(changed):
        mark_premises_due(premises, "premises")
    return premises


def _refuse_unknown(facts: Mapping[str, Any]) -> None:
    if unknown := set(facts) - set(CHANGEABLE):
        raise ValueError(f"these facts of a home cannot be set: {sorted(unknown)}")
    kind = facts.get("tariff_kind")
    if kind is not None and kind not in tariff_book().kinds():
        raise PremisesRefused(
            _("This kind of contract is not known. Please choose again.")
        )


@transaction.atomic
def choose_discounts(premises: Premises, names: Iterable[str], *, by: Person) -> None:
    """Keep which discounts the home has, apart and by own consent; none erases it."""
    require(by, "energy.change_premises", premises)
    wanted = sorted(set(names))
    if not wanted:
        gone, _by_model = PremisesDiscount.objects.filter(premises=premises).delete()
        if gone:
            mark_premises_due(premises, "discounts")
        return
    require_consent(by, Consent.Purpose.DISCOUNTS)
    known = set(tariff_book().discount_names(premises.tariff_kind))
    if set(wanted) - known:
        raise PremisesRefused(_("This discount does not go with the home's contract."))
    PremisesDiscount.objects.update_or_create(
        premises=premises, defaults={"names": wanted}
    )
    mark_premises_due(premises, "discounts")


@transaction.atomic
def invite(premises: Premises, *, by: Person) -> str:
    """Make a code that lets one person join; it is shown once and only its
    digest is kept."""
    require(by, "energy.change_premises", premises)
    code = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))
    PremisesInvitation.objects.create(
        premises=premises,
        code_digest=_digest(code),
        made_by=by,
        expires_at=timezone.now() + timedelta(days=CODE_DAYS),
    )
    return code


@transaction.atomic
def join_by_code(code: str, *, by: Person) -> Premises:
    """Become a member of the home whose code this is; a code works once."""
    require_consent(by, Consent.Purpose.ENERGY)
    keep_pace("energy.join_by_code", by.pk)
    now = timezone.now()
    taken = PremisesInvitation.objects.filter(
        code_digest=_digest(code), used_at=None, expires_at__gt=now
    ).update(used_at=now)
    if not taken:
        raise InvitationRefused(
            _("This code is not valid any more. Please ask for a new one.")
        )
    invitation = PremisesInvitation.objects.select_related("premises").get(
        code_digest=_digest(code)
    )
    membership, is_new = Membership.objects.get_or_create(
        premises=invitation.premises,
        person=by,
        defaults={"right": Membership.Right.MEMBER},
    )
    if is_new:
        tell_of_joining(invitation, membership)
    return invitation.premises


def _digest(code: str) -> str:
    plain = "".join(code.upper().split()).replace("-", "")
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def end_membership(membership: Membership, *, by: Person) -> None:
    """A member leaves, or the owner lets one go; the last owner stays."""
    premises = membership.premises
    if membership.person_id != by.pk:
        require(by, "energy.change_premises", premises)
    owners = premises.memberships.select_for_update().filter(
        right=Membership.Right.OWNER
    )
    if membership.right == Membership.Right.OWNER and len(owners) == 1:
        raise PremisesRefused(
            _("A home needs an owner. Make somebody else the owner first.")
        )
    membership.delete()
    mark_areas_of([premises.pk])


@transaction.atomic
def make_owner(membership: Membership, *, by: Person) -> Membership:
    """Give a member the owner's rights as well."""
    require(by, "energy.change_premises", membership.premises)
    membership.right = Membership.Right.OWNER
    membership.save(update_fields=["right"])
    mark_areas_of([membership.premises_id])
    return membership

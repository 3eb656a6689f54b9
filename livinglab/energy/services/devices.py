"""Verbs of things that send readings by themselves, each with a token of its own."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.energy.errors import DeviceRefused, UsageRefused
from livinglab.energy.models import Device, Meter, Premises
from livinglab.energy.readers.device_usage import RowError, read_device_rows
from livinglab.energy.readers.limits import FACILITY, HOME
from livinglab.energy.services.usage import Stored, meter_of, store_intervals
from livinglab.kernel.permissions import require
from livinglab.people.models import Consent, Person
from livinglab.people.services import require_consent

MOST_DEVICES = 10
_ERRORS_TOLD = 100


@transaction.atomic
def add_device(premises: Premises, *, name: str, by: Person) -> tuple[Device, str]:
    """Let a device send readings; its token is told now and never again."""
    require(by, "energy.change_premises", premises)
    require_consent(by, Consent.Purpose.ENERGY)
    if (
        Device.objects.working().filter(meter__premises=premises).count()
        >= MOST_DEVICES
    ):
        raise DeviceRefused(_("This home has enough devices. Please remove one first."))
    meter = meter_of(
        premises,
        commodity=Meter.Commodity.ELECTRICITY,
        flow=Meter.Flow.IMPORT,
        unit="Wh",
    )
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        meter=meter, name=name.strip()[:40], token_digest=digest_of(token), made_by=by
    )
    return device, token


@transaction.atomic
def revoke_device(device: Device, *, by: Person) -> Device:
    """Take a device's token away; what it sent stays."""
    require(by, "energy.change_premises", device.meter.premises)
    if device.revoked_at is None:
        device.revoked_at = timezone.now()
        device.save(update_fields=["revoked_at"])
    return device


def device_of(token: str) -> Device | None:
    """The working device that holds this token, of somebody whose consent stands."""
    return (
        Device.objects.working()
        .filter(
            token_digest=digest_of(token),
            made_by__consents__purpose=Consent.Purpose.ENERGY,
            made_by__consents__withdrawn_at=None,
            made_by__leaving_since=None,
        )
        .select_related("meter__premises")
        .first()
    )


def store_device_usage(device: Device, rows: Sequence[object], *, unit: str) -> Stored:
    """Take up to 10,000 intervals, all or none; the same again changes nothing."""
    limits = FACILITY if device.meter.premises.is_facility else HOME
    now = timezone.now()
    coming, errors = read_device_rows(
        rows, unit=unit, now=int(now.timestamp()), limits=limits
    )
    if errors:
        raise _refusal(errors)
    with transaction.atomic():
        stored = store_intervals(device.meter, coming, reason="device")
        Device.objects.filter(pk=device.pk).update(last_seen_at=now)
    return stored


def _refusal(errors: Sequence[RowError]) -> UsageRefused:
    told = [
        {"index": error.index, "field": error.field, "code": error.code}
        for error in errors[:_ERRORS_TOLD]
    ]
    sentence = _(
        "%(count)s intervals cannot be taken, so nothing was stored. Please correct "
        "them and send all again."
    )
    return UsageRefused(
        sentence % {"count": len(errors)}, errors=told, error_count=len(errors)
    )


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()

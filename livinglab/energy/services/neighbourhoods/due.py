"""Which cities' figures are due, and for which months."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from livinglab.energy.models import AreaDue


@transaction.atomic
def mark_area_due(city_id: int, months: Iterable[date]) -> int:
    """Mark a city's months; one that waits already gets a new token."""
    rows = [
        AreaDue(city_id=city_id, month=month, token=secrets.randbits(62))
        for month in sorted(set(months))
    ]
    AreaDue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["city", "month"],
        update_fields=["token"],
    )
    return len(rows)

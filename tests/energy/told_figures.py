"""Everything computed in a database, told without keys, to compare two runs.

`python -m tests.energy.told_figures` prints it as one line of JSON.
"""

import hashlib
import json
from typing import Any

import django
from django.apps import apps
from django.db.models import Model, QuerySet

OWNER = "premises__memberships__person__email"
OWNED = {"premises__memberships__right": "owner"}
# What may differ between two honest runs: keys, and when it was computed.
UNTOLD = {"id", "premises", "station", "city", "computed_at"}


def told() -> dict[str, list[Any]]:
    """Figures, fates of files, digests of stored days, and what is still due."""
    return {
        "savings": _rows("Saving", OWNER, "span", "month"),
        "baselines": _rows("Baseline", OWNER),
        "areas": _rows("AreaSaving", "level", "code", "kind", "span", "month"),
        "uploads": [
            [str(value) for value in row]
            for row in _model("Upload")
            .filter(**OWNED)
            .order_by(OWNER, "name")
            .values_list(OWNER, "name", "state", "rows_new", "rows_read", "kwh")
        ],
        "days": _digests("UsageDay", "day", "blob"),
        "daily": _digests("DailyUse", "year", "wh"),
        "left": [
            _model("Upload").filter(state__in=["received", "reading"]).count(),
            _model("SavingsDue").count(),
            _model("AreaDue").count(),
        ],
    }


def _model(name: str) -> QuerySet[Model]:
    model: type[Model] = apps.get_model("energy", name)
    return model._default_manager.all()


def _rows(name: str, *order: str) -> list[dict[str, str]]:
    rows = _model(name)
    columns = [f.name for f in rows.model._meta.fields if f.name not in UNTOLD]
    if OWNER in order:
        rows = rows.filter(**OWNED)
        columns.append(OWNER)
    found = rows.order_by(*order).values(*columns)
    return [{key: str(value) for key, value in row.items()} for row in found]


def _digests(name: str, order: str, column: str) -> list[str]:
    meters = _model("Meter").filter(**OWNED).order_by(OWNER, "commodity")
    return [
        hashlib.sha256(
            b"".join(
                bytes(blob)
                for blob in _model(name)
                .filter(meter=meter)
                .order_by(order)
                .values_list(column, flat=True)
            )
        ).hexdigest()
        for meter in meters
    ]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(told()))

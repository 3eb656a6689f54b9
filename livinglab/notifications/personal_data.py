"""What notifications hold about a person, and how it goes."""

from typing import Any

from livinglab.kernel.personal_data import holds
from livinglab.notifications.models import (
    Delivery,
    MobileNumber,
    Notice,
    Preference,
    PushSubscription,
    Rhythm,
)

HELD = (Notice, Delivery, Preference, Rhythm, PushSubscription, MobileNumber)


def export(person: Any) -> dict[str, Any]:
    """Notices with their fate, choices and addresses."""
    return {
        "notices": [
            {
                "kind": notice.kind,
                "facts": notice.facts,
                "told_at": notice.created_at.isoformat(),
                "read_at": notice.read_at and notice.read_at.isoformat(),
                "deliveries": {d.channel: d.state for d in notice.deliveries.all()},
            }
            for notice in Notice.objects.filter(person=person).prefetch_related(
                "deliveries"
            )
        ],
        "choices": list(
            Preference.objects.filter(person=person).values(
                "subject", "channel", "is_on"
            )
        ),
        "rhythm": Rhythm.objects.filter(person=person)
        .values(
            "quiet_from", "quiet_until", "safety_at_night", "weekly_most", "letters"
        )
        .first(),
        "browsers": list(
            PushSubscription.objects.filter(person=person).values_list(
                "endpoint", flat=True
            )
        ),
        "mobile_number": MobileNumber.objects.filter(person=person)
        .values_list("number", flat=True)
        .first(),
    }


def erase(person: Any) -> dict[str, int]:
    """Everything, at once; what was being handed over has left the house already."""
    gone = {}
    for model in reversed(HELD):
        rows = model._default_manager.filter(person=person)
        count = rows.count()
        rows.delete()
        gone[model._meta.label] = count
    return gone


holds("notifications", export=export, erase=erase)

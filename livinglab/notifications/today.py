"""What waits for staff about messages: those that could not be sent."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.dashboard import TodayCard, todays_work
from livinglab.notifications.models import Delivery

WITHIN = timedelta(days=7)
HANGS_AFTER = timedelta(hours=1)


@todays_work
def failed_messages(person: Any) -> list[TodayCard]:
    if not person.operates and not person.coordinated_city_ids:
        return []
    rows = Delivery.objects.all()
    if not person.operates:
        rows = rows.filter(person__neighbourhood__city__in=person.coordinated_city_ids)
    now = timezone.now()
    failed = rows.filter(state=Delivery.State.FAILED, handed_at__gt=now - WITHIN)
    late = rows.filter(state=Delivery.State.DUE, next_try_at__lt=now - HANGS_AFTER)
    link = reverse("admin:notifications_delivery_changelist")
    return [
        TodayCard(
            _("Messages that could not be sent in a week"),
            failed.count(),
            f"{link}?state__exact=failed",
            _("The notice stands in the inbox all the same."),
        ),
        TodayCard(
            _("Messages that hang"),
            late.count(),
            f"{link}?state__exact=due",
            _("Due for over an hour: the worker is missing."),
            urgent=True,
        ),
    ]

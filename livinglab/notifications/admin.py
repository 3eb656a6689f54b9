"""What became of deliveries: states and times, never words, facts or addresses."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from livinglab.kernel.city_admin import CityAdmin, mark
from livinglab.notifications.kinds import kind_of
from livinglab.notifications.models import Delivery

COLOURS = {
    Delivery.State.SENT: "success",
    Delivery.State.FAILED: "danger",
    Delivery.State.UNKNOWN: "warning",
    Delivery.State.DUE: "info",
    Delivery.State.SENDING: "info",
}


@admin.register(Delivery)
class DeliveryTable(CityAdmin):
    city_path = "person__neighbourhood__city"
    list_display = (
        "number",
        "kind",
        "channel",
        "shown_state",
        "reason",
        "tries",
        "next_try_at",
        "sent_at",
    )
    list_filter = ("state", "reason", "channel", "notice__kind")
    list_select_related = ("notice",)
    date_hierarchy = "handed_at"
    fields = (
        ("number", "kind"),
        ("channel", "state", "reason"),
        ("tries", "attempts"),
        ("next_try_at", "handed_at", "sent_at"),
        ("is_collected", "is_urgent"),
    )
    readonly_fields = ("number", "kind", "attempts")

    @admin.display(description=gettext_lazy("number"), ordering="pk")
    def number(self, delivery: Delivery) -> str:
        return f"#{delivery.pk}"

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, delivery: Delivery) -> str:
        declared = kind_of(delivery.notice.kind)
        return str(declared.label) if declared else delivery.notice.kind

    @mark(gettext_lazy("state"), {str(k): v for k, v in COLOURS.items()})
    def shown_state(self, delivery: Delivery) -> tuple[str, Any]:
        return delivery.state, delivery.get_state_display()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""What became of deliveries: states and times, never words, facts or addresses."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.kernel.city_admin import CityAdmin, mark
from livinglab.kernel.errors import Refused
from livinglab.notifications.kinds import kind_of
from livinglab.notifications.models import Delivery
from livinglab.notifications.selectors import count_deliveries
from livinglab.notifications.services.retrying import retry_delivery
from livinglab.people.http import person_of

WITHIN = timedelta(days=7)

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
    actions = ("try_again",)
    list_before_template = "admin/notifications/delivery_counts.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        rows = self.get_queryset(request)
        counts = count_deliveries(rows, since=timezone.now() - WITHIN)
        facts = {"counts": counts} | (extra_context or {})
        found: HttpResponse = super().changelist_view(request, facts)
        return found

    @admin.action(description=gettext_lazy("Send again"), permissions=["act"])
    def try_again(self, request: HttpRequest, rows: QuerySet[Delivery]) -> None:
        """Those that failed; the service says of the others why not."""
        again = 0
        for row in rows.select_related("person__neighbourhood"):
            try:
                retry_delivery(row, by=person_of(request))
                again += 1
            except Refused as refusal:
                messages.warning(request, f"#{row.pk}: {refusal}")
        if again:
            said = _("%(count)s messages are on their way again.")
            messages.success(request, said % {"count": again})

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

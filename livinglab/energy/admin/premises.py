"""Homes and facilities of a city, and what their people said about them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from livinglab.energy.admin.base import HomeAdmin
from livinglab.energy.models import (
    DeclaredEvent,
    Membership,
    Premises,
    PremisesInvitation,
    Upload,
)
from livinglab.energy.services.recompute import recompute
from livinglab.kernel.city_admin import CityInline, mark
from livinglab.people.http import person_of


class UploadsOfHome(CityInline):
    model = Upload
    fields = ("created_at", "name", "state", "format", "rows_new", "rows_refused")
    readonly_fields = fields
    show_change_link = True


class EventsOfHome(CityInline):
    model = DeclaredEvent
    fields = ("on", "until", "kind", "effect")
    readonly_fields = fields


@admin.register(Premises)
class PremisesTable(HomeAdmin):
    """No address, no member's e-mail, no discount: none is needed to help."""

    city_path = "neighbourhood__city"
    home_path = ""
    list_display = (
        "name",
        "neighbourhood",
        "kind_mark",
        "part",
        "joined_on",
        "observations",
        "waiting",
        "failed",
        "origin",
    )
    list_filter = ("kind", "part", "origin", "neighbourhood__city")
    search_fields = ("name", "neighbourhood__name_ko")
    list_select_related = ("neighbourhood", "baseline")
    actions = ("recompute_now",)
    inlines = (UploadsOfHome, EventsOfHome)
    fields = (
        ("name", "kind"),
        ("neighbourhood", "station"),
        ("dwelling", "heating"),
        ("area_band", "people_band"),
        ("tariff_kind", "contract_kw"),
        ("joined_on", "reading_day"),
        ("part", "origin"),
        ("compares", "publishes"),
        "people_here",
    )
    readonly_fields = ("people_here",)

    def get_queryset(self, request: HttpRequest) -> Any:
        failed = Count(
            "uploads", filter=Q(uploads__state=Upload.State.REFUSED), distinct=True
        )
        due = Count("due", distinct=True)
        rows = super().get_queryset(request)
        return rows.annotate(failed_uploads=failed, due_rows=due)

    @mark(_("kind"), {"home": "info", "facility": "success"})
    def kind_mark(self, home: Premises) -> tuple[str, str]:
        return home.kind, home.get_kind_display()

    @admin.display(description=_("days in the baseline"))
    def observations(self, home: Premises) -> int | None:
        baseline = getattr(home, "baseline", None)
        return baseline.n if baseline else None

    @admin.display(description=_("figures due"))
    def waiting(self, home: Any) -> int:
        return int(home.due_rows)

    @admin.display(description=_("failed uploads"), ordering="-failed_uploads")
    def failed(self, home: Any) -> int:
        return int(home.failed_uploads)

    @admin.display(description=_("people"))
    def people_here(self, home: Premises) -> int:
        return home.memberships.count()

    @admin.action(description=_("Compute again"), permissions=["act"])
    def recompute_now(self, request: HttpRequest, rows: QuerySet[Premises]) -> None:
        homes = recompute(list(rows), by=person_of(request))
        messages.success(
            request,
            ngettext(
                "%(count)s home will be computed again.",
                "%(count)s homes will be computed again.",
                homes,
            )
            % {"count": homes},
        )


@admin.register(DeclaredEvent)
class DeclaredEventTable(HomeAdmin):
    city_path = "premises__neighbourhood__city"
    list_display = ("on", "until", "home_name", "kind", "effect")
    list_filter = ("kind", "effect")
    list_select_related = ("premises",)


@admin.register(Membership)
class MembershipTable(HomeAdmin):
    """How many people a home has and since when; who they are is theirs to say."""

    city_path = "premises__neighbourhood__city"
    list_display = ("home_name", "right", "since")
    list_filter = ("right",)
    list_select_related = ("premises",)
    fields = ("premises", "right", "since")


@admin.register(PremisesInvitation)
class PremisesInvitationTable(HomeAdmin):
    city_path = "premises__neighbourhood__city"
    list_display = ("home_name", "expires_at", "used_at")
    list_select_related = ("premises",)
    fields = ("premises", "expires_at", "used_at")

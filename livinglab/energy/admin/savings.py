"""What was computed, and what must still be computed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from livinglab.energy.admin.base import HomeAdmin
from livinglab.energy.models import (
    AreaDue,
    AreaSaving,
    Baseline,
    Premises,
    Saving,
    SavingsDue,
)
from livinglab.kernel.city_admin import CityAdmin, mark

WITHOUT_FIGURES = (
    ("level", "code", "city"),
    ("kind", "span", "month"),
    ("is_published", "hidden_because"),
    ("method", "computed_at"),
)
CITY = "premises__neighbourhood__city"


@admin.register(Saving)
class SavingTable(HomeAdmin):
    """The list says how far the count is; what was saved stands inside, noted."""

    city_path = CITY
    list_display = (
        "month",
        "span",
        "home_name",
        "days",
        "days_possible",
        "method",
        "computed_at",
    )
    list_filter = ("span", "method")
    list_select_related = ("premises",)
    date_hierarchy = "month"
    ordering = ("-month",)


@admin.register(Baseline)
class BaselineTable(HomeAdmin):
    city_path = CITY
    list_display = (
        "home_name",
        "kind",
        "starts_on",
        "ends_on",
        "n",
        "missing",
        "method",
        "computed_at",
    )
    list_filter = ("kind", "method")
    list_select_related = ("premises",)
    # How well it fits is for whoever computes: `manage.py fit_baseline`.
    fields = (
        ("premises", "kind"),
        ("starts_on", "ends_on"),
        ("n", "missing"),
        ("station", "model"),
        ("method", "computed_at"),
    )


@admin.register(SavingsDue)
class SavingsDueTable(HomeAdmin):
    city_path = CITY
    list_display = (
        "home_name",
        "month",
        "reason",
        "due_at",
        "claimed_until",
        "attempts",
    )
    list_filter = ("reason",)
    list_select_related = ("premises",)
    exclude = ("token",)
    ordering = ("due_at",)


@admin.register(AreaSaving)
class AreaSavingTable(CityAdmin):
    """Small groups are hidden here too: staff see why, not how much."""

    city_path = "city"
    list_display = (
        "month",
        "over",
        "level",
        "code",
        "homes_or_facilities",
        "homes",
        "published",
        "computed_at",
    )
    list_filter = ("level", "kind", "span", "is_published")
    search_fields = ("code",)
    date_hierarchy = "month"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or obj.is_published:
            return super().get_fields(request, obj)
        return WITHOUT_FIGURES

    @admin.display(description=_("period"))
    def over(self, area: AreaSaving) -> str:
        return str(Saving.Span(area.span).label)

    @admin.display(description=_("home or facility"))
    def homes_or_facilities(self, area: AreaSaving) -> str:
        return str(Premises.Kind(area.kind).label)

    @mark(_("published"), {"yes": "success", "no": "warning"})
    def published(self, area: AreaSaving) -> tuple[str, str]:
        if area.is_published:
            return "yes", str(_("published"))
        return "no", area.hidden_because


@admin.register(AreaDue)
class AreaDueTable(CityAdmin):
    city_path = "city"
    list_display = ("city", "month", "due_at", "claimed_until", "attempts")
    exclude = ("token",)
    list_select_related = ("city",)
    ordering = ("due_at",)

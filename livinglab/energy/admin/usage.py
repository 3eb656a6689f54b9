"""What came in: uploads with their fate, meters, readings, bills, devices."""

from typing import Any

from django.contrib import admin
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from livinglab.energy.admin.base import HomeAdmin
from livinglab.energy.models import (
    Bill,
    BillChange,
    DailyUse,
    Device,
    Meter,
    RegisterReading,
    RegisterReadingChange,
    Upload,
    UsageDay,
)
from livinglab.energy.words import reader as reader_words
from livinglab.kernel.city_admin import mark

CITY = "premises__neighbourhood__city"
CITY_OF_METER = f"meter__{CITY}"


class States(admin.ChoicesFieldListFilter):
    """One state, or several as today's work names them."""

    def expected_parameters(self) -> list[str | None]:
        return [*super().expected_parameters(), f"{self.field_path}__in"]


@admin.register(Upload)
class UploadTable(HomeAdmin):
    """The file itself is not shown: what was understood and refused is enough."""

    city_path = CITY
    list_display = (
        "created_at",
        "name",
        "home_name",
        "state_mark",
        "format",
        "rows_new",
        "rows_same",
        "rows_refused",
        "what_happened",
    )
    list_filter = (("state", States), "format")
    search_fields = ("name",)
    list_select_related = ("premises",)
    date_hierarchy = "created_at"
    fields = (
        ("premises", "name", "size"),
        ("state", "format", "attempts"),
        ("rows_read", "rows_new", "rows_same", "rows_refused"),
        ("first", "last", "kwh"),
        "what_happened",
        ("created_at", "updated_at", "claimed_until"),
    )
    readonly_fields = ("what_happened",)

    @mark(
        _("state"),
        {
            "preview": "info",
            "received": "warning",
            "reading": "warning",
            "imported": "success",
            "refused": "danger",
        },
    )
    def state_mark(self, upload: Upload) -> tuple[str, str]:
        return upload.state, upload.get_state_display()

    @admin.display(description=_("messages"))
    def what_happened(self, upload: Upload) -> str:
        return " · ".join(
            reader_words.message(message) for message in upload.messages[:5]
        )


@admin.register(Meter)
class MeterTable(HomeAdmin):
    city_path = CITY
    list_display = ("home_name", "commodity", "flow", "unit", "zone")
    list_filter = ("commodity", "flow")
    list_select_related = ("premises",)


@admin.register(RegisterReading)
class RegisterReadingTable(HomeAdmin):
    city_path = CITY_OF_METER
    home_path = "meter__premises"
    list_display = ("read_at", "home_name", "starts_new_meter", "rolled_over")
    list_select_related = ("meter__premises",)
    date_hierarchy = "read_at"
    fields = (
        ("meter", "read_at", "kwh"),
        ("starts_new_meter", "old_meter_final_kwh", "rolled_over"),
        "quality",
    )


@admin.register(RegisterReadingChange)
class RegisterReadingChangeTable(HomeAdmin):
    city_path = f"reading__{CITY_OF_METER}"
    home_path = "reading__meter__premises"
    list_display = ("at", "home_name")
    list_select_related = ("reading__meter__premises",)
    fields = ("reading", "old", "at")


@admin.register(Bill)
class BillTable(HomeAdmin):
    city_path = CITY
    list_display = ("start", "end", "home_name", "tariff_kind", "is_estimate")
    list_filter = ("tariff_kind", "is_estimate")
    list_select_related = ("premises",)
    fields = (
        ("premises", "start", "end"),
        ("kwh", "amount_won", "computed_won"),
        ("tariff_kind", "is_estimate"),
    )


@admin.register(BillChange)
class BillChangeTable(HomeAdmin):
    city_path = CITY
    list_display = ("at", "home_name")
    list_select_related = ("premises",)
    fields = ("premises", "bill", "old", "at")


@admin.register(Device)
class DeviceTable(HomeAdmin):
    """Never the token, nor anything made of it."""

    city_path = CITY_OF_METER
    home_path = "meter__premises"
    list_display = ("name", "home_name", "made_at", "last_seen_at", "revoked_at")
    list_select_related = ("meter__premises",)
    fields = ("name", "meter", "made_at", "last_seen_at", "revoked_at")


class Packed(HomeAdmin):
    """Rows of packed readings: that they are there and how large, not their values."""

    city_path = CITY_OF_METER
    home_path = "meter__premises"
    list_select_related = ("meter__premises",)
    packed = ""

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).annotate(size=Length(self.packed))
        return rows.defer(self.packed)

    @admin.display(description=_("bytes"))
    def size(self, row: Any) -> int:
        return int(row.size)


@admin.register(UsageDay)
class UsageDayTable(Packed):
    packed = "blob"
    list_display = ("day", "home_name", "size")
    fields = ("meter", "day", "size")
    readonly_fields = ("size",)


@admin.register(DailyUse)
class DailyUseTable(Packed):
    packed = "wh"
    list_display = ("year", "home_name", "size")
    fields = ("meter", "year", "size")
    readonly_fields = ("size",)

"""Stations with their freshness, their days, and what must still be fetched."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.kernel.city_admin import CityAdmin, mark, page_action
from livinglab.kernel.errors import Refused
from livinglab.kernel.permissions import may
from livinglab.observations.forms import WeatherFileForm
from livinglab.observations.models import (
    FRESH_FOR,
    DailyWeather,
    Station,
    WeatherChange,
    WeatherFetch,
)
from livinglab.observations.readers import WeatherFile
from livinglab.observations.services import (
    Stored,
    announce_left_changes,
    ask_again,
    read_file,
    store_file,
)
from livinglab.people.http import person_of


class Freshness(admin.SimpleListFilter):
    title = gettext_lazy("freshness")
    parameter_name = "fresh"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", _("without fresh days"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        if self.value() != "no":
            return None
        stale = Station.objects.without_fresh_days(timezone.localdate())
        return queryset.filter(pk__in=stale)


@admin.register(Station)
class StationTable(CityAdmin):
    list_display = (
        "number",
        "name_ko",
        "kind",
        "newest_day",
        "freshness",
        "fetched_at",
    )
    list_filter = (Freshness, "kind")
    actions_list = ("load_file",)
    fields = (
        ("number", "kind"),
        ("name_ko", "name_en"),
        ("lon", "lat", "elevation_m"),
        ("newest_day", "fetched_at"),
    )

    @mark(
        gettext_lazy("freshness"),
        {"fresh": "success", "stale": "warning", "never": "danger"},
    )
    def freshness(self, station: Station) -> tuple[str, str]:
        if station.newest_day is None:
            return "never", _("no measured day")
        if station.newest_day < timezone.localdate() - FRESH_FOR:
            return "stale", _("out of date")
        return "fresh", _("fresh")

    @page_action(gettext_lazy("Load a weather file"), "load-file")
    def load_file(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:observations_station_load")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.load_view)
        urls: list[URLPattern] = super().get_urls()
        return [path("load/", view, name="observations_station_load"), *urls]

    def load_view(self, request: HttpRequest) -> HttpResponse:
        """Look first, then store: the same reader as the command's."""
        if not may(person_of(request), "observations.load_weather"):
            raise PermissionDenied
        form = WeatherFileForm(request.POST or None, request.FILES or None)
        found = None
        if request.method == "POST" and form.is_valid():
            try:
                found = read_file(form.cleaned_data["file"].read())
                if "store" in request.POST:
                    self._store(request, found, form)
                    return redirect("admin:observations_station_changelist")
            except Refused as refusal:
                messages.error(request, str(refusal))
        return render(
            request,
            "admin/observations/load_file.html",
            self.admin_site.each_context(request)
            | {
                "title": _("Load a weather file"),
                "form": form,
                "found": _understood(found) if found else None,
                "opts": self.opts,
            },
        )

    def _store(
        self, request: HttpRequest, found: WeatherFile, form: WeatherFileForm
    ) -> None:
        station: Station | None = form.cleaned_data["station"]
        stored = store_file(
            found,
            source=form.cleaned_data["source"],
            station_number=station.number if station else None,
        )
        for number, days in stored.items():
            messages.success(request, _told(number, days))


def _told(number: int, days: Stored) -> str:
    return _(
        "Station %(number)s: %(new)s new days, %(changed)s changed, %(same)s the same."
    ) % {
        "number": number,
        "new": days.new,
        "changed": days.changed,
        "same": days.same,
    }


def _understood(found: WeatherFile) -> dict[str, Any]:
    days = [reading.day for reading in found.readings]
    return {
        "layout": found.layout,
        "encoding": found.encoding,
        "days": len(days),
        "first": min(days),
        "last": max(days),
        "missing": sum(reading.tmean is None for reading in found.readings),
        "refused": found.refused[:10],
        "refused_count": len(found.refused),
    }


@admin.register(DailyWeather)
class DailyWeatherTable(CityAdmin):
    list_display = ("day", "station", "tmean", "tmin", "tmax", "source", "quality")
    list_filter = ("station", "source", "quality")
    list_select_related = ("station",)
    date_hierarchy = "day"


@admin.register(WeatherFetch)
class WeatherFetchTable(CityAdmin):
    list_display = (
        "station",
        "first",
        "last",
        "state",
        "attempts",
        "due_at",
        "message",
    )
    list_filter = ("state", "station")
    list_select_related = ("station",)
    actions = ("try_again",)

    @admin.action(description=gettext_lazy("Ask again now"), permissions=["act"])
    def try_again(self, request: HttpRequest, rows: QuerySet[WeatherFetch]) -> None:
        for row in rows:
            ask_again(row, by=person_of(request))


@admin.register(WeatherChange)
class WeatherChangeTable(CityAdmin):
    list_display = ("changed_at", "station", "day_count")
    list_select_related = ("station",)
    actions = ("announce",)

    @admin.display(description=gettext_lazy("days"))
    def day_count(self, change: WeatherChange) -> int:
        return len(change.days)

    @admin.action(description=gettext_lazy("Announce again"), permissions=["act"])
    def announce(self, request: HttpRequest, rows: QuerySet[WeatherChange]) -> None:
        announce_left_changes()

"""Cities and neighbourhoods, to look up: seeds and official boundaries write them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.city_admin import CityAdmin
from livinglab.places.models import City, District, Neighbourhood


@admin.register(City)
class CityTable(CityAdmin):
    list_display = ("name_ko", "name_en", "code", "default_station", "boundaries")
    fields = (
        ("code", "name_ko", "name_en"),
        ("region_ko", "region_en"),
        ("default_station", "code_prefixes"),
        ("boundaries", "boundary_version"),
    )


@admin.register(District)
class DistrictTable(CityAdmin):
    city_path = "city"
    list_display = ("code", "name_ko", "name_en", "city")
    list_select_related = ("city",)


@admin.register(Neighbourhood)
class NeighbourhoodTable(CityAdmin):
    city_path = "city"
    list_display = (
        "name_ko",
        "name_en",
        "district",
        "city",
        "code",
        "code_is_provisional",
        "station_number",
        "drawn",
    )
    list_filter = ("city", "code_is_provisional", "station_number")
    search_fields = ("name_ko", "name_en", "code")
    list_select_related = ("city", "district")
    fields = (
        ("code", "code_is_provisional", "kostat_code"),
        ("name_ko", "name_en"),
        ("city", "district"),
        ("centre_lon", "centre_lat", "centre_is_estimate"),
        ("station_number", "since"),
        ("predecessors", "boundary_version"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("polygon", "city__outline")

    @admin.display(description=_("official boundary"), boolean=True)
    def drawn(self, place: Neighbourhood) -> bool:
        return place.has_polygon

"""What a map must know: the cities, where their shapes are, what lies under them."""

from collections.abc import Hashable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from livinglab.places.models import City
from livinglab.places.selectors import shapes_versions

KEPT_S = 600


def map_facts(**more: Any) -> dict[str, Any]:
    """Props of a map: cities, tiles and words, and what this page adds to them."""
    return {
        "cities": map_cities(),
        "tiles": {"url": settings.MAP_TILES_URL, "by": settings.MAP_TILES_BY},
        "words": _words(),
        **more,
    }


def map_stand() -> Hashable:
    """Another answer whenever a map would be another: cities, borders, tiles."""
    key = f"map-stand:{get_language()}"
    stand = cache.get(key)
    if stand is None:
        stand = sha256(repr(map_cities()).encode()).hexdigest()
        cache.set(key, stand, KEPT_S)
    return (stand, settings.MAP_TILES_URL, settings.MAP_TILES_BY)


def map_cities() -> list[dict[str, Any]]:
    """Kept for ten minutes: the address of an older shape serves the newer one."""
    key = f"map-cities:{get_language()}"
    kept: list[dict[str, Any]] | None = cache.get(key)
    if kept is None:
        cities = list(City.objects.order_by("pk"))
        versions = shapes_versions()
        kept = [_city(city, versions[city.pk]) for city in cities]
        cache.set(key, kept, KEPT_S)
    return kept


def _city(city: City, version: str) -> dict[str, Any]:
    lons = [lon for lon, _lat in city.outline]
    lats = [lat for _lon, lat in city.outline]
    address = reverse("places:shapes", args=[city.code])
    return {
        "code": city.code,
        "name": city.name,
        "shapes": f"{address}?v={version}",
        "box": [min(lons), min(lats), max(lons), max(lats)],
        "outline": city.outline,
    }


def _words() -> dict[str, str]:
    return {
        "label": _("Map. The list says the same."),
        "nearer": _("Nearer"),
        "farther": _("Farther"),
        "chosen": _("%(place)s is chosen."),
        "outside": _("This place lies outside the cities that take part."),
        "no_position": _(
            "Your position is not known just now. Tap the map or choose from the list."
        ),
        "far_off": _("Your position lies outside the cities that take part."),
        "asking": _("Asking for your position"),
        "kept": _("No connection: this is how it stood on %(day)s."),
        "several": _("%(count)s reports here"),
    }

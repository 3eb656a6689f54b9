"""Verbs about places: writing the seeded ones, taking official boundaries."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry import mapping

from livinglab.kernel.commit import after_commit
from livinglab.places.boundary_file import (
    DrawnArea,
    Flaw,
    Unreadable,
    flaws,
    read_areas,
)
from livinglab.places.boundary_match import BoundaryReport, Known, match
from livinglab.places.errors import BoundariesRefused
from livinglab.places.events import boundaries_loaded
from livinglab.places.models import City, District, Neighbourhood

FLAWS_SHOWN = 5


@transaction.atomic
def write_city(facts: dict[str, Any]) -> City:
    """Write one city of the seeds; boundaries loaded since are kept."""
    names = (
        "name_ko",
        "name_en",
        "region_ko",
        "region_en",
        "code_prefixes",
        "default_station",
        "outline",
    )
    city, _new = City.objects.update_or_create(
        code=facts["code"], defaults={name: facts[name] for name in names}
    )
    return city


@transaction.atomic
def write_district(facts: dict[str, Any], city: City) -> District:
    """Write one gu or gun of the seeds."""
    district, _new = District.objects.update_or_create(
        code=facts["code"],
        defaults={
            "city": city,
            "name_ko": facts["name_ko"],
            "name_en": facts["name_en"],
        },
    )
    return district


@transaction.atomic
def write_neighbourhoods(
    city: City, rows: Sequence[dict[str, Any]], districts: dict[str, District]
) -> int:
    """Write a city's neighbourhoods of the seeds and their predecessors."""
    places = {row["code"]: _write_neighbourhood(row, city, districts) for row in rows}
    for row in rows:
        before = [places[code] for code in row.get("predecessors", [])]
        if before:
            places[row["code"]].predecessors.set(before)
    if city.is_approximate:
        _note_version(city, "cells-" + _digest([[city.outline], list(rows)]))
    return len(places)


def _write_neighbourhood(
    row: dict[str, Any], city: City, districts: dict[str, District]
) -> Neighbourhood:
    known = Neighbourhood.objects.filter(code=row["code"]).first()
    if known is None and row.get("code_is_provisional"):
        # An official file may have given it its code since.
        known = Neighbourhood.objects.filter(
            city=city, kostat_code=row["kostat_code"]
        ).first()
    place = known or Neighbourhood(code=row["code"], city=city)
    if known is None:
        place.code_is_provisional = row.get("code_is_provisional", False)
    place.name_ko, place.name_en = row["name_ko"], row["name_en"]
    place.kostat_code = row.get("kostat_code", "")
    place.district = districts.get(row.get("gu", ""))
    place.station_number = row["station"]
    place.since = row.get("since")
    if not place.has_polygon:
        place.centre_lon, place.centre_lat = row["lon"], row["lat"]
        place.centre_is_estimate = row.get("centre_is_estimate", False)
    place.save()
    return place


@transaction.atomic
def load_boundaries(
    content: bytes, *, version: str, dry_run: bool = False, add_new: bool = False
) -> BoundaryReport:
    """Put official polygons in the place of the cells, all or nothing."""
    areas = _read(content)
    report = match(areas, _known(), _prefixes(), add_new=add_new)
    if not report.matched and not report.added:
        raise BoundariesRefused(
            _("No area of the file belongs to a city of the lab. Nothing was changed.")
        )
    if not dry_run:
        _store(report, version)
    return report


def _read(content: bytes) -> list[DrawnArea]:
    try:
        areas = read_areas(content)
    except Unreadable as why:
        raise BoundariesRefused(_sentence(why)) from why
    if found := flaws(areas):
        shown = "; ".join(_flaw_words(flaw) for flaw in found[:FLAWS_SHOWN])
        raise BoundariesRefused(
            _(
                "The boundaries have %(count)s flaws. Nothing was changed. "
                "The first are: %(shown)s"
            )
            % {"count": len(found), "shown": shown}
        )
    return areas


def _sentence(why: Unreadable) -> str:
    sentences = {
        "not_json": _("The file is not GeoJSON. Nothing was changed."),
        "no_features": _("The file holds no areas. Nothing was changed."),
        "not_degrees": _(
            "The coordinates are not longitude and latitude in Korea (EPSG:4326). "
            "Nothing was changed."
        ),
        "bad_feature": _(
            "Area number %(number)s of the file has no usable shape. "
            "Nothing was changed."
        )
        % {"number": why.detail},
    }
    return sentences[why.kind]


def _flaw_words(flaw: Flaw) -> str:
    facts = {"first": flaw.first, "second": flaw.second, "detail": flaw.detail}
    if flaw.kind == "overlap":
        return _("%(first)s and %(second)s overlap by %(detail)s m²") % facts
    if flaw.kind == "twice":
        return _("%(first)s is there twice") % facts
    return _("%(first)s: %(detail)s") % facts


def _known() -> list[Known]:
    return [
        Known(
            pk=place.pk,
            city=place.city.code,
            district=place.district.name_ko if place.district else "",
            code=place.code,
            kostat_code=place.kostat_code,
            name=place.name_ko,
            is_provisional=place.code_is_provisional,
            lon=place.centre_lon,
            lat=place.centre_lat,
            centre_is_estimate=place.centre_is_estimate,
        )
        for place in Neighbourhood.objects.without_shapes()
    ]


def _prefixes() -> dict[str, list[str]]:
    return dict(City.objects.values_list("code", "code_prefixes"))


def _store(report: BoundaryReport, version: str) -> None:
    places = Neighbourhood.objects.in_bulk([m.known.pk for m in report.matched])
    for found in report.matched:
        place = places[found.known.pk]
        place.code = found.code
        place.code_is_provisional = place.code_is_provisional and (
            found.code == found.known.code
        )
        place.kostat_code = found.area.kostat_code or place.kostat_code
        place.centre_lon, place.centre_lat = found.centre
        place.centre_is_estimate = False
        place.polygon = _geojson(found.area)
        place.boundary_version = version
        place.save()
    _retire_missing(report)
    _add(report, version)
    for city in City.objects.filter(code__in=report.cities):
        city.boundaries = City.Boundaries.OFFICIAL
        city.save(update_fields=["boundaries"])
        _note_version(city, f"{version}-{_digest([version, report.fingerprint])}")
        after_commit(boundaries_loaded.send_robust, City, city_id=city.pk)


def _retire_missing(report: BoundaryReport) -> None:
    """A neighbourhood the new file does not draw keeps no older polygon."""
    Neighbourhood.objects.filter(pk__in=[known.pk for known in report.missing]).update(
        polygon="", boundary_version=""
    )


def _add(report: BoundaryReport, version: str) -> None:
    cities = {city.code: city for city in City.objects.filter(code__in=report.cities)}
    districts = {d.code: d for d in District.objects.all()}
    for new in report.added:
        city = cities[new.city]
        Neighbourhood.objects.create(
            code=new.area.code,
            kostat_code=new.area.kostat_code,
            name_ko=new.area.name,
            city=city,
            district=districts.get(new.area.code[:5]),
            centre_lon=new.centre[0],
            centre_lat=new.centre[1],
            station_number=city.default_station,
            polygon=_geojson(new.area),
            boundary_version=version,
        )


def _geojson(area: DrawnArea) -> str:
    return json.dumps(mapping(area.geometry), separators=(",", ":"))


def _note_version(city: City, version: str) -> None:
    city.boundary_version = version[:60]
    city.save(update_fields=["boundary_version"])


def _digest(facts: Any) -> str:
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]

"""Official polygons take the place of the cells, all or nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from livinglab.places.errors import BoundariesRefused
from livinglab.places.models import City, Neighbourhood
from livinglab.places.seeding import seed_places
from livinglab.places.selectors import neighbourhoods_at
from livinglab.places.services import load_boundaries
from tests import make


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: Any, **facts: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": facts}


def geojson(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


JEONGWANG = feature(
    box(126.72, 37.32, 126.75, 37.36), mois_code="4139059100", name="정왕1동"
)
DAEYA = feature(
    box(126.75, 37.32, 126.82, 37.47), mois_code="4139051000", name="대야동"
)


@pytest.fixture
def two_dongs(db: None) -> None:
    make.neighbourhood("4139059100")
    make.neighbourhood("4139051000")


def names_at(lon: float, lat: float) -> list[str]:
    return [place.name_ko for place in neighbourhoods_at(lon, lat).candidates]


def test_polygons_answer_from_now_on(two_dongs: None) -> None:
    report = load_boundaries(geojson(JEONGWANG, DAEYA), version="2026-01")

    assert len(report.matched) == 2
    answer = neighbourhoods_at(126.755, 37.34)
    assert [place.name_ko for place in answer.candidates] == ["대야동"]
    assert answer.is_sure
    city = City.objects.get()
    assert not city.is_approximate
    assert names_at(126.75, 37.34) == ["대야동", "정왕1동"]


def test_a_dry_run_stores_nothing(two_dongs: None) -> None:
    report = load_boundaries(geojson(JEONGWANG), version="x", dry_run=True)

    assert [known.name for known in report.missing] == ["대야동"]
    assert not Neighbourhood.objects.exclude(boundary_version="").exists()
    assert City.objects.get().is_approximate


def test_an_overlap_over_one_square_metre_refuses_the_whole_file(
    two_dongs: None,
) -> None:
    shifted = feature(box(126.7499, 37.32, 126.82, 37.47), mois_code="4139051000")
    with pytest.raises(BoundariesRefused, match="m²"):
        load_boundaries(geojson(JEONGWANG, shifted), version="x")
    assert not Neighbourhood.objects.exclude(polygon="").exists()


def test_a_sliver_under_one_square_metre_is_no_overlap(two_dongs: None) -> None:
    # 5e-11 degrees are 4 µm; over 15 km of border that is 0.07 m².
    sliver = feature(box(126.74999999995, 37.32, 126.82, 37.47), code="4139051000")
    report = load_boundaries(geojson(JEONGWANG, sliver), version="x")
    assert len(report.matched) == 2


BOW_TIE = {
    "type": "Polygon",
    "coordinates": [
        [[126.7, 37.3], [126.8, 37.4], [126.8, 37.3], [126.7, 37.4], [126.7, 37.3]]
    ],
}


@pytest.mark.parametrize(
    "content",
    [
        b"not json",
        b"[]",
        geojson(),
        geojson(feature(BOW_TIE, mois_code="4139059100")),
        geojson(feature(None, mois_code="4139059100")),
        geojson(feature({"type": "Point", "coordinates": [126.7, 37.3]})),
        geojson(feature(box(195000, 530000, 196000, 531000), mois_code="4139059100")),
        geojson(JEONGWANG, JEONGWANG),
        geojson(feature(box(126.9, 37.5, 127.0, 37.6), mois_code="1111053000")),
    ],
    ids=[
        "no json",
        "no collection",
        "empty",
        "crossing itself",
        "no shape",
        "a point",
        "metres",
        "twice",
        "another city",
    ],
)
def test_what_cannot_be_taken_is_refused_and_changes_nothing(
    two_dongs: None, content: bytes
) -> None:
    with pytest.raises(BoundariesRefused):
        load_boundaries(content, version="x")
    assert City.objects.get().is_approximate


def test_an_official_code_replaces_the_provisional_one(seeded: str) -> None:
    island = feature(
        box(126.68, 37.31, 126.70, 37.33),
        adm_cd2="4139059800",
        adm_cd="31150760",
        adm_nm="경기도 시흥시 거북섬동",
    )
    load_boundaries(geojson(island), version="2026-01")

    place = Neighbourhood.objects.get(name_ko="거북섬동")
    assert (place.code, place.code_is_provisional) == ("4139059800", False)
    seed_places(Path("seeds"))
    assert Neighbourhood.objects.filter(name_ko="거북섬동").count() == 1
    place.refresh_from_db()
    assert place.code == "4139059800"


def test_an_area_of_ours_we_did_not_know_is_told_and_added_on_demand(
    two_dongs: None,
) -> None:
    new = feature(box(126.70, 37.32, 126.72, 37.36), code="4139059900", name="새동")
    report = load_boundaries(geojson(JEONGWANG, new), version="x")
    assert [area.area.name for area in report.unknown] == ["새동"]
    assert not Neighbourhood.objects.filter(name_ko="새동").exists()

    load_boundaries(geojson(JEONGWANG, new), version="y", add_new=True)
    assert names_at(126.71, 37.34) == ["새동"]


def test_the_command_prints_the_difference(two_dongs: None, tmp_path: Path) -> None:
    file = tmp_path / "dongs.geojson"
    renamed = feature(
        box(126.72, 37.32, 126.75, 37.36), mois_code="4139059100", name="정왕일동"
    )
    file.write_bytes(geojson(renamed))
    out = StringIO()
    call_command("load_boundaries", file, dry_run=True, stdout=out)
    told = out.getvalue()
    assert "대야동" in told
    assert "정왕일동" in told


def test_the_command_refuses_with_a_sentence(two_dongs: None, tmp_path: Path) -> None:
    file = tmp_path / "broken.geojson"
    file.write_text("{")
    with pytest.raises(CommandError, match="GeoJSON"):
        call_command("load_boundaries", file)
    with pytest.raises(CommandError):
        call_command("load_boundaries", tmp_path / "absent.geojson")


def test_the_published_boundaries_load_and_answer(
    seeded: str, shared_data: Path
) -> None:
    folder = shared_data / "boundaries"
    siheung = load_boundaries(
        (folder / "siheung_dong.geojson").read_bytes(), version="2025-06"
    )
    daegu = load_boundaries(
        (folder / "daegu_dong.geojson").read_bytes(), version="2021-04"
    )
    assert (len(siheung.matched), siheung.missing) == (20, [])
    assert siheung.km2("siheung") == pytest.approx(141.5, rel=0.005)
    assert len(daegu.matched) == 149
    assert [known.name for known in daegu.missing] == ["유천동"]
    assert daegu.km2("daegu") == pytest.approx(1493.1, rel=0.005)
    for place in Neighbourhood.objects.without_shapes():
        answer = neighbourhoods_at(place.centre_lon, place.centre_lat)
        assert place in answer.candidates

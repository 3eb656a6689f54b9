"""What a first visit costs: at most 60 kB compressed in at most 8 requests."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from livinglab.places.seeding import seed_places

MOST_BYTES, MOST_REQUESTS = 60_000, 8
MOST_ISLAND_BYTES = 40_000
MOST_MAP_BYTES = 300_000
MAP = "src/lib/map/map.ts"
LEAFLET = "node_modules/leaflet/dist/leaflet-src.js"  # comes in a moment of its own
PUBLIC = [
    "/",
    "/about/",
    "/energy/",
    "/energy/how/",
    "/goals/",
    "/places/",
    "/report/",
    "/search/",
]


@pytest.fixture(scope="module")
def built() -> Path:
    folder = Path(settings.FRONTEND_DIST)
    if not (folder / "manifest.json").is_file():
        pytest.skip("the front end is not built")
    return folder


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_a_first_visit_is_light(address, client, built):
    page = client.get(address).content
    asked = set(re.findall(rb'(?:src|href)="/static/([^"]+)"', page))
    files = [built / name.decode() for name in asked]
    assert len(files) + 1 <= MOST_REQUESTS
    assert weight(page) + sum(weight(f.read_bytes()) for f in files) <= MOST_BYTES


def test_an_island_is_light(built):
    manifest = json.loads((built / "manifest.json").read_text())
    for name, chunk in manifest.items():
        if chunk.get("isDynamicEntry"):
            most = MOST_MAP_BYTES if name in (MAP, LEAFLET) else MOST_ISLAND_BYTES
            assert weight((built / chunk["file"]).read_bytes()) <= most


def test_a_map_of_both_cities_is_light(built, client, db):
    seed_places(settings.SEEDS_DIR)
    manifest = json.loads((built / "manifest.json").read_text())
    drawn = [manifest[MAP], manifest[LEAFLET]]
    files = [name for one in drawn for name in (one["file"], *one.get("css", []))]
    shapes = [
        client.get(f"/places/shapes/{city}.json") for city in ("siheung", "daegu")
    ]
    whole = sum(weight((built / name).read_bytes()) for name in files)
    assert whole + sum(weight(one.content) for one in shapes) <= MOST_MAP_BYTES

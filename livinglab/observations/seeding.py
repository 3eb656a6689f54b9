"""Stations of `seeds/`."""

import json
from pathlib import Path

from livinglab.kernel.seeding import seeds
from livinglab.observations.services import write_station


@seeds("observations", order=20)
def seed_stations(folder: Path) -> str:
    """Write the stations."""
    stations = json.loads((folder / "stations.json").read_text("utf-8"))["stations"]
    for facts in stations:
        write_station(facts)
    return f"{len(stations)} stations"

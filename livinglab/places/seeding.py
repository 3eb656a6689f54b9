"""Cities, districts and neighbourhoods of `seeds/`."""

import json
from pathlib import Path

from livinglab.kernel.seeding import seeds
from livinglab.places.services import write_city, write_district, write_neighbourhoods


@seeds("places", order=10)
def seed_places(folder: Path) -> str:
    """Write the cities and their neighbourhoods."""
    cities = json.loads((folder / "cities.json").read_text("utf-8"))["cities"]
    areas = json.loads((folder / "neighbourhoods.json").read_text("utf-8"))
    count = 0
    for facts in cities:
        city = write_city(facts)
        districts = {
            row["code"]: write_district(row, city)
            for row in areas["districts"]
            if row["city"] == city.code
        }
        rows = [row for row in areas["neighbourhoods"] if row["city"] == city.code]
        count += write_neighbourhoods(city, rows, districts)
    return f"{len(cities)} cities, {count} neighbourhoods"

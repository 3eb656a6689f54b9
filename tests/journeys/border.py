"""A point in Jeongwang that two neighbourhoods may claim. Run on the lab's data.

python -m tests.journeys.border
"""

import django

django.setup()

from livinglab.places.models import Neighbourhood  # noqa: E402
from livinglab.places.selectors import neighbourhoods_at  # noqa: E402

CENTRE = "4139059100"
STEPS = 4000


def between() -> tuple[float, float]:
    """On the way from one centre to its neighbours' the first point in doubt."""
    here = Neighbourhood.objects.get(code=CENTRE)
    answer = neighbourhoods_at(here.centre_lon, here.centre_lat)
    for there in answer.nearby:
        for step in range(STEPS):
            share = step / STEPS
            lon = here.centre_lon + share * (there.centre_lon - here.centre_lon)
            lat = here.centre_lat + share * (there.centre_lat - here.centre_lat)
            if len(neighbourhoods_at(lon, lat).candidates) == 2:
                return lon, lat
    raise SystemExit("no border was met")


if __name__ == "__main__":
    print(*between())

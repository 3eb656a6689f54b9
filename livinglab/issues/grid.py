"""Where reports are, in squares: a coarse key that any database can index.

Pure. A square is 1/400 of a degree (at 36 degrees north about 278 m by 225 m), so the
reports within 250 m of a point lie in its square or one of the eight beside it, and
for a larger radius in as many rings as it takes.
"""

import math
from collections.abc import Iterator

PER_DEGREE = 400
PUBLISHED = 10_000  # places of a degree that the public gets
BLUR_M = 10  # how far a place may lie from where it is published
_WIDE = 360 * PER_DEGREE
EARTH_M = 6_371_008.8  # mean radius, IUGG
M_PER_DEGREE = EARTH_M * math.pi / 180
SLACK = 1.001  # rounding must not lose what lies on the rim


def square_of(lon: float, lat: float) -> int:
    """The key of the square a point (degrees, WGS 84) lies in."""
    column, row = _column_and_row(lon, lat)
    return row * _WIDE + column


def squares_around(lon: float, lat: float, radius_m: float) -> list[int]:
    """Keys of all squares that reach into the circle's bounding box."""
    up = radius_m * SLACK / M_PER_DEGREE
    # Meridians draw together: the box is widest where the circle is nearest the pole.
    aside = up / max(math.cos(math.radians(abs(lat) + up)), 0.01)
    return list(squares_in(lon - aside, lat - up, lon + aside, lat + up))


def squares_in(west: float, south: float, east: float, north: float) -> Iterator[int]:
    """Keys of the squares that touch a box (degrees)."""
    left, bottom = _column_and_row(west, south)
    right, top = _column_and_row(east, north)
    for row in range(bottom, top + 1):
        for column in range(left, right + 1):
            yield row * _WIDE + column


def published(lon: float, lat: float) -> tuple[float, float]:
    """A place as the public gets it: to about ten metres, which finds a pothole and
    names no doorbell.
    """
    return round(lon, 4), round(lat, 4)


def published_between(low: float, high: float) -> tuple[float, float]:
    """Degrees from and below which all is published between two others.

    Whoever asks for boxes learns no more of a place than where it is published.
    """
    first = math.ceil(low * PUBLISHED - 1e-6)
    last = math.floor(high * PUBLISHED + 1e-6)
    return (first - 0.5) / PUBLISHED, (last + 0.5) / PUBLISHED


def centre_of(square: int) -> tuple[float, float]:
    """Longitude and latitude of a square's middle."""
    row, column = divmod(square, _WIDE)
    return (column + 0.5) / PER_DEGREE - 180, (row + 0.5) / PER_DEGREE - 90


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points (longitude, latitude), by the haversine."""
    (lon_a, lat_a), (lon_b, lat_b) = a, b
    north = math.radians(lat_b - lat_a) / 2
    east = math.radians(lon_b - lon_a) / 2
    shrunk = math.cos(math.radians(lat_a)) * math.cos(math.radians(lat_b))
    return (
        2
        * EARTH_M
        * math.asin(math.sqrt(math.sin(north) ** 2 + shrunk * math.sin(east) ** 2))
    )


def _column_and_row(lon: float, lat: float) -> tuple[int, int]:
    return (
        math.floor((lon + 180) * PER_DEGREE),
        math.floor((lat + 90) * PER_DEGREE),
    )

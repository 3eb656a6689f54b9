"""Squares hold what is near."""

import math

from hypothesis import given
from hypothesis import strategies as st

from livinglab.issues.grid import (
    centre_of,
    metres_between,
    square_of,
    squares_around,
    squares_in,
)

LON = st.floats(124, 132)
LAT = st.floats(33, 39)


def test_the_distance_of_two_known_points_is_known():
    siheung, daegu = (126.8031, 37.3799), (128.6014, 35.8714)
    assert math.isclose(metres_between(siheung, daegu), 231_200, rel_tol=0.005)


@given(LON, LAT, st.floats(1, 1000), st.floats(0, 2 * math.pi), st.floats(0, 0.999))
def test_whatever_lies_in_the_circle_lies_in_its_squares(
    lon, lat, radius, angle, share
):
    up = radius * share / 111_195
    point = (
        lon + up * math.sin(angle) / math.cos(math.radians(lat)),
        lat + up * math.cos(angle),
    )
    if metres_between((lon, lat), point) <= radius:
        assert square_of(*point) in squares_around(lon, lat, radius)


@given(LON, LAT)
def test_a_square_knows_its_middle(lon, lat):
    square = square_of(lon, lat)
    assert square_of(*centre_of(square)) == square


@given(LON, LAT)
def test_a_circle_of_250_m_touches_few_squares(lon, lat):
    assert 4 <= len(squares_around(lon, lat, 250)) <= 16


def test_a_box_names_each_of_its_squares_once():
    squares = list(squares_in(126.7001, 37.3001, 126.7099, 37.3099))
    assert len(squares) == len(set(squares)) == 16

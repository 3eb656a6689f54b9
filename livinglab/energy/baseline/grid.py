"""The balance points a search may try, and how much weather each one needs."""

from __future__ import annotations

from dataclasses import dataclass

HUNDREDTHS = 100.0
"""Temperatures are worked on as hundredths of a degree, whole numbers in practice."""


@dataclass(frozen=True)
class Grid:
    """Heating and cooling balance points in hundredths of a degree, ascending.

    `least_degree_days` (hundredths of a degree times days) and `least_days` say when a
    balance point has seen enough weather to be tried (CalTRACK 2.0, section 3.2).
    """

    name: str
    unit: str
    heating: tuple[float, ...]
    cooling: tuple[float, ...]
    least_degree_days: float
    least_days: int = 10

    @property
    def candidates(self) -> int:
        """How many models the search weighs, the intercept alone included."""
        pairs = sum(cool >= heat for heat in self.heating for cool in self.cooling)
        return 1 + len(self.heating) + len(self.cooling) + pairs


def _steps(first: int, last: int, step: int) -> tuple[float, ...]:
    return tuple(float(point) for point in range(first, last + 1, step))


GRID_1F = Grid("1f", "F", _steps(3000, 9000, 100), _steps(3000, 9000, 100), 2000.0)
GRID_05C = Grid("0.5c", "C", _steps(0, 2500, 50), _steps(1000, 3200, 50), 1110.0)
GRIDS = {grid.name: grid for grid in (GRID_1F, GRID_05C)}

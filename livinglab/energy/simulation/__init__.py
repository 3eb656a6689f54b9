"""Homes made by physics with a known true saving (pure: NumPy, no Django).

Not the degree-day model of `baseline`: rooms store heat, people come and go, cooling
starts late and stops when it is pleasant. So finding the saving again is a real test.
"""

from livinglab.energy.simulation.buildings import Outdoors
from livinglab.energy.simulation.changes import NO_CHANGE, Change, draw_change
from livinglab.energy.simulation.gaps import draw_gaps, in_quarters
from livinglab.energy.simulation.households import (
    Household,
    draw_household,
    public_facility,
)
from livinglab.energy.simulation.run import Simulated, simulate

__all__ = [
    "NO_CHANGE",
    "Change",
    "Household",
    "Outdoors",
    "Simulated",
    "draw_change",
    "draw_gaps",
    "draw_household",
    "in_quarters",
    "public_facility",
    "simulate",
]

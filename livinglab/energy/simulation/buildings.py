"""Rooms that store heat, hour by hour: what heating and cooling draw (pure).

One thermal node a home: C dT/dt = UA (T_out - T) + gains + heating - cooling. Windows
are opened before the cooling is switched on; cooling needs somebody at home and starts
late (patience) and stops at the set point. So use follows yesterday's heat as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.simulation.appliances import column
from livinglab.energy.simulation.households import Household

Floats: TypeAlias = NDArray[np.float64]

HOURS = 24
COLDEST_HOUR = 5
LATITUDE = np.radians(36.5)
SUN_W_M2 = 320.0  # through a window on a clear noon, mean of its sides, shaded
PERSON_W = 75.0
WINDOWS_OPEN_C = 24.0
OPEN_WINDOWS = 6.0  # times the closed loss
PUMP_SHARE = 0.012  # electricity of a boiler's pump and fan per heat delivered
FRIDGE_PER_K = 0.025
BLANKET_BELOW_C = 9.0


@dataclass(frozen=True, eq=False)
class Outdoors:
    """Hours outside, all (hours,): °C, W/m² on a window, 0 light to 1 dark."""

    temperature: Floats
    sun: Floats
    darkness: Floats
    daily_mean: Floats

    @classmethod
    def of_days(
        cls, tmean: Floats, tmin: Floats, tmax: Floats, day_of_year: Floats
    ) -> "Outdoors":
        """Hours whose daily mean is `tmean`; a wide day was a sunny one."""
        temperature = _temperature(tmean, tmin, tmax)
        daylight = _daylight(day_of_year)
        clear = np.clip((tmax - tmin) / 11.0, 0.15, 1.1)
        return cls(
            temperature=temperature.ravel(),
            sun=(SUN_W_M2 * clear[:, None] * daylight).ravel(),
            darkness=np.clip(1 - 3 * daylight, 0, 1).ravel(),
            daily_mean=np.repeat(tmean, HOURS),
        )


def _temperature(tmean: Floats, tmin: Floats, tmax: Floats) -> Floats:
    hour = np.arange(HOURS)
    wave = -np.cos(2 * np.pi * (hour - COLDEST_HOUR) / HOURS)
    half = (tmax - tmin)[:, None] / 2
    raw = tmean[:, None] + half * wave
    flat = raw.ravel()  # no jump at midnight
    smooth = np.convolve(np.pad(flat, 2, mode="edge"), np.full(5, 0.2), mode="valid")
    days = smooth.reshape(-1, HOURS)
    return np.asarray(days + (tmean - days.mean(axis=1))[:, None])


def _daylight(day_of_year: Floats) -> Floats:
    """Height of the sun over the horizon as a share of overhead, (days, hours)."""
    tilt = np.radians(23.45) * np.sin(2 * np.pi * (284 + day_of_year) / 365)
    angle = np.radians(15.0) * (np.arange(HOURS) + 0.5 - 12.5)
    height = np.sin(LATITUDE) * np.sin(tilt)[:, None] + np.cos(LATITUDE) * np.cos(tilt)[
        :, None
    ] * np.cos(angle)
    return np.asarray(np.clip(height, 0, None))


@dataclass(frozen=True, eq=False)
class Wishes:
    """Set points by hour and home in °C, and who is there to want them."""

    heat: Floats
    cool: Floats
    patience: Floats
    at_home: Floats


def climate_load(
    homes: Sequence[Household],
    outdoors: Outdoors,
    inside_w: Floats,
    wishes: Wishes,
) -> tuple[Floats, Floats]:
    """Electric W of heating and cooling, and the room's °C; both (hours, homes)."""
    hours, count = inside_w.shape
    loss, store = column(homes, "loss_w_k"), column(homes, "store_wh_k")
    cool_w, cop = column(homes, "cool_w"), column(homes, "cool_cop")
    gains = inside_w + outdoors.sun[:, None] * column(homes, "window_m2")
    heat_electric = _electric_share_of_heat(homes)
    out = outdoors.temperature
    cop_now = cop * np.clip(1 - 0.015 * (out[:, None] - 28), 0.6, 1.15)
    there = wishes.at_home > 0.3
    cools = there & (cool_w > 0)
    opened = loss * OPEN_WINDOWS
    room = np.full(count, 20.0)
    running = np.zeros(count, dtype=bool)
    electric, rooms = np.empty((hours, count)), np.empty((hours, count))
    for t in range(hours):
        open_now = (room > WINDOWS_OPEN_C) & (out[t] < room) & ~running & there[t]
        flow = np.where(open_now, opened, loss)
        # Exact for the hour, so open windows cannot overshoot.
        settled = out[t] + gains[t] / flow
        free = settled + (room - settled) * np.exp(-flow / store)
        wish = wishes.cool[t]
        wanted = np.where(running, wish, wish + wishes.patience)
        running = cools[t] & (free > wanted)
        chill = np.minimum(np.maximum((free - wish) * store, 0), cool_w) * running
        warm = np.maximum(wishes.heat[t] - free, 0) * store
        room = free + (warm - chill) / store
        electric[t] = warm * heat_electric + chill / cop_now[t]
        rooms[t] = room
    return electric, rooms


def _electric_share_of_heat(homes: Sequence[Household]) -> Floats:
    return np.array(
        [
            home.electric_zone / home.heat_cop
            if home.heating == "electric"
            else PUMP_SHARE
            for home in homes
        ]
    )


def fridge_factor(room: Floats) -> Floats:
    """A fridge works harder in a warm kitchen."""
    return 1 + FRIDGE_PER_K * (room - 21)


def blankets(homes: Sequence[Household], outdoors: Outdoors, awake: Floats) -> Floats:
    """Electric blankets and mats on cold nights, W, (hours, homes)."""
    cold = np.clip((BLANKET_BELOW_C - outdoors.daily_mean) / 10, 0, 1.2)
    return column(homes, "blanket_w") * (cold * (1 - awake))[:, None] * 2

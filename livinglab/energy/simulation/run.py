"""A neighbourhood simulated twice from the same draws: as it is, and as it would be."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.simulation.appliances import Loads, column, loads
from livinglab.energy.simulation.buildings import (
    PERSON_W,
    Outdoors,
    Wishes,
    blankets,
    climate_load,
    fridge_factor,
)
from livinglab.energy.simulation.changes import Change
from livinglab.energy.simulation.households import Household
from livinglab.energy.simulation.korean_days import free_days
from livinglab.energy.simulation.people_at_home import AWAKE, HOURS, presence
from livinglab.observations.weather_years import autoregressive

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

COOL_MOOD_C = 0.6  # how much the wish for cool air differs from day to day


@dataclass(frozen=True, eq=False)
class Simulated:
    """Whole Wh by home and hour, (homes, hours): metered, and had nothing changed."""

    first: date
    used_wh: Ints
    otherwise_wh: Ints

    @property
    def true_saving_wh(self) -> Ints:
        """Exactly what the change saved, (homes, days)."""
        less = self.otherwise_wh - self.used_wh
        return np.asarray(less.reshape(less.shape[0], -1, HOURS).sum(axis=2))


@dataclass(frozen=True, eq=False)
class _Strength:
    """How far each home's change has gone by hour, times each of its parts."""

    standby: Floats
    appliances: Floats
    lights: Floats
    fridge: Floats
    cooling_c: Floats
    heating_c: Floats


def simulate(
    homes: Sequence[Household],
    outdoors: Outdoors,
    *,
    first: date,
    changes: Sequence[Change],
    change_days: Sequence[int],
    seed: int,
) -> Simulated:
    """Hourly use of homes under one sky.

    `change_days`: index of the day each home's change begins. Both runs share every
    random draw, so their difference is the change alone. A home's figures depend on
    the seed and its own number, not on its neighbours.
    """
    hours = outdoors.temperature.size
    free = free_days(first, hours // HOURS)
    at_home = presence(homes, free, seed)
    drawn = loads(homes, at_home, outdoors.darkness[:, None], seed)
    mood = _cool_mood(homes, hours, seed)
    both = [*homes, *homes]
    strength = _strength(changes, change_days, hours)
    watts = _run(
        both, outdoors, _twice(drawn), _beside(at_home), _beside(mood), strength
    )
    whole = np.rint(np.maximum(watts, 0)).astype(np.int64).T
    return Simulated(first, whole[len(homes) :].copy(), whole[: len(homes)].copy())


def _beside(columns: Floats) -> Floats:
    return np.concatenate([columns, columns], axis=1)


def _twice(drawn: Loads) -> Loads:
    return Loads(*(_beside(getattr(drawn, part.name)) for part in fields(drawn)))


def _run(
    homes: Sequence[Household],
    outdoors: Outdoors,
    drawn: Loads,
    at_home: Floats,
    mood: Floats,
    change: _Strength,
) -> Floats:
    """W by hour and home: first every home unchanged, then every home changed."""
    awake = np.tile(AWAKE, at_home.shape[0] // HOURS)
    appliances = drawn.appliances * (1 - change.appliances)
    lights = drawn.lights * (1 - change.lights)
    standby = drawn.standby * (1 - change.standby)
    fridge = drawn.fridge * (1 - change.fridge)
    inside = appliances * 0.8 + lights + standby + fridge
    inside += PERSON_W * column(homes, "people") * at_home
    climate, room = climate_load(
        homes, outdoors, inside, _wishes(homes, at_home, mood, change)
    )
    night = blankets(homes, outdoors, awake) * (at_home > 0)
    return (
        appliances + lights + standby + fridge * fridge_factor(room) + climate + night
    )


def _wishes(
    homes: Sequence[Household], at_home: Floats, mood: Floats, change: _Strength
) -> Wishes:
    lowered = column(homes, "setback") * (at_home < 0.3)
    heat = column(homes, "heat_set") - lowered - change.heating_c
    cool = column(homes, "cool_set") + mood + change.cooling_c
    patience = column(homes, "cool_patience")
    return Wishes(heat, np.maximum(cool, heat + 2), patience, at_home)


def _cool_mood(homes: Sequence[Household], hours: int, seed: int) -> Floats:
    days = [
        autoregressive(
            np.random.default_rng([seed, home.index, 6]).standard_normal(
                hours // HOURS
            ),
            home.rho,
        )
        for home in homes
    ]
    return np.repeat(np.stack(days, axis=1), HOURS, axis=0) * COOL_MOOD_C


def _strength(
    changes: Sequence[Change], change_days: Sequence[int], hours: int
) -> _Strength:
    """Nothing for the unchanged; the others learn over the first weeks."""
    day = np.arange(hours) // HOURS
    learnt = np.stack(
        [
            np.clip((day - start + 1) / max(change.learning_days, 1), 0, 1)
            for change, start in zip(changes, change_days, strict=True)
        ],
        axis=1,
    )
    parts = [
        learnt * np.array([getattr(change, part.name) for change in changes])
        for part in fields(_Strength)
    ]
    return _Strength(
        *(np.concatenate([np.zeros_like(part), part], axis=1) for part in parts)
    )

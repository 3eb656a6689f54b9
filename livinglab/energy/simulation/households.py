"""Who lives where with which appliances: one believable household a seed (pure)."""

from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

Dwelling = Literal["flat", "multi", "house", "other"]
Heating = Literal["district", "gas", "electric"]
Rhythm = Literal["worker", "mixed", "home", "office"]
T = TypeVar("T", bound=str)

# Statistics Korea's household sizes, rounded: small households are the most common.
PEOPLE_SHARE = (0.30, 0.27, 0.21, 0.16, 0.06)
DWELLING_SHARE: dict[Dwelling, float] = {"flat": 0.62, "multi": 0.25, "house": 0.13}
HEATING_SHARE: dict[Dwelling, dict[Heating, float]] = {
    "flat": {"district": 0.34, "gas": 0.61, "electric": 0.05},
    "multi": {"gas": 0.91, "electric": 0.09},
    "house": {"gas": 0.84, "electric": 0.16},
}
# W a kelvin and m² of floor, to outside; flats share walls with heated neighbours
LOSS_W_K_M2: dict[Dwelling, float] = {
    "flat": 1.3, "multi": 1.9, "house": 2.6, "other": 1.8,
}  # fmt: skip


@dataclass(frozen=True)
class Household:
    """What never changes by itself about a home. Powers in W, temperatures in °C."""

    index: int
    dwelling: Dwelling
    heating: Heating
    rhythm: Rhythm
    people: int
    area_m2: float
    appliances_w: float
    fridge_w: float
    standby_w: float
    lights_w: float
    blanket_w: float
    loss_w_k: float
    store_wh_k: float
    window_m2: float
    heat_set: float
    setback: float
    cool_set: float
    cool_patience: float
    cool_w: float
    cool_cop: float
    heat_cop: float
    electric_zone: float
    noise: float
    rho: float


def draw_household(seed: int, index: int) -> Household:
    """Household number `index`; the same for the same seed, whatever else is drawn."""
    rng = np.random.default_rng([seed, index, 1])
    people = 1 + int(rng.choice(5, p=PEOPLE_SHARE))
    dwelling = _pick(rng, DWELLING_SHARE)
    heating = _pick(rng, HEATING_SHARE[dwelling])
    area = float(np.clip((30 + 13 * people) * rng.lognormal(0, 0.25), 20, 180))
    loss = LOSS_W_K_M2[dwelling] * area * float(rng.lognormal(0, 0.15))
    heat_pump = bool(rng.random() < 0.6)
    return Household(
        index=index,
        dwelling=dwelling,
        heating=heating,
        rhythm=_rhythm(rng, people),
        people=people,
        area_m2=round(area, 1),
        appliances_w=(55 + 50 * people**0.8) * float(rng.lognormal(0, 0.28)),
        fridge_w=(40 + 6 * people + 28 * (rng.random() < 0.6)) * rng.uniform(0.8, 1.25),
        standby_w=rng.uniform(20, 75) + 0.15 * area,
        lights_w=area * rng.uniform(1.6, 3.4),
        blanket_w=people * rng.uniform(0, 60) * (heating != "district"),
        loss_w_k=loss,
        store_wh_k=area * rng.uniform(40, 75),
        window_m2=area * rng.uniform(0.08, 0.2),
        heat_set=rng.uniform(19.5, 22.5),
        setback=rng.uniform(0, 3),
        cool_set=rng.uniform(25.0, 27.5),
        cool_patience=rng.uniform(0.4, 2.0),
        cool_w=float(np.clip(area * rng.uniform(35, 60), 1500, 6500))
        * (rng.random() < 0.96),
        cool_cop=rng.uniform(2.8, 4.4),
        heat_cop=rng.uniform(2.2, 3.0) if heat_pump else 1.0,
        electric_zone=rng.uniform(0.6, 0.9) if heat_pump else rng.uniform(0.25, 0.45),
        noise=rng.uniform(0.18, 0.5),
        rho=rng.uniform(0.0, 0.6),
    )


def public_facility(seed: int, index: int, *, area_m2: float) -> Household:
    """A community centre or library: open on weekdays, heat pumps for both seasons."""
    rng = np.random.default_rng([seed, index, 1])
    return Household(
        index=index,
        dwelling="other",
        heating="electric",
        rhythm="office",
        people=int(area_m2 / 25),
        area_m2=area_m2,
        appliances_w=area_m2 * rng.uniform(6, 8),
        fridge_w=250.0,
        standby_w=area_m2 * rng.uniform(0.7, 1.1),
        lights_w=area_m2 * rng.uniform(5, 7),
        blanket_w=0.0,
        loss_w_k=LOSS_W_K_M2["other"] * area_m2,
        store_wh_k=area_m2 * rng.uniform(60, 80),
        window_m2=area_m2 * 0.12,
        heat_set=rng.uniform(20.5, 22.0),
        setback=7.0,
        cool_set=rng.uniform(24.5, 26.0),
        cool_patience=0.5,
        cool_w=area_m2 * 60,
        cool_cop=rng.uniform(2.9, 3.6),
        heat_cop=rng.uniform(2.4, 3.0),
        electric_zone=0.8,
        noise=rng.uniform(0.10, 0.16),
        rho=rng.uniform(0.1, 0.4),
    )


def _pick(rng: np.random.Generator, shares: dict[T, float]) -> T:
    names = list(shares)
    return names[int(rng.choice(len(names), p=list(shares.values())))]


def _rhythm(rng: np.random.Generator, people: int) -> Rhythm:
    """Single people are out more; larger households have somebody at home."""
    out = 0.6 if people <= 2 else 0.3
    return _pick(rng, {"worker": out, "mixed": 0.9 - out, "home": 0.1})

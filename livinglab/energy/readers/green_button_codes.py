"""The codes of Green Button (NAESB ESPI 3.3 and 4.0) this service understands."""

from __future__ import annotations

from dataclasses import dataclass

ATOM = "{http://www.w3.org/2005/Atom}"
ESPI = "{http://naesb.org/espi}"

ENERGY_WH, POWER_W = 72, 38
# Unit of measure -> the name of the unit a meter keeps. A thousandth is the grain.
UNITS = {
    ENERGY_WH: "Wh",
    POWER_W: "Wh",
    42: "m3",
    119: "ft3",
    128: "gal",
    132: "BTU",
    134: "L",
    169: "therm",
}
COMMODITY_UNITS = {
    "electricity": {ENERGY_WH, POWER_W},
    "gas": {42, 119, 132, 169, ENERGY_WH},
    "water": {42, 119, 128, 134},
    "heat": {ENERGY_WH, 132},
}
UOM_OF_UNIT = {
    "Wh": 72,
    "m3": 42,
    "ft3": 119,
    "gal": 128,
    "BTU": 132,
    "L": 134,
    "therm": 169,
}
COMMODITY_OF_UOM = {ENERGY_WH: "electricity", POWER_W: "electricity", 169: "gas"}
COMMODITIES = {1: "electricity", 2: "electricity", 7: "gas", 9: "water"}
SERVICE_KINDS = {0: "electricity", 1: "gas", 2: "water", 4: "heat"}
KIND_OF_COMMODITY = {"electricity": 0, "gas": 1, "water": 2, "heat": 4}
CODE_OF_COMMODITY = {"electricity": 1, "gas": 7, "water": 9, "heat": 0}

FORWARD, NET, REVERSE = 1, 4, 19
CUMULATIVE, DELTA = 3, 4
AVERAGE = 2
# Register values typed by hand (quality 7), as this service gives them out.
HAND_READ = (CUMULATIVE, 7)
KRW = 410


@dataclass(frozen=True, slots=True)
class ReadingType:
    """How values of a meter are to be read; None where the file is silent."""

    accumulation: int | None = None
    commodity: int | None = None
    qualifier: int | None = None
    default_quality: int | None = None
    flow: int | None = None
    interval_length: int | None = None
    kind: int | None = None
    power_of_ten: int | None = None
    uom: int | None = None
    currency: int | None = None


READING_TYPE_FIELDS = {
    "accumulationBehaviour": "accumulation",
    "commodity": "commodity",
    "dataQualifier": "qualifier",
    "defaultQuality": "default_quality",
    "flowDirection": "flow",
    "intervalLength": "interval_length",
    "kind": "kind",
    "powerOfTenMultiplier": "power_of_ten",
    "uom": "uom",
    "currency": "currency",
}

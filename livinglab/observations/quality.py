"""How good a day of weather is. Pure: no Django."""

from livinglab.observations.readers import DayReading

GOOD, PARTIAL, DOUBTFUL = "good", "partial", "doubtful"


def quality_of(reading: DayReading) -> str:
    """Complete, partly missing, or contradicting itself (°C)."""
    known = [v for v in (reading.tmin, reading.tmean, reading.tmax) if v is not None]
    if known != sorted(known):
        return DOUBTFUL
    return GOOD if len(known) == 3 else PARTIAL

"""What the energy app remembers."""

from livinglab.energy.models.neighbourhoods import AreaDue, AreaSaving
from livinglab.energy.models.outlooks import HomeOutlook
from livinglab.energy.models.premises import (
    Membership,
    Premises,
    PremisesDiscount,
    PremisesInvitation,
)
from livinglab.energy.models.savings import (
    EVERY_MONTH,
    Baseline,
    DeclaredEvent,
    Saving,
    SavingsDue,
)
from livinglab.energy.models.tariffs import (
    Co2Factor,
    IncentiveRule,
    TariffTable,
    TipRule,
)
from livinglab.energy.models.usage import (
    Bill,
    BillChange,
    DailyUse,
    Device,
    Meter,
    RegisterReading,
    RegisterReadingChange,
    Upload,
    UsageDay,
)

__all__ = [
    "EVERY_MONTH",
    "AreaDue",
    "AreaSaving",
    "Baseline",
    "Bill",
    "BillChange",
    "Co2Factor",
    "DailyUse",
    "DeclaredEvent",
    "Device",
    "HomeOutlook",
    "IncentiveRule",
    "Membership",
    "Meter",
    "Premises",
    "PremisesDiscount",
    "PremisesInvitation",
    "RegisterReading",
    "RegisterReadingChange",
    "Saving",
    "SavingsDue",
    "TariffTable",
    "TipRule",
    "Upload",
    "UsageDay",
]

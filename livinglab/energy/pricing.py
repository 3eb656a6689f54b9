"""Bills of many home-months at once, equal to the won with `tariff.bill`.

Integers all the way (rates in tenths of a won), so a batch of a million gives the
same digits as one home. Whole calendar months or any one period; a rate change
inside the period is split by days exactly as the oracle splits it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.tariff_tables import TariffBook

# In: kWh not known. Out: cannot be priced (kWh missing, or no table in force yet).
MISSING = -1


@dataclass(frozen=True)
class Account:
    """How one home or facility is billed; equal accounts are priced together.

    kind: as in the tariff tables (`residential_low`, `general_a1_low`, …).
    discounts: names of the discount table (`large_family`, `basic_livelihood`, …).
    demand_kw: contract power or billing demand, only for the general kinds.
    """

    kind: str
    discounts: frozenset[str] = frozenset()
    demand_kw: Decimal = Decimal(0)
    lagging_pf: Decimal = Decimal(90)
    leading_pf: Decimal = Decimal(95)


def whole_kwh(kwh: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    """Whole kWh as billed: half up, below zero becomes zero, NaN becomes MISSING."""
    raise NotImplementedError


def price(
    book: TariffBook,
    account: Account,
    months: Sequence[date] | NDArray[np.datetime64],
    kwh: NDArray[np.integer[Any]],
) -> NDArray[np.int64]:
    """Won of each calendar month's bill for one account.

    months: first days of the months (dates or datetime64[M]), shape (M,).
    kwh: whole kWh (see `whole_kwh`), shape (M,) or (M, …): the first axis is the
        month, further axes are free (expected, actual, both ends of the band …).
    Returns int64 won, 청구금액 incl. VAT and fund, in the shape of `kwh`; MISSING
    where the kWh is MISSING or no table was in force in that month. Every value of
    one row is priced with the table in force in that month: the constant tariff.
    """
    raise NotImplementedError


def price_accounts(
    book: TariffBook,
    accounts: Sequence[Account],
    months: Sequence[date] | NDArray[np.datetime64],
    kwh: NDArray[np.integer[Any]],
) -> NDArray[np.int64]:
    """The same for many homes: kwh has shape (homes, months, …), so has the result.

    `accounts[i]` belongs to `kwh[i]`; homes with equal accounts are priced in one go.
    """
    raise NotImplementedError


def price_period(
    book: TariffBook,
    account: Account,
    start: date,
    end: date,
    kwh: NDArray[np.integer[Any]],
) -> NDArray[np.int64]:
    """Won of one bill period [start, end) for many kWh values of any shape."""
    raise NotImplementedError

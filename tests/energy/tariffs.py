"""What the tariff tests share: the shipped tables as one book, and months of it."""

from datetime import date
from functools import cache
from pathlib import Path

from livinglab.energy.tariff.bill import Account, Bill, month_bill
from livinglab.energy.tariff.golden import load_book, read_documents
from livinglab.energy.tariff.tables import TariffBook

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LOW, HIGH = Account("residential_low"), Account("residential_high")


@cache
def shipped_book() -> TariffBook:
    """The tables of `seeds/tariffs`, every golden vector proved on the way."""
    return load_book(read_documents(SEEDS / "tariffs"))


def bill_of(month: str, kwh: int, account: Account = LOW) -> Bill:
    """The bill of a calendar month written like `2025-09`."""
    return month_bill(shipped_book(), account, date.fromisoformat(f"{month}-01"), kwh)

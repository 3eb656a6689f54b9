"""Bills of a city's homes in one go against the Decimal oracle, one by one."""

from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

from livinglab.energy.tariff.bill import month_bill
from livinglab.energy.tariff.golden import load_book, read_documents
from livinglab.energy.tariff.pricing import Account, price_accounts
from tests.bench import Row

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HOMES, VALUES, BY_ORACLE = 5000, 4, 1500
BOUND = 100.0


def run() -> list[Row]:
    """5,000 homes, a year, four values each; the same won checked on a sample."""
    book = load_book(read_documents(SEEDS / "tariffs"))
    kinds = [
        Account("residential_low"),
        Account("residential_high"),
        Account("residential_low", frozenset({"large_family"})),
        Account("residential_low", frozenset({"basic_livelihood"})),
    ]
    homes = [kinds[i % len(kinds)] for i in range(HOMES)]
    months = [date(2025, month, 1) for month in range(1, 13)]
    kwh = np.random.default_rng(5).integers(50, 900, (HOMES, 12, VALUES))
    began = perf_counter()
    batch = price_accounts(book, homes, months, kwh)
    ours = kwh.size / (perf_counter() - began)

    sample = [divmod(place, 12) for place in range(BY_ORACLE)]
    began = perf_counter()
    won = [
        month_bill(book, homes[home], months[month], int(kwh[home, month, 0])).total
        for home, month in sample
    ]
    oracle = BY_ORACLE / (perf_counter() - began)
    same = all(batch[h, m, 0] == each for (h, m), each in zip(sample, won, strict=True))
    return [
        Row(
            name="bills priced per second, vectorised",
            ours=f"{ours:,.0f}/s",
            peer=f"our Decimal oracle, {oracle:,.0f}/s",
            ratio=ours / oracle if same else 0.0,
            bound=BOUND,
            note="" if same else "the won differ",
        )
    ]

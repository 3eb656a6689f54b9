"""The vectorised pricing gives the oracle's won, one home or ten thousand."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from livinglab.energy.tariff.bill import bill, month_bill
from livinglab.energy.tariff.pricing import (
    MISSING,
    Account,
    price,
    price_accounts,
    price_period,
    whole_kwh,
)
from tests.energy.tariffs import HIGH, LOW, shipped_book

EDGES = [0, 1, 199, 200, 201, 300, 301, 313, 400, 401, 402, 450, 451, 1000, 1001]
MONTHS = [date(2023, month, 1) for month in range(1, 13)]


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    kind = draw(st.sampled_from(shipped_book().kinds()))
    names = shipped_book().discount_names(kind)
    power = st.integers(0, 5000).map(lambda tenths: Decimal(tenths) / 10)
    return Account(
        kind,
        draw(st.frozensets(st.sampled_from(names), max_size=3)),
        draw(power),
        Decimal(draw(st.integers(60, 100))),
        Decimal(draw(st.integers(60, 100))),
    )


@settings(max_examples=60)
@given(
    account=accounts(),
    start=st.dates(date(2021, 1, 1), date(2026, 12, 1)),
    days=st.integers(1, 70),
    more=st.lists(st.integers(0, 3000), max_size=5),
)
def test_any_period_equals_the_oracle_to_the_won(account, start, days, more):
    end = start + timedelta(days=days)
    kwh = np.array(EDGES + more)
    one_by_one = [
        bill(shipped_book(), account, start, end, int(each)).total for each in kwh
    ]
    assert price_period(shipped_book(), account, start, end, kwh).tolist() == one_by_one


@settings(max_examples=60)
@given(account=accounts(), kwh=st.lists(st.integers(0, 2000), min_size=12, max_size=12))
def test_calendar_months_equal_the_oracle_also_where_the_rate_rose(account, kwh):
    one_by_one = [
        month_bill(shipped_book(), account, month, each).total
        for month, each in zip(MONTHS, kwh, strict=True)
    ]
    batch = price(shipped_book(), account, MONTHS, np.array(kwh))
    assert batch.tolist() == one_by_one


def test_a_home_alone_gives_the_digits_it_gives_in_a_batch():
    random = np.random.default_rng(7)
    homes = [LOW, HIGH, Account("residential_low", frozenset({"large_family"}))] * 100
    kwh = random.integers(0, 1200, (len(homes), 12, 4))
    batch = price_accounts(shipped_book(), homes, MONTHS, kwh)
    for i in (0, 1, 2, 299):
        alone = price_accounts(shipped_book(), [homes[i]], MONTHS, kwh[i : i + 1])
        assert (alone[0] == batch[i]).all()


def test_missing_kwh_and_months_without_a_table_stay_missing():
    months = np.array(["2015-01", "2025-09", "2025-10"], dtype="datetime64[M]")
    won = price(shipped_book(), LOW, months, np.array([300, 300, MISSING]))
    assert won.tolist() == [MISSING, 57_760, MISSING]


def test_kwh_are_billed_whole_and_never_below_zero():
    kwh = np.array([299.5, 299.49, -12.0, np.nan])
    assert whole_kwh(kwh).tolist() == [300, 299, 0, MISSING]

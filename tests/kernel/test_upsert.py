"""Many rows at once: the database holds what Django's own way would have stored."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, models, transaction

from livinglab.energy.models import Baseline, DailyUse, Saving
from livinglab.kernel.upsert import ROWS_AT_ONCE, upsert
from tests import make

pytestmark = pytest.mark.django_db

KEY = ("premises", "span", "month")
MONTH = date(2026, 3, 1)


def values(home: int, **more: Any) -> dict[str, Any]:
    """A saving with a value of every kind, and some that are missing."""
    return {
        "premises_id": home,
        "span": Saving.Span.MONTH,
        "month": MONTH,
        "days": 31,
        "expected_kwh": Decimal("300.125"),
        "actual_kwh": Decimal("7"),
        "saved_kwh": Decimal("-0.0004"),
        "weather_kwh": None,
        "expected_won": 52_340,
        "saved_won": -12,
        "schemes": {"캐시백": {"won": 5, "kwh": "1.500", "none": None}},
        "is_weather_corrected": False,
        "state": Saving.State.USING_MORE,
        "method": "a 'quoted' \\method %s",
        "computed_at": datetime(2026, 4, 1, 3, 30, 1, 250, tzinfo=UTC),
        **more,
    }


def write(*rows: dict[str, Any], **how: Any) -> int:
    return upsert(
        Saving, list(rows[0]), (list(row.values()) for row in rows), unique=KEY, **how
    )


def write_checked(*rows: dict[str, Any]) -> None:
    write(*rows)
    connection.check_constraints()


def stored(model: type[models.Model]) -> list[dict[str, Any]]:
    """Every row as Django reads it, and as the database holds it."""
    raw = f"SELECT * FROM {model._meta.db_table} ORDER BY id"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(raw)
        names = [column[0] for column in cursor.description]
        held = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in held:
        row.pop("id")
    read = [{**row, "id": 0} for row in model.objects.order_by("pk").values()]  # type: ignore[attr-defined]
    return [*read, *held]


def test_every_kind_of_value_is_stored_as_django_stores_it() -> None:
    homes = [make.premises().pk, make.premises().pk]
    rows = [values(homes[0]), values(homes[1], saved_won=None, state="saving")]
    # What is not named has no default in the database: name it as Django would.
    rest = {"days_possible": 0, "tariff": ""}
    write(*({**row, **rest} for row in rows))
    ours = stored(Saving)
    Saving.objects.all().delete()

    Saving.objects.bulk_create(Saving(**row) for row in rows)

    assert ours == stored(Saving)


def test_floats_bytes_and_days_are_stored_as_django_stores_them() -> None:
    home = make.premises()
    meter = make.meter(home)
    model = {
        "premises_id": home.pk, "kind": "daily", "starts_on": MONTH, "ends_on": MONTH,
        "station_id": None, "n": 340, "missing": 25, "model": "cdd_only", "mu": 7.25,
        "beta_h": None, "beta_c": 1 / 3, "r2_adj": 1, "details": {"a": [1.5, None]},
        "input_digest": "", "method": "m", "computed_at": datetime.now(UTC),
    }  # fmt: skip
    year = {"meter_id": meter.pk, "year": 2026, "wh": bytes(range(256))}
    upsert(Baseline, list(model), [list(model.values())], unique=["premises"])
    upsert(DailyUse, list(year), [list(year.values())], unique=["meter", "year"])
    ours = stored(Baseline) + stored(DailyUse)
    Baseline.objects.all().delete()
    DailyUse.objects.all().delete()

    Baseline.objects.bulk_create([Baseline(**model)])
    DailyUse.objects.bulk_create([DailyUse(**year)])

    theirs = stored(Baseline) + stored(DailyUse)
    assert [_plain(row) for row in ours] == [_plain(row) for row in theirs]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in row.items()
    }


def test_a_row_that_stands_takes_the_new_values_and_keeps_its_number() -> None:
    home = make.premises().pk
    rest = {"days_possible": 0, "tariff": ""}
    write(values(home, **rest))
    before = Saving.objects.get().pk

    write(values(home, days=12, saved_won=None, **rest))

    row = Saving.objects.get()
    assert (row.pk, row.days, row.saved_won) == (before, 12, None)


def test_only_what_is_named_is_overwritten() -> None:
    home = make.premises().pk
    rest = {"days_possible": 0, "tariff": ""}
    write(values(home, **rest))

    write(values(home, days=12, saved_won=9, **rest), update=["days"])

    row = Saving.objects.get()
    assert (row.days, row.saved_won) == (12, -12)


def test_nothing_to_overwrite_leaves_the_row_alone() -> None:
    home = make.premises().pk
    rest = {"days_possible": 0, "tariff": ""}
    write(values(home, **rest))
    write(values(home, days=1, **rest), update=[])
    assert Saving.objects.get().days == 31


def test_more_rows_than_one_statement_takes_are_all_written() -> None:
    meter = make.meter(make.premises())
    years = range(1, ROWS_AT_ONCE + 3)
    rows = ((meter.pk, year, b"") for year in years)

    count = upsert(DailyUse, ("meter", "year", "wh"), rows, unique=("meter", "year"))

    assert count == len(years)
    assert set(DailyUse.objects.values_list("year", flat=True)) == set(years)


def test_no_rows_are_no_question(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert upsert(DailyUse, ("meter", "year"), [], unique=("meter", "year")) == 0


def test_the_databases_rules_hold() -> None:
    rest = {"days_possible": 0, "tariff": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        write({**values(make.premises().pk, **rest), "state": None})
    with pytest.raises(IntegrityError), transaction.atomic():
        write_checked(values(10**9, **rest))


def test_a_text_that_is_too_long_is_refused_not_cut() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps texts of any length")
    row = values(make.premises().pk, method="m" * 25, days_possible=0, tariff="")
    with pytest.raises(DataError), transaction.atomic():
        write(row)


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(ValueError, match="Saving has no column size"):
        upsert(Saving, ("size",), [(1,)], unique=KEY)

"""Many rows at once: written where they are new, overwritten where they stand.

Django's own `bulk_create(update_conflicts=True)` spends most of a computation making
objects and SQL text. This writes the same values, converted by the same fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Row = Sequence[Any]
Column = Sequence[Any]
AnyField = models.Field[Any, Any]
Convert = Callable[[Column], Column]

ROWS_AT_ONCE = 2000
_FEW_VALUES = 4096

# Django's own plain fields take exactly these; several kinds of one value (a choice
# among texts, a whole number among floats) must not meet in one array.
_PLAIN: dict[type[AnyField], Callable[[Any], Any]] = {
    models.BooleanField: bool,
    models.CharField: str,
    models.FloatField: float,
    models.IntegerField: int,
    models.TextField: str,
}
# Days and moments repeat from row to row: each is converted once.
_REPEATED = (models.DateField, models.TimeField)


def upsert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    unique: Sequence[str],
    update: Sequence[str] | None = None,
) -> int:
    """Insert rows; one that stands already by `unique` takes these values; how many.

    `columns` are names of fields or of their columns (`premises_id`), `rows` their
    values in that order. Of a row that stands only `update` is overwritten: all but
    `unique` unless said otherwise. Defaults of the model are not filled in. No two rows
    may name the same `unique`, as with `bulk_create`.
    """
    fields = [_field(model, name) for name in columns]
    keys = [_field(model, name) for name in unique]
    chosen = columns if update is None else update
    moved = [field for name in chosen if (field := _field(model, name)) not in keys]
    connection = connections[router.db_for_write(model)]
    converts = [_convert(field, connection) for field in fields]
    write = _by_arrays if connection.vendor == "postgresql" else _by_rows
    end = _on_conflict(connection, keys, moved)
    written, every = 0, iter(rows)
    with transaction.atomic(using=connection.alias, savepoint=False):
        while chunk := list(islice(every, ROWS_AT_ONCE)):
            values = zip(*chunk, strict=True)
            ready = [to(column) for to, column in zip(converts, values, strict=True)]
            write(connection, model, fields, ready, end)
            written += len(chunk)
    return written


def _field(model: type[models.Model], name: str) -> AnyField:
    """The field by its name or its column's, `premises` or `premises_id`."""
    for field in model._meta.concrete_fields:
        if name in (field.name, field.attname):
            return field
    raise ValueError(f"{model.__name__} has no column {name}")


# SQL ----------------------------------------------------------------------------------


def _on_conflict(
    connection: BaseDatabaseWrapper, keys: Sequence[AnyField], moved: Sequence[AnyField]
) -> str:
    target = ", ".join(_names(connection, keys))
    news = ", ".join(f"{name} = EXCLUDED.{name}" for name in _names(connection, moved))
    return f"ON CONFLICT ({target}) DO {f'UPDATE SET {news}' if news else 'NOTHING'}"


def _into(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    fields: Sequence[AnyField],
) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({', '.join(_names(connection, fields))})"


def _names(connection: BaseDatabaseWrapper, fields: Sequence[AnyField]) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in fields]


def _by_rows(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    fields: Sequence[AnyField],
    columns: Sequence[Column],
    on_conflict: str,
) -> None:
    """One prepared statement, run for every row."""
    marks = ", ".join(["%s"] * len(fields))
    sql = f"{_into(connection, model, fields)} VALUES ({marks}) {on_conflict}"
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(zip(*columns, strict=True)))


def _by_arrays(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    fields: Sequence[AnyField],
    columns: Sequence[Column],
    on_conflict: str,
) -> None:
    """One statement for all rows, a column at a time."""
    arrays = ", ".join(f"%s::{_array_of(field, connection)}" for field in fields)
    rows = f"SELECT * FROM unnest({arrays})"  # noqa: S608
    sql = f"{_into(connection, model, fields)} {rows} {on_conflict}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(column) for column in columns])


def _array_of(field: AnyField, connection: BaseDatabaseWrapper) -> str:
    """`varchar[]` for `varchar(24)`: a cast cuts what is too long, a column refuses."""
    return f"{(field.db_type(connection) or '').partition('(')[0]}[]"


# Values -------------------------------------------------------------------------------


def _convert(field: AnyField, connection: BaseDatabaseWrapper) -> Convert:
    """How a column's values become what the database takes."""
    if isinstance(field, models.ForeignKey):
        return _convert(field.target_field, connection)
    if isinstance(field, _REPEATED):
        return _each(lru_cache(_FEW_VALUES)(_one_by_one(field, connection)))
    if isinstance(field, models.DecimalField):
        return _each(_decimal(field, connection))
    for kind, plain in _PLAIN.items():
        if isinstance(field, kind) and type(field).__module__ == kind.__module__:
            return _each(plain)
    return _each(_one_by_one(field, connection))


def _each(one: Callable[[Any], Any]) -> Convert:
    def convert(column: Column) -> Column:
        return [None if value is None else one(value) for value in column]

    return convert


def _one_by_one(
    field: AnyField, connection: BaseDatabaseWrapper
) -> Callable[[Any], Any]:
    def one(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    return one


def _decimal(
    field: models.DecimalField[Any, Any], connection: BaseDatabaseWrapper
) -> Callable[[Any], Any]:
    """A decimal that has the column's places already needs no rounding."""
    step = Decimal(1).scaleb(-field.decimal_places)
    is_text = connection.vendor == "sqlite"
    slowly = _one_by_one(field, connection)

    def one(value: Any) -> Any:
        if isinstance(value, Decimal) and value.same_quantum(step):
            return str(value) if is_text else value
        return slowly(value)

    return one

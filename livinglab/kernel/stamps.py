"""Where data stand, asked in plain SQL.

A version of a kept page is asked at every look, and as long as the answer stays it is
all that is asked; through the ORM it would cost more than the rest of the page. So
these questions, and only these, are written by hand: standard SQL, no values of people
in the text, rows taken as they come and compared as a whole.
"""

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

Value = int | str | date | datetime | None
Row = tuple[Any, ...]


def stamps(sql: str, *values: Value) -> tuple[Row, ...]:
    """The rows of one statement, to be compared with those of another look."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [_sent(value) for value in values])
        return tuple(tuple(map(_plain, row)) for row in cursor.fetchall())


def moment_of(told: object) -> datetime:
    """SQLite tells a moment as text in UTC, PostgreSQL as a moment."""
    moment = told if isinstance(told, datetime) else datetime.fromisoformat(str(told))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _sent(value: Value) -> Any:
    """Moments and days as the database's columns hold them."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _plain(value: object) -> object:
    """Bytes as bytes, whatever the database hands out."""
    return bytes(value) if isinstance(value, memoryview) else value

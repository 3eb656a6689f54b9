"""The log of reads: who looked at whose data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone, translation

from livinglab.kernel.acting import Area
from livinglab.people.models import DataRead, Person

As = DataRead.As
AT_ONCE = 500


@dataclass(frozen=True)
class Look:
    """Whose data were read, which, and why."""

    person: Person
    what: str
    why: str = ""


def log_read(person: Person, *, by: Person, what: str, why: str = "") -> None:
    """Write down that somebody else read this person's data, and as what they did."""
    if person.pk != by.pk:
        _row(Look(person, what, why), by).save(force_insert=True)


def log_reads(looks: Iterable[Look], *, by: Person) -> int:
    """The same for many people at once; how many lines are new.

    Whoever asks brings `neighbourhood` with each person.
    """
    rows = [_row(look, by) for look in looks if look.person.pk != by.pk]
    return len(DataRead.objects.bulk_create(rows, batch_size=AT_ONCE))


def _row(look: Look, by: Person) -> DataRead:
    reader_as, city_id = _role_towards(look.person, by)
    return DataRead(
        person=look.person,
        reader=by,
        reader_as=reader_as,
        city_id=city_id,
        what=look.what[:120],
        why=look.why[:120],
    )


# One question instead of two: every page that a helper opens asks it.
_ONCE_A_DAY = """
INSERT INTO people_dataread (person_id, reader_id, reader_as, what, why, read_at)
SELECT %s, %s, %s, %s, '', %s WHERE NOT EXISTS (
  SELECT 1 FROM people_dataread WHERE person_id = %s AND reader_id = %s
  AND reader_as = %s AND what = %s AND read_at >= %s)
"""


def log_help(person: Person, area: Area, *, by: Person) -> None:
    """Write down that a helper saw an area of this person's life: once a day."""
    with translation.override(person.language):
        what = str(area.label)
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    look = (person.pk, by.pk, As.HELPER.value, what)
    with connection.cursor() as cursor:
        cursor.execute(_ONCE_A_DAY, (*look, _said(now), *look, _said(midnight)))


def _said(moment: datetime) -> Any:
    """As the database keeps it."""
    return connection.ops.adapt_datetimefield_value(moment)


def _role_towards(person: Person, by: Person) -> tuple[As, int | None]:
    home = person.neighbourhood
    here = home.city_id if home else None
    for reader_as, cities in (
        (As.COORDINATOR, by.coordinated_city_ids),
        (As.EVALUATOR, by.evaluated_city_ids),
    ):
        if cities:
            return reader_as, here if here in cities else cities[0]
    return (As.OPERATOR if by.is_superuser else As.OTHER), None

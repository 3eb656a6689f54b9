"""One's homes as the start page knows them: the newest month, and what data there are.

One plain question tells all that is shown, so its answer is also the key of what is
kept of it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from livinglab.energy.models import Saving
from livinglab.kernel.numbers import share_of
from livinglab.kernel.stamps import Row, moment_of, stamps
from livinglab.people.models import Person

HOMES = """
SELECT h.id, h.name, h.reading_day, b.id, v.state, v.month, v.expected_won, v.saved_won,
  (SELECT MAX(x.id) FROM energy_upload x
    WHERE x.premises_id = h.id AND x.state = 'preview'),
  (SELECT COUNT(*) FROM energy_upload x LEFT JOIN people_person w ON w.id = x.by_id
    WHERE x.premises_id = h.id AND x.state IN ('received', 'reading')
    AND w.leaving_since IS NULL),
  (SELECT COUNT(*) FROM energy_device x JOIN energy_meter y ON y.id = x.meter_id
    WHERE y.premises_id = h.id AND x.revoked_at IS NULL),
  r.read_at, e."end", u.year, u.wh
FROM energy_membership own
JOIN energy_premises h ON h.id = own.premises_id
LEFT JOIN energy_baseline b ON b.premises_id = h.id
LEFT JOIN energy_saving v ON v.id = (SELECT x.id FROM energy_saving x
  WHERE x.premises_id = h.id AND x.span = 'month' ORDER BY x.month DESC LIMIT 1)
LEFT JOIN energy_registerreading r ON r.id = (SELECT x.id FROM energy_registerreading x
  JOIN energy_meter y ON y.id = x.meter_id WHERE y.premises_id = h.id
  ORDER BY x.read_at DESC LIMIT 1)
LEFT JOIN energy_bill e ON e.id = (SELECT x.id FROM energy_bill x
  WHERE x.premises_id = h.id ORDER BY x."end" DESC LIMIT 1)
LEFT JOIN energy_dailyuse u ON u.id = (SELECT x.id FROM energy_dailyuse x
  JOIN energy_meter y ON y.id = x.meter_id WHERE y.premises_id = h.id
  AND y.commodity = 'electricity' AND y.flow = 'import' ORDER BY x.year DESC LIMIT 1)
WHERE own.person_id = %s ORDER BY h.id
"""


@dataclass(frozen=True)
class HomeNow:
    """A home, its newest month, and what is there of its data."""

    pk: int
    name: str
    reading_day: int | None
    baseline_id: int | None
    state: str | None
    month: date | None
    expected_won: int | None
    saved_won: int | None
    waiting_upload: int | None
    files_being_read: int
    devices: int
    last_read_at: datetime | None
    last_bill_end: date | None
    last_year: int | None
    last_wh: bytes | None

    @property
    def has_data(self) -> bool:
        """Whether the lab is getting to know the home, or more than that."""
        return self.baseline_id is not None or self.state == Saving.State.COLLECTING

    @property
    def share(self) -> float | None:
        """What was saved of the newest bill."""
        return share_of(self.saved_won, self.expected_won)

    @property
    def more_share(self) -> float | None:
        return None if self.share is None else -self.share


def homes_now(person: Person) -> tuple[Row, ...]:
    """The person's homes, oldest first, as the database tells them."""
    return stamps(HOMES, person.pk)


def home_now(row: Row) -> HomeNow:
    """A row of these."""
    found: dict[str, Any] = dict(zip(HomeNow.__annotations__, row, strict=True))
    if found["last_read_at"] is not None:
        found["last_read_at"] = moment_of(found["last_read_at"])
    return HomeNow(**found)

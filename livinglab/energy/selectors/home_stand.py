"""Whether the page about a home would still say the same, in one light question."""

from dataclasses import dataclass
from typing import Any

from livinglab.kernel.stamps import Row, stamps
from livinglab.people.models import Person

# A row for each member of a home of this person: tariffs, discounts allowed, devices,
# then everything of the home itself, its place, its discounts, the member.
STAND = """
SELECT h.name, (SELECT COUNT(*) FROM energy_tarifftable),
  (SELECT MAX(updated_at) FROM energy_tarifftable),
  (SELECT COUNT(*) FROM people_consent x WHERE x.person_id = own.person_id
    AND x.purpose = 'discounts' AND x.withdrawn_at IS NULL),
  (SELECT COUNT(*) FROM energy_device x JOIN energy_meter y ON y.id = x.meter_id
    WHERE y.premises_id = h.id AND x.revoked_at IS NULL),
  (SELECT MAX(x.id) FROM energy_device x JOIN energy_meter y ON y.id = x.meter_id
    WHERE y.premises_id = h.id),
  (SELECT MAX(x.last_seen_at) FROM energy_device x
    JOIN energy_meter y ON y.id = x.meter_id WHERE y.premises_id = h.id),
  h.*, p.name_ko, p.name_en, c.name_ko, c.name_en, d.names,
  m.id, m.person_id, m.since, w.name, w.email, m."right"
FROM energy_membership own
JOIN energy_premises h ON h.id = own.premises_id
JOIN places_neighbourhood p ON p.id = h.neighbourhood_id
JOIN places_city c ON c.id = p.city_id
JOIN energy_membership m ON m.premises_id = h.id
JOIN people_person w ON w.id = m.person_id
LEFT JOIN energy_premisesdiscount d ON d.premises_id = h.id
WHERE own.person_id = %s AND h.id = %s ORDER BY m.since, m.id
"""


@dataclass(frozen=True)
class HomeStand:
    """Where everything on a home's page stands; of use as a part of a key."""

    rows: tuple[tuple[Any, ...], ...]

    @property
    def name(self) -> str:
        return str(self.rows[0][0])

    @property
    def tariffs(self) -> tuple[Any, ...]:
        """How many tariff tables there are, and when the newest changed."""
        return self.rows[0][1:3]

    @property
    def may_discount(self) -> bool:
        """Whether the person allows discounts to be known."""
        return bool(self.rows[0][3])

    @property
    def has_devices(self) -> bool:
        return bool(self.rows[0][4])


def home_stand(person: Person, pk: int) -> HomeStand | None:
    """Of one of the person's homes; nobody else's."""
    rows = stamps(STAND, person.pk, pk)
    return HomeStand(rows) if rows else None


NAMES = """
SELECT h.name FROM energy_membership own JOIN energy_premises h
ON h.id = own.premises_id WHERE own.person_id = %s ORDER BY h.id LIMIT 3
"""


def home_names(person: Person) -> list[str]:
    """What the first of the person's homes are called."""
    return [name for (name,) in stamps(NAMES, person.pk)]


NAMED = """
SELECT h.id, h.name FROM energy_membership own JOIN energy_premises h
ON h.id = own.premises_id WHERE own.person_id = %s AND h.id = %s
"""


@dataclass(frozen=True)
class NamedHome:
    """What a page that only leads on needs to know of a home."""

    pk: int
    name: str


def named_home(person: Person, pk: int) -> NamedHome | None:
    """One of the person's homes; nobody else's."""
    rows = stamps(NAMED, person.pk, pk)
    return NamedHome(*rows[0]) if rows else None


UPLOADS = """
SELECT u.id, u.state, u.rows_read, u.rows_new, u.name, h.name
FROM energy_membership own JOIN energy_premises h ON h.id = own.premises_id
JOIN energy_upload u ON u.premises_id = h.id
WHERE own.person_id = %s ORDER BY u.id DESC LIMIT %s
"""


def uploads_stand(person: Person, *, most: int) -> tuple[Row, ...]:
    """What the list of the person's files shows of each."""
    return stamps(UPLOADS, person.pk, most)


READINGS = """
SELECT h.id, h.name, h.reading_day, COUNT(r.id), MAX(r.id), MAX(r.updated_at)
FROM energy_membership own JOIN energy_premises h ON h.id = own.premises_id
LEFT JOIN energy_meter m ON m.premises_id = h.id
LEFT JOIN energy_registerreading r ON r.meter_id = m.id
WHERE own.person_id = %s AND h.id = %s GROUP BY h.id, h.name, h.reading_day
"""


@dataclass(frozen=True)
class ReadingsStand:
    """A home to enter a reading for, and how its readings stand."""

    pk: int
    name: str
    stand: Row


def readings_stand(person: Person, pk: int) -> ReadingsStand | None:
    """How many readings one of the person's homes has, and when one changed last."""
    rows = stamps(READINGS, person.pk, pk)
    return ReadingsStand(rows[0][0], rows[0][1], rows[0][2:]) if rows else None

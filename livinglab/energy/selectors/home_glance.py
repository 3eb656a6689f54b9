"""Whether a home's page would still say the same, in few and light questions."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from livinglab.energy.selectors.home_days import Year
from livinglab.kernel.stamps import stamps
from livinglab.people.models import Person

# The homes of a person, a row for each stored year of days: itself, its place, model,
# weather, discounts; what is due and what came in; its figures and its neighbourhood's;
# tariffs, tips. Days have no stamp, so their very bytes tell. What an outlook rests on
# comes first.
STAMPS = """
SELECT h.id, h.name, (SELECT COUNT(*) FROM energy_tarifftable),
  (SELECT MAX(updated_at) FROM energy_tarifftable),
  (SELECT COUNT(*) FROM energy_tiprule), (SELECT MAX(updated_at) FROM energy_tiprule),
  h.updated_at, b.computed_at, d.names, s.newest_day, o.newest_day,
  (SELECT COUNT(*) FROM energy_saving x WHERE x.premises_id = h.id),
  (SELECT MAX(x.computed_at) FROM energy_saving x WHERE x.premises_id = h.id),
  p.name_ko, p.name_en, s.fetched_at, o.fetched_at,
  (SELECT COUNT(*) FROM energy_savingsdue x WHERE x.premises_id = h.id),
  (SELECT COUNT(*) FROM energy_upload x
    WHERE x.premises_id = h.id AND x.state IN ('received', 'reading')),
  (SELECT MAX(x.id) FROM energy_upload x
    WHERE x.premises_id = h.id AND x.state = 'preview'),
  (SELECT COUNT(*) FROM energy_bill x WHERE x.premises_id = h.id),
  (SELECT MAX(x.updated_at) FROM energy_bill x WHERE x.premises_id = h.id),
  (SELECT COUNT(*) FROM energy_registerreading x
    JOIN energy_meter y ON y.id = x.meter_id WHERE y.premises_id = h.id),
  (SELECT MAX(x.updated_at) FROM energy_registerreading x
    JOIN energy_meter y ON y.id = x.meter_id WHERE y.premises_id = h.id),
  (SELECT COUNT(*) FROM energy_device x JOIN energy_meter y ON y.id = x.meter_id
    WHERE y.premises_id = h.id AND x.revoked_at IS NULL),
  (SELECT COUNT(*) FROM energy_areasaving x WHERE x.level = 'dong' AND x.code = p.code),
  (SELECT MAX(x.computed_at) FROM energy_areasaving x
    WHERE x.level = 'dong' AND x.code = p.code),
  u.year, u.wh
FROM energy_premises h{whose}
JOIN places_neighbourhood p ON p.id = h.neighbourhood_id
LEFT JOIN energy_baseline b ON b.premises_id = h.id
LEFT JOIN observations_station s ON s.id = b.station_id
LEFT JOIN observations_station o ON o.id = h.station_id
LEFT JOIN energy_premisesdiscount d ON d.premises_id = h.id
LEFT JOIN energy_meter m ON m.premises_id = h.id
  AND m.commodity = 'electricity' AND m.flow = 'import'
LEFT JOIN energy_dailyuse u ON u.meter_id = m.id
WHERE {which} = %s ORDER BY h.id, u.id
"""
OUTLOOK_COLUMNS = 11
OF_A_PERSON = STAMPS.format(
    whose="\nJOIN energy_membership own ON own.premises_id = h.id",
    which="own.person_id",
)
OF_A_HOME = STAMPS.format(whose="", which="h.id")


@dataclass(frozen=True)
class HomeGlance:
    """A home as the list of one's homes knows it, and where all its data stand.

    Only of use as a part of a key: what is shown is fetched through `visible_to`.
    """

    pk: int
    name: str
    stand: tuple[Any, ...]
    years: tuple[Year, ...]

    @property
    def tariffs(self) -> tuple[Any, ...]:
        """How many tariff tables there are, and when the newest changed."""
        return self.stand[:2]

    def outlook_stand(self, today: date) -> str:
        """A name for everything an outlook from this day rests on."""
        facts = today, self.pk, self.stand[:OUTLOOK_COLUMNS], self.years
        return sha256(repr(facts).encode()).hexdigest()


def glances(person: Person) -> list[HomeGlance]:
    """The person's homes, oldest first, with their stored days; one question."""
    rows = stamps(OF_A_PERSON, person.pk)
    return [_glance(list(of_a_home)) for _pk, of_a_home in groupby(rows, itemgetter(0))]


def glance_of(pk: int) -> HomeGlance | None:
    """One home, for work that is nobody's look."""
    rows = stamps(OF_A_HOME, pk)
    return _glance([*rows]) if rows else None


def _glance(rows: list[tuple[Any, ...]]) -> HomeGlance:
    pk, name, *stand = rows[0][:-2]
    years = tuple(row[-2:] for row in rows if row[-1] is not None)
    return HomeGlance(pk, name, tuple(stand), years)

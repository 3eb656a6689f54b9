"""Simulated homes become rows and files, and go through the ordinary doors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction

from livinglab.energy.demo import files
from livinglab.energy.demo.cast import email_of, owner_keys, somebody
from livinglab.energy.demo.files import Metered
from livinglab.energy.demo.plan import (
    QUARTERS_DAYS,
    RECENT_DAYS,
    SAVES_WELL,
    USES_MORE,
    HomePlan,
    Story,
)
from livinglab.energy.demo.record import Record
from livinglab.energy.demo.weather import outdoors
from livinglab.energy.models import Membership, Premises
from livinglab.energy.services import bills, meter_readings, uploads
from livinglab.energy.simulation import (
    NO_CHANGE,
    Change,
    Household,
    draw_change,
    draw_gaps,
    draw_household,
    in_quarters,
    public_facility,
    simulate,
)
from livinglab.observations.selectors import station_of
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood

SEOUL = ZoneInfo("Asia/Seoul")
UNIT = {"unit": "kWh"}  # what people answer where a file does not say it
AREA_BANDS = (
    (40, Premises.AreaBand.UNDER_40),
    (60, Premises.AreaBand.FROM_40),
    (85, Premises.AreaBand.FROM_60),
    (135, Premises.AreaBand.FROM_85),
)
LONG_GAP = slice(100, 160)  # days of the baseline year that the meter lost
READING_HOUR = 20
FIRST_REGISTER = Decimal("10432.0")
WELL_SAVED = Change(
    standby=0.4, appliances=0.15, lights=0.4, cooling_c=1.0, heating_c=0.8
)
USED_MORE = Change(standby=-0.3, appliances=-0.16, lights=-0.2, cooling_c=-1.0)
PUBLIC_SAVING = Change(
    standby=0.3, appliances=0.08, lights=0.3, cooling_c=1.0, heating_c=0.8
)


@dataclass(frozen=True)
class Place:
    """A neighbourhood of the demonstration and what stands about it in the seeds."""

    facts: Mapping[str, Any]
    people: Sequence[Mapping[str, Any]]
    neighbourhood: Neighbourhood


def build_homes(
    plans: Sequence[HomePlan], place: Place, record: Record, first: date
) -> None:
    """A handful of homes of one place: simulated, stored, files handed in.

    Homes that are there already are left as they are, so a killed start goes on.
    """
    plans = _not_there(plans, place.people)
    if not plans:
        return
    last = record.today - timedelta(days=1)
    sky = outdoors(station_of(place.neighbourhood), first, last)
    homes = [_household(plan, place, record.seed) for plan in plans]
    simulated = simulate(
        homes,
        sky,
        first=first,
        changes=[_change(plan, record.seed) for plan in plans],
        change_days=[(plan.joined_on - first).days for plan in plans],
        seed=record.seed,
    )
    for row, (plan, home) in enumerate(zip(plans, homes, strict=True)):
        record.keep_truth(plan.index, first, simulated.true_saving_wh[row])
        there = draw_gaps(record.seed, plan.index, simulated.used_wh.shape[1])
        metered = Metered(first, simulated.used_wh[row], there)
        _settle(plan, home, place, metered.days((plan.first_day - first).days), record)


def _household(plan: HomePlan, place: Place, seed: int) -> Household:
    if plan.story == Story.FACILITY:
        area = float(place.facts["facility"]["area_m2"])
        return public_facility(seed, plan.index, area_m2=area)
    home = draw_household(seed, plan.index)
    if plan.number == SAVES_WELL:
        return replace(
            home, dwelling="flat", people=3, area_m2=76.0, heating="district"
        )
    return home


def _change(plan: HomePlan, seed: int) -> Change:
    if plan.is_comparison or plan.story == Story.COLLECTING:
        return NO_CHANGE
    if plan.story == Story.FACILITY:
        return PUBLIC_SAVING
    chosen = {SAVES_WELL: WELL_SAVED, USES_MORE: USED_MORE}
    return chosen.get(plan.number) or draw_change(seed, plan.index)


def owner_email(plan: HomePlan, people: Sequence[Mapping[str, Any]]) -> str:
    """Somebody of the cast, or an unnamed neighbour."""
    key = owner_keys(people).get((plan.place, plan.number))
    return email_of(key) if key else plan.email


def _not_there(
    plans: Sequence[HomePlan], people: Sequence[Mapping[str, Any]]
) -> list[HomePlan]:
    owners = Membership.objects.filter(right=Membership.Right.OWNER)
    settled = set(owners.values_list("person__email", flat=True))
    return [plan for plan in plans if owner_email(plan, people) not in settled]


@transaction.atomic
def _settle(
    plan: HomePlan, home: Household, place: Place, metered: Metered, record: Record
) -> None:
    email = owner_email(plan, place.people)
    owner = somebody(email, plan.name, place.neighbourhood)
    premises = Premises.objects.create(**_facts(plan, home, place, owner))
    Membership.objects.create(
        premises=premises, person=owner, right=Membership.Right.OWNER
    )
    _hand_in(plan, premises, metered, owner, record)


def _facts(
    plan: HomePlan, home: Household, place: Place, owner: Person
) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": plan.name if owner.email == plan.email else "우리집",
        "neighbourhood": place.neighbourhood,
        "station": station_of(place.neighbourhood),
        "joined_on": plan.joined_on,
        "origin": Premises.Origin.SIMULATED,
    }
    if plan.story == Story.FACILITY:
        facility = place.facts["facility"]
        return facts | {
            "name": facility["name"],
            "kind": Premises.Kind.FACILITY,
            "tariff_kind": "general_a1_low",
            "contract_kw": Decimal(facility["contract_kw"]),
            "publishes": True,
        }
    high = home.dwelling == "flat" and home.area_m2 > 60  # complexes buy high voltage
    return facts | {
        "dwelling": home.dwelling,
        "area_band": _area_band(home.area_m2),
        "people_band": str(home.people) if home.people < 5 else "5_plus",
        "heating": home.heating,
        "tariff_kind": "residential_high" if high else "residential_low",
        "part": Premises.Part.COMPARISON
        if plan.is_comparison
        else Premises.Part.PARTICIPANT,
    }


def _area_band(area_m2: float) -> str:
    for limit, band in AREA_BANDS:
        if area_m2 < limit:
            return band
    return Premises.AreaBand.OVER_135


def _hand_in(
    plan: HomePlan, premises: Premises, metered: Metered, owner: Person, record: Record
) -> None:
    if plan.story == Story.BILLS:
        _type_bills(premises, metered, owner)
    elif plan.story == Story.READINGS:
        _type_readings(premises, metered, owner)
    else:
        for name, content in _files(plan, metered, record.seed):
            uploads.receive_upload(
                premises, ContentFile(content), name=name, answers=UNIT, by=owner
            )


def _files(plan: HomePlan, metered: Metered, seed: int) -> Iterator[tuple[str, bytes]]:
    days = metered.wh.size // metered.a_day
    if plan.story == Story.FAILED:
        yield "사용량.csv", files.web_page()
    elif plan.story == Story.WIDE:
        encoding = "cp949" if plan.index % 2 else "utf-8"
        yield "시간대별_사용량.csv", files.wide_csv(metered, encoding=encoding)
    elif plan.story == Story.DAILY:
        yield "일별_사용량.csv", files.daily_csv(metered)
        if plan.brings_hours:
            recent = metered.days(max(days - RECENT_DAYS, 0))
            yield "시간대별_사용량.csv", files.wide_csv(recent, encoding="cp949")
    elif plan.story == Story.QUARTERS:
        yield "green-button.xml", files.green_button(metered)
        yield "15분_사용량.csv", files.long_csv(_quarters(plan, metered, seed))
    else:
        if plan.story == Story.LONG_GAP:
            metered.there.reshape(-1, metered.a_day)[LONG_GAP] = False
        yield "green-button.xml", files.green_button(metered)


def _quarters(plan: HomePlan, metered: Metered, seed: int) -> Metered:
    days = metered.wh.size // metered.a_day
    recent = metered.days(max(days - QUARTERS_DAYS, 0))
    wh = in_quarters(recent.wh, seed, plan.index)
    return Metered(recent.first, wh, recent.there.repeat(4), 900)


def _type_bills(premises: Premises, metered: Metered, owner: Person) -> None:
    """Paper bills whose amount is what the tariff gives."""
    for start, end, kwh in files.monthly_kwh(metered):
        paper = bills.PaperBill(start=start, end=end, kwh=Decimal(kwh))
        _bill, check = bills.preview_bill(premises, paper, by=owner)
        if check is not None:
            paper = replace(paper, amount_won=check.computed.total)
        bills.enter_bill(premises, paper, by=owner)


def _type_readings(premises: Premises, metered: Metered, owner: Person) -> None:
    """The register on the evening of every first of a month, as people read it."""
    register = FIRST_REGISTER
    for start, _end, kwh in files.monthly_kwh(metered):
        read_at = datetime.combine(start, time(READING_HOUR), tzinfo=SEOUL)
        meter_readings.add_reading(
            premises, meter_readings.RegisterValue(read_at, register), by=owner
        )
        register += kwh

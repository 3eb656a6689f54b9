"""What energy holds about a person, how it is given out, and how it goes."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from livinglab.energy.models import (
    Baseline,
    Bill,
    BillChange,
    DeclaredEvent,
    Device,
    HomeOutlook,
    Membership,
    Meter,
    Premises,
    PremisesDiscount,
    PremisesInvitation,
    RegisterReading,
    RegisterReadingChange,
    Saving,
    Upload,
)
from livinglab.energy.services.erasure import erase_person, leaving_questions
from livinglab.energy.services.export import export_csv, export_green_button
from livinglab.kernel.personal_data import FileOut, Held, apart, holds, stored_pieces
from livinglab.people.models import Person


def _of_homes(
    model: type[Model], home: str, person: Person, **more: Any
) -> QuerySet[Any]:
    """The model's rows of the homes this person belongs to."""
    mine = Membership.objects.filter(person=person).values("premises")
    rows = model._default_manager.filter(**{f"{home}__in": mine}, **more)
    return rows.order_by("pk")


def _homes(model: type[Model], home: str = "premises") -> Any:
    return partial(_of_homes, model, home)


def _memberships(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person).order_by("pk")


def _invitations(person: Person) -> QuerySet[PremisesInvitation]:
    return PremisesInvitation.objects.filter(made_by=person).order_by("pk")


def files(person: Person) -> Iterator[FileOut]:
    """Every home's readings in two open formats, photos of meters, files that wait."""
    for home in Premises.objects.visible_to(person).order_by("pk"):
        folder = f"homes/{home.pk}"
        yield FileOut(
            f"{folder}/energy.csv",
            _bytes(export_csv(home, by=person)),
            _("readings and bills of a home, for spreadsheets"),
        )
        yield FileOut(
            f"{folder}/green_button.xml",
            _bytes(export_green_button(home, by=person)),
            _("the same as Green Button, which other energy apps can read"),
        )
        yield from _photos(home, folder)
        yield from _waiting_files(home, folder)


def _photos(home: Premises, folder: str) -> Iterator[FileOut]:
    shown = RegisterReading.objects.filter(meter__premises=home).exclude(photo="")
    for reading in shown.order_by("pk").iterator(chunk_size=100):
        ending = (reading.photo.name or "").rpartition(".")[2]
        yield FileOut(
            f"{folder}/photos/{reading.pk}.{ending}",
            stored_pieces(reading.photo),
            _("a photo of the meter, named by the number of its reading"),
        )


def _waiting_files(home: Premises, folder: str) -> Iterator[FileOut]:
    """Once a file is read its rows are the data; only one that waits is still here."""
    kept = Upload.objects.filter(premises=home).exclude(file="")
    for upload in kept.order_by("pk").iterator(chunk_size=100):
        yield FileOut(
            f"{folder}/files/{upload.pk}-{upload.name.replace('/', '_')}",
            stored_pieces(upload.file),
            _("a file you gave that waits to be read"),
        )


def _bytes(pieces: Iterator[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)


HELD = [
    Held(
        "energy.Premises",
        _("Homes you belong to, and what is known of them"),
        _homes(Premises, "pk"),
        (
            "id",
            "kind",
            "name",
            "neighbourhood__code",
            "dwelling",
            "area_band",
            "people_band",
            "heating",
            "tariff_kind",
            "contract_kw",
            "reading_day",
            "station__number",
            "joined_on",
            "part",
            "origin",
            "publishes",
            "compares",
            "created_at",
            "updated_at",
        ),
    ),
    Held(
        "energy.Membership",
        _("Since when, and with which right, you belong to a home"),
        _memberships,
        ("premises", "right", "since"),
    ),
    Held(
        "energy.PremisesInvitation",
        _("Codes you made for others to join (the code itself is not kept)"),
        _invitations,
        ("premises", "expires_at", "used_at"),
    ),
    Held(
        "energy.PremisesDiscount",
        _("Discounts of the tariff a home has"),
        _homes(PremisesDiscount),
        ("premises", "names"),
    ),
    Held(
        "energy.Meter",
        _("Meters of the homes"),
        _homes(Meter),
        ("id", "premises", "commodity", "flow", "unit", "zone", "digits"),
    ),
    Held("energy.UsageDay", _("Use over time: see the files energy.csv and .xml")),
    Held("energy.DailyUse", _("Sums of days, made from the readings in energy.csv")),
    Held(
        "energy.Device",
        _("Devices that send readings (their token is not kept)"),
        _homes(Device, "meter__premises"),
        ("id", "meter", "name", "made_at", "last_seen_at", "revoked_at"),
    ),
    Held(
        "energy.Upload",
        _("Files that were given for a home, and what became of them"),
        _homes(Upload),
        (
            "id",
            "premises",
            "name",
            "size",
            "sha256",
            "answers",
            "state",
            "format",
            "rows_read",
            "rows_new",
            "rows_same",
            "rows_refused",
            "first",
            "last",
            "kwh",
            "understood",
            "messages",
            "created_at",
        ),
    ),
    Held(
        "energy.RegisterReading",
        _("Meter readings by hand"),
        _homes(RegisterReading, "meter__premises"),
        (
            "id",
            "meter",
            "read_at",
            "kwh",
            "starts_new_meter",
            "old_meter_final_kwh",
            "new_meter_first_kwh",
            "rolled_over",
            "quality",
            "created_at",
        ),
    ),
    Held(
        "energy.RegisterReadingChange",
        _("What a reading said before it was corrected"),
        _homes(RegisterReadingChange, "reading__meter__premises"),
        ("reading", "old", "at"),
    ),
    Held(
        "energy.Bill",
        _("Paper bills"),
        _homes(Bill),
        (
            "id",
            "premises",
            "start",
            "end",
            "kwh",
            "amount_won",
            "tariff_kind",
            "computed_won",
            "register_before",
            "register_now",
            "is_estimate",
            "created_at",
        ),
    ),
    Held(
        "energy.BillChange",
        _("What a bill said before it was corrected"),
        _homes(BillChange),
        ("premises", "bill", "old", "at"),
    ),
    Held(
        "energy.DeclaredEvent",
        _("What you said changed in a home"),
        _homes(DeclaredEvent),
        ("premises", "kind", "effect", "on", "until", "note"),
    ),
    Held(
        "energy.Baseline",
        _("How a home used energy before it joined, as computed"),
        _homes(Baseline),
        (
            "premises",
            "kind",
            "starts_on",
            "ends_on",
            "n",
            "missing",
            "model",
            "mu",
            "beta_h",
            "beta_c",
            "balance_h",
            "balance_c",
            "r2_adj",
            "cvrmse",
            "details",
            "method",
            "computed_at",
        ),
    ),
    Held(
        "energy.Saving",
        _("What a home saved, as computed"),
        _homes(Saving),
        (
            "premises",
            "span",
            "month",
            "days",
            "days_possible",
            "expected_kwh",
            "actual_kwh",
            "saved_kwh",
            "saved_kwh_low",
            "saved_kwh_high",
            "weather_kwh",
            "expected_won",
            "actual_won",
            "saved_won",
            "saved_won_low",
            "saved_won_high",
            "co2_kg",
            "schemes",
            "is_weather_corrected",
            "state",
            "method",
            "computed_at",
        ),
    ),
    Held("energy.SavingsDue", _("Marks that a home's figures are to be computed")),
    Held(
        "energy.HomeOutlook",
        _("What lies ahead of a home, as computed"),
        _homes(HomeOutlook),
        ("premises", "day", "facts"),
    ),
]

holds(
    "energy",
    label=_("Homes and energy"),
    held=HELD,
    erase=erase_person,
    files=files,
    questions=leaving_questions,
)
apart(
    _("Sums of many homes: no home can be told from them, and they are made again."),
    "energy.AreaSaving",
    "energy.AreaDue",
)
apart(
    _("Public rules with their source; who entered one is emptied."),
    "energy.TariffTable",
    "energy.IncentiveRule",
    "energy.Co2Factor",
    "energy.TipRule",
)

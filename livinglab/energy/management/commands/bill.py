"""`manage.py bill KIND FROM TO KWH`: every part of a Korean electricity bill."""

import json
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from livinglab.energy.selectors.tariffs import shipped_book, tariff_book
from livinglab.energy.tariff.bill import Account, Bill, bill
from livinglab.energy.tariff.discounts import UnknownDiscount, half_up
from livinglab.energy.tariff.tables import NoTable, TariffBook


class Command(BaseCommand):
    help = (
        "The bill of the days FROM (included) to TO (not included) for KWH. Whole kWh "
        "are billed; a decimal is rounded half up. KIND as in the tariff tables, for "
        "example residential_low, residential_high, general_a1_low."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND")
        parser.add_argument("start", metavar="FROM", help="first day, 2026-09-01")
        parser.add_argument("end", metavar="TO", help="first day after it, 2026-10-01")
        parser.add_argument("kwh", metavar="KWH")
        parser.add_argument(
            "--discount",
            action="append",
            default=[],
            metavar="NAME",
            help="large_family, three_children, birth, life_support, disabled, …; "
            "may be given twice",
        )
        parser.add_argument("--contract-kw", default="0", metavar="N")
        parser.add_argument("--lagging-pf", default="90", metavar="PERCENT")
        parser.add_argument("--leading-pf", default="95", metavar="PERCENT")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = _bill(_book(), options)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_as_lines(found)))


def _book() -> TariffBook:
    """The tables of the database, or the shipped ones where there is none yet."""
    try:
        return tariff_book()
    except DatabaseError:
        return shipped_book()


def _bill(book: TariffBook, options: dict[str, Any]) -> Bill:
    kind = options["kind"]
    if kind not in book.kinds():
        known = ", ".join(book.kinds())
        raise CommandError(f"“{kind}” is not a kind of contract. Known: {known}.")
    account = Account(
        kind,
        frozenset(options["discount"]),
        _number(options["contract_kw"]),
        _number(options["lagging_pf"]),
        _number(options["leading_pf"]),
    )
    start, end = _day(options["start"]), _day(options["end"])
    if end <= start:
        raise CommandError("TO is the first day after the bill, so later than FROM.")
    try:
        return bill(book, account, start, end, half_up(_number(options["kwh"])))
    except NoTable as error:
        raise CommandError(
            f"No table {error.kind} was in force on {error.day}."
        ) from error
    except UnknownDiscount as error:
        known = ", ".join(book.discount_names(kind))
        raise CommandError(
            f"{error.kind} has no discount “{error.name}”. It has: {known}."
        ) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is not a day like 2026-09-01.") from error


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise CommandError(f"“{text}” is not a number from zero up.")
    return number


def _as_json(found: Bill) -> dict[str, Any]:
    return {
        "kind": found.account.kind,
        "from": found.start.isoformat(),
        "to": found.end.isoformat(),
        "kwh": found.kwh,
        "tier": found.tier,
        **found.parts(),
        "steps": [
            {
                "from": step.start.isoformat(),
                "days": step.days,
                "season": step.season,
                "tier": step.tier,
                "kwh": step.kwh,
                "won_per_kwh": str(step.won_per_kwh),
                "won": str(step.won),
            }
            for step in found.steps
        ],
        "tables": [
            {
                "kind": origin.kind,
                "valid_from": origin.valid_from.isoformat(),
                "source": origin.source,
                "checked_on": origin.checked_on.isoformat(),
            }
            for origin in found.origins
        ],
    }


def _as_lines(found: Bill) -> list[str]:
    lines = [f"{found.account.kind}, {found.start} to {found.end}, {found.kwh} kWh"]
    for step in found.steps:
        lines.append(
            f"  {step.start} {step.days:>3} days  {step.season:<14} tier {step.tier} "
            f"{step.kwh:>7,} kWh x {step.won_per_kwh} = {step.won:,} won"
        )
    lines += [f"{name:<24}{won:>12,} won" for name, won in found.parts().items()]
    lines += [
        f"table {origin.kind} from {origin.valid_from}, checked on {origin.checked_on}"
        for origin in found.origins
    ]
    return lines

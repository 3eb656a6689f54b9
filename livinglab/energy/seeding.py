"""Tariff tables, incentive rules, CO2 factors and tips of `seeds/`."""

import json
from pathlib import Path
from typing import Any

from livinglab.energy.services.dated_rules import write_shipped_rules
from livinglab.energy.services.tariffs import write_shipped_tables
from livinglab.energy.tariff.golden import load_book, read_documents
from livinglab.kernel.seeding import seeds


@seeds("energy", order=40)
def seed_rules(folder: Path) -> str:
    """Write the dated rules; nothing at all when a golden bill does not come out."""
    documents = read_documents(folder / "tariffs")
    load_book(documents)
    written = write_shipped_tables(documents)
    rules, factors, tips = write_shipped_rules(
        _rows(folder, "incentives", "rules"),
        _rows(folder, "co2", "factors"),
        _rows(folder, "tips", "tips"),
    )
    return (
        f"{len(documents)} tariff tables ({written} new), {rules} incentive rules, "
        f"{factors} CO2 factors, {tips} tips"
    )


def _rows(folder: Path, file: str, name: str) -> list[dict[str, Any]]:
    content = json.loads((folder / f"{file}.json").read_text("utf-8"))
    rows: list[dict[str, Any]] = content[name]
    return rows

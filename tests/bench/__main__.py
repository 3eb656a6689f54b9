"""Runs every bench_*.py beside this file and prints one table."""

import importlib
import os
import pkgutil
import sys

import django
from rich.console import Console
from rich.table import Table

from tests.bench import Row

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings.dev")


def rows(wanted: list[str]) -> list[Row]:
    """The rows of the wanted modules, or of all."""
    package = importlib.import_module("tests.bench")
    names = sorted(
        found.name
        for found in pkgutil.iter_modules(package.__path__)
        if found.name.startswith("bench_")
    )
    chosen = [name for name in names if not wanted or name[6:] in wanted]
    found_rows: list[Row] = []
    for name in chosen:
        found_rows += importlib.import_module(f"tests.bench.{name}").run()
    return found_rows


def main() -> int:
    django.setup()
    table = Table(title="livinglab bench")
    for heading in ("what", "ours", "peer or bound", "ratio", "must be", ""):
        table.add_column(heading, overflow="fold")
    worst = 0
    for row in rows(sys.argv[1:]):
        sign = "≤" if row.at_most else "≥"
        verdict = {True: "holds", False: "MISSED", None: row.note}[row.holds]
        worst = max(worst, int(row.holds is False))
        table.add_row(
            row.name,
            row.ours,
            row.peer,
            "" if row.ratio is None else f"{row.ratio:,.4g}",
            "" if row.bound is None else f"{sign} {row.bound:,.4g}",
            verdict,
        )
    Console(width=150).print(table)
    return worst


if __name__ == "__main__":
    sys.exit(main())

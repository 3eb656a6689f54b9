"""A hundred thousand reports against a thousand: the same questions, hardly more time.

Two databases with the same places, kinds and habits (see issues_fill.py), asked in turn
in processes of their own with nothing kept; the smaller one is the peer. On PostgreSQL:

    POSTGRES_DB=… python -m tests.bench issues
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import Row

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 1_000, int(os.environ.get("LIVINGLAB_BENCH_ISSUES", "100000"))
MOST_TIME, MOST_QUERIES = 1.5, 8
Costs = dict[str, dict[str, Any]]


def run() -> list[Row]:
    """Fill both, then ask them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.environ.get("LIVINGLAB_BENCH_ISSUES_KEEP", name))
        few, many = (_asked(folder, count) for count in (FEW, MANY))
        return [*_times(few, many), *_queries(few, many)]


def _asked(folder: Path, count: int) -> Costs:
    home = folder / str(count)
    home.mkdir(parents=True, exist_ok=True)
    env = os.environ | {"LIVINGLAB_DATA_DIR": str(home)}
    if name := os.environ.get("POSTGRES_DB"):
        env["POSTGRES_DB"] = f"{name}_{count}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.issues_asker", str(count)],
        cwd=ROOT, env=env, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"asking {count} reports failed:\n{done.stderr}")
    costs: Costs = json.loads(done.stdout.splitlines()[-1])["costs"]
    return costs


def _times(few: Costs, many: Costs) -> list[Row]:
    return [
        Row(
            f"{MANY:,} reports: {name}",
            f"{many[name]['ms']:.2f} ms",
            f"{FEW:,} reports {few[name]['ms']:.2f} ms",
            many[name]["ms"] / few[name]["ms"],
            MOST_TIME,
            at_most=True,
        )
        for name in few
    ]


def _queries(few: Costs, many: Costs) -> list[Row]:
    """The question that asks most, and those that ask more beside many reports."""
    worst = max(many, key=lambda name: many[name]["queries"])
    counts = ("queries_of_a_first_look", "queries")
    grown = [name for name in few if any(many[name][n] > few[name][n] for n in counts)]
    return [
        Row(
            f"{MANY:,} reports: queries of a page",
            f"{worst}: {many[worst]['queries']}",
            str(MOST_QUERIES),
            float(many[worst]["queries"]),
            MOST_QUERIES,
            at_most=True,
        ),
        Row(
            f"{MANY:,} reports: questions that ask the database more",
            ", ".join(grown) or "none",
            "none",
            float(len(grown)),
            0.0,
            at_most=True,
        ),
    ]

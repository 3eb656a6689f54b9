"""A hundred thousand reports against a thousand: the same questions, hardly more time.

Two databases with the same places, kinds and habits (see issues_fill.py), asked in turn
by processes of their own with nothing kept; the smaller one is the peer. A question's
time is the least of all rounds: whatever else a machine does only ever adds, so the
least is nearest to what the question itself takes. On PostgreSQL:

    POSTGRES_DB=… python -m tests.bench issues

Filling takes longer than asking: `LIVINGLAB_BENCH_ISSUES_KEEP` names a folder for
SQLite's two databases, to be asked again; those of PostgreSQL, `…_1000` and `…_100000`,
are made beforehand and stay. `LIVINGLAB_BENCH_QUESTIONS` says how the names of those
begin that are wanted, `LIVINGLAB_BENCH_TURNS` how often each database has its turn.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.bench import Row

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 1_000, int(os.environ.get("LIVINGLAB_BENCH_ISSUES", "100000"))
WANTED = os.environ.get("LIVINGLAB_BENCH_QUESTIONS", "")  # how their names begin
TURNS = int(os.environ.get("LIVINGLAB_BENCH_TURNS", "4"))
MOST_TIME, MOST_QUERIES = 1.5, 8
COUNTS = ("queries_of_a_first_look", "queries")
DESKS = ("the desk", "an office")  # drawn by the admin site
Costs = dict[str, dict[str, Any]]
Asker = subprocess.Popen[str]


def run() -> list[Row]:
    """Fill both, then ask them in turn."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(os.environ.get("LIVINGLAB_BENCH_ISSUES_KEEP", name))
        askers = [stack.enter_context(_asker(folder, count)) for count in (FEW, MANY)]
        names = [_heard(asker) for asker in askers][0]
        costs: tuple[Costs, Costs] = ({}, {})
        for name in names:
            if name.startswith(WANTED):
                _ask_in_turn(name, askers, costs)
        return [*_times(*costs), *_queries(*costs)]


@contextmanager
def _asker(folder: Path, count: int) -> Iterator[Asker]:
    home = folder / str(count)
    home.mkdir(parents=True, exist_ok=True)
    env = os.environ | {"LIVINGLAB_DATA_DIR": str(home)}
    if name := os.environ.get("POSTGRES_DB"):
        env["POSTGRES_DB"] = f"{name}_{count}"
        # What a helper of the server did would be counted nowhere.
        env["PGOPTIONS"] = "-c max_parallel_workers_per_gather=0"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.issues_asker", str(count)],
        cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as asker:  # fmt: skip
        yield asker
        assert asker.stdin
        asker.stdin.close()


def _heard(asker: Asker) -> Any:
    """The next line that is an answer; on its way, a process may say other things."""
    assert asker.stdout
    for line in asker.stdout:
        if line[:1] in "[{":
            return json.loads(line)
    raise RuntimeError(f"asking failed: {asker.args!r}")


def _ask_in_turn(name: str, askers: list[Asker], costs: tuple[Costs, Costs]) -> None:
    """Some rounds here, some there, so that a busy minute of the machine hits both."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _turn in range(TURNS):
        for asker, cost, times in zip(askers, costs, spent, strict=True):
            assert asker.stdin
            print(name, file=asker.stdin, flush=True)
            answer = _heard(asker)
            times.extend(answer.pop("ms"))
            cost[name] = answer | {"ms": min(times)}


def _times(few: Costs, many: Costs) -> list[Row]:
    return [
        Row(
            f"{MANY:,} reports: {name}",
            f"{many[name]['ms']:.3g} ms",
            f"{FEW:,} reports {few[name]['ms']:.3g} ms",
            many[name]["ms"] / few[name]["ms"],
            MOST_TIME,
            at_most=True,
        )
        for name in few
    ]


def _queries(few: Costs, many: Costs) -> list[Row]:
    """The question that asks most, and those that ask more beside many reports."""
    pages = [name for name in many if not name.startswith(DESKS)]
    worst = max(pages, key=lambda name: many[name]["queries"])
    grown = [name for name in few if any(many[name][n] > few[name][n] for n in COUNTS)]
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

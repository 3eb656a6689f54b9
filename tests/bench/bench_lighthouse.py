"""Lighthouse, mobile, in Chromium: what every public page and the five tabs score."""

import json
import os
import shutil
import subprocess
from typing import Any

from tests.bench import Row
from tests.journeys.pages import Shot, shots, tabs
from tests.journeys.server import FLAGS, ROOT, Running, chromium, serving

RUNS = 3
FULL = 100
HOW = ["performance", "accessibility", "best-practices"]
SHORT = {"performance": "p", "accessibility": "a", "best-practices": "b", "seo": "s"}
MEANS = "performance, accessibility, best practices, SEO"


def run() -> list[Row]:
    """A row a page: the lowest of its scores against 100, and the audits that fail.

    LIVINGLAB_BENCH_PAGES="report places" measures only pages so named.
    """
    browser = chromium()
    if browser is None or shutil.which("node") is None:
        return [Row("lighthouse", "", "", None, FULL, note="no Chromium or no node")]
    with serving() as running:
        world = json.loads(running.build("tests.journeys.cast").splitlines()[-1])
        return [_row(line) for line in _measured(browser, _wanted(running, world))]


def _wanted(running: Running, world: dict[str, Any]) -> list[dict[str, Any]]:
    public = [shot for shot in shots(world) if shot.is_public]
    names = set(os.environ.get("LIVINGLAB_BENCH_PAGES", "").split())
    pages = [
        *(
            _page(shot, running, "", [*HOW, *(["seo"] if shot.is_found else [])])
            for shot in public
        ),
        *(
            _page(shot, running, world["sessions"][shot.who], HOW)
            for shot in tabs(world)
            if shot.who
        ),
    ]
    return [page for page in pages if not names or page["name"] in names]


def _page(
    shot: Shot, running: Running, session: str, categories: list[str]
) -> dict[str, Any]:
    return {
        "name": shot.name,
        "url": running.url + shot.address,
        "session": session,
        "categories": categories,
    }


def _measured(browser: str, pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    wanted = {"chrome": browser, "flags": FLAGS, "runs": RUNS, "pages": pages}
    done = subprocess.run(
        ["node", "tests/bench/lighthouse.mjs"],
        input=json.dumps(wanted), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _row(line: dict[str, Any]) -> Row:
    scores = line["scores"]
    said = " ".join(f"{SHORT[name]} {score}" for name, score in scores.items())
    known = [score for score in scores.values() if score is not None]
    lowest = min(known) if len(known) == len(scores) else None
    return Row(
        f"lighthouse {line['name']}",
        f"{said}{'' if line['runs'] == 1 else ' (median of 3)'}",
        "; ".join(line["failing"]) if lowest != FULL else f"{FULL}: {MEANS}",
        None if lowest is None else lowest / FULL,
        1.0,
        note="Lighthouse gave no score",
    )

"""What a page costs against a bare list, how often it asks the database.

The peer (`tests/bench/bare/`) is a stock Django project: stock apps and middleware, the
generic ListView, twenty rows of two columns in a plain list, no style, no words to
translate, no compression; signed in by a session in the database where our page is.
Both run in a process of their own on the same kind of database, warm, asked in turn.

Warm means: seen before and unchanged since. Most of a person's pages then ask who it is
(session, person: half of the peer's cost and of ours) and one question a part whether
it still stands. The start page asks one question an app, whose rows are both what it
shows and where it stands: eight with nothing kept in the process, six later. The empty
form of a reading is kept with gaps for its minute and its name; a report is kept for
who looks at it a second time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import Row

ROOT = Path(__file__).resolve().parents[2]
HOMES = int(os.environ.get("LIVINGLAB_BENCH_PAGE_HOMES", "24"))
ROUNDS, TIMES = 21, 10
MOST_COST, MOST_QUERIES = 2.5, 8
PLACE, CITY = "4139059100", "siheung"


@dataclass(frozen=True)
class Page:
    """An address, and who looks at it ("" is a visitor)."""

    path: str
    who: str = ""

    @property
    def name(self) -> str:
        return f"{self.path} {'signed in' if self.who else 'visitor'}"


PUBLIC = [
    "/",
    "/about/",
    "/energy/",
    "/energy/how/",
    "/issues/",
    "/issues/map/",
    "/issues/{report}/",
    "/report/",
    "/goals/",
    "/goals/SH-N1/",
    "/places/",
    f"/places/{PLACE}/",
    f"/places/city/{CITY}/",
    "/accounts/login/",
    "/accounts/signup/",
]
SIGNED_IN = [
    "/",
    "/energy/",
    "/goals/",
    "/places/",
    "/me/",
    "/me/inbox/",
    "/me/notifications/",
    "/energy/homes/{home}/",
    "/energy/homes/{home}/add/",
    "/energy/homes/{home}/add/reading/",
    "/energy/uploads/",
    "/issues/",
    "/issues/map/",
    "/issues/{report}/",
    "/issues/mine/",
    "/issues/mine/?which=followed",
    "/issues/places/",
]


def pages(world: dict[str, Any]) -> list[Page]:
    """Every public page, and what a resident opens."""
    found = {"home": world["resident"]["home"], "report": world["report"]}
    mine = [Page(path.format(**found), "resident") for path in SIGNED_IN]
    return [*(Page(path.format(**found)) for path in PUBLIC), *mine]


class Asker:
    """One process that answers what pages cost; see `asker.py`."""

    def __init__(self, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.asker"],
            cwd=ROOT, env=env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, path: str, session: str, **more: Any) -> dict[str, Any]:
        cookies = {"csrftoken": "x" * 32} | ({"sessionid": session} if session else {})
        assert self.process.stdin
        assert self.process.stdout
        question = {"path": path, "cookies": cookies, **more}
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


def _python(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _env(folder: Path, settings: str) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    ours = {"LIVINGLAB_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": settings}
    return os.environ | ours | {"LIVINGLAB_DEMO": "1"}


def _demonstration(env: dict[str, str]) -> dict[str, Any]:
    if not (Path(env["LIVINGLAB_DATA_DIR"]) / "demo" / "demo.json").exists():
        _python(env, "manage.py", "migrate", "-v", "0")
        _python(env, "manage.py", "seed")
        _python(
            env, "manage.py", "demo", f"--homes={HOMES}", "--no-samples", "--no-serve",
            "--port=0",
        )  # fmt: skip
    said = _python(env, "-m", "tests.bench.pages_world", "sessions")
    world: dict[str, Any] = json.loads(said.splitlines()[-1])
    return world


@contextmanager
def _asking(env: dict[str, str]) -> Iterator[Asker]:
    asker = Asker(env)
    try:
        yield asker
    finally:
        asker.close()


def run() -> list[Row]:
    """Costs first, in turn with the peer; then the queries, then with ten times."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        kept = os.environ.get("LIVINGLAB_BENCH_PAGES_KEEP")
        folder = Path(kept or name)
        env = _env(folder / "ours", "livinglab.config.settings.dev")
        world = _demonstration(env)
        bare_env = _env(folder / "bare", "tests.bench.bare.settings")
        key = _python(bare_env, "-m", "tests.bench.bare.fill").split()[-1]
        ours = stack.enter_context(_asking(env))
        bare = stack.enter_context(_asking(bare_env))
        measured = [_cost(page, world, ours, bare, key) for page in pages(world)]
        before = _queries(world, ours)
        if not kept:
            _python(env, "-m", "tests.bench.pages_world", "more")
        return measured + _query_rows(before, _queries(world, ours))


def _session(page: Page, world: dict[str, Any]) -> str:
    return str(world[page.who]["session"]) if page.who else ""


def _cost(page: Page, world: dict[str, Any], ours: Asker, bare: Asker, key: str) -> Row:
    """The quickest of some rounds, each ours beside the peer's.

    Whatever else a machine does only ever adds: the least is what a page costs.
    """
    mine, theirs = [], []
    for _round in range(ROUNDS):
        found = ours.ask(page.path, _session(page, world), times=TIMES)
        peer = bare.ask("/", key if page.who else "", times=TIMES)
        if found["status"] != 200 or peer["status"] != 200:
            return Row(page.name, str(found), str(peer), 99.0, MOST_COST, at_most=True)
        mine.append(found["seconds"])
        theirs.append(peer["seconds"])
    return Row(
        f"page {page.name}",
        f"{min(mine) * 1e3:.2f} ms, {found['bytes'] / 1e3:.1f} kB",
        f"bare list {min(theirs) * 1e3:.2f} ms",
        min(mine) / min(theirs),
        MOST_COST,
        at_most=True,
    )


Counts = dict[str, list[int]]


def _queries(world: dict[str, Any], ours: Asker) -> Counts:
    return {
        page.name: ours.ask(page.path, _session(page, world), count=True)["queries"]
        for page in pages(world)
    }


def _query_rows(before: Counts, after: Counts) -> list[Row]:
    """The page that asks most; pages that ask more when there are more rows."""
    worst = max(before, key=lambda name: max(before[name]))
    grown = [name for name in before if after[name] != before[name]]
    said = ", ".join(f"{n} {before[n]} → {after[n]}" for n in grown)
    return [
        Row(
            "queries of a page, first look and later",
            f"{len(before)} pages, most: {worst} {before[worst]}",
            "8",
            float(max(before[worst])),
            MOST_QUERIES,
            at_most=True,
        ),
        Row(
            "pages that ask more with ten times the rows",
            said or "none",
            "none",
            float(len(grown)),
            0.0,
            at_most=True,
        ),
    ]

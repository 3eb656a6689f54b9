"""Ten deaths of the whole process; afterwards the figures of an undisturbed run.

`python -m tests.energy.kill_embedded [seed]` builds a small demonstration twice, once
in peace and once with kill -9 at random moments of the import and of a recomputation.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.config.test_embedded import free_port

ROOT = Path(__file__).resolve().parents[2]
HOMES = 9
KILLS = 10
LONGEST_S = 240
Figures = dict[str, list[Any]]
LEFT = (
    "select count(*) from energy_premises",
    "select count(*) from energy_upload where state in ('received', 'reading')",
    "select count(*) from energy_savingsdue",
    "select count(*) from energy_areadue",
)
MARK = """
from livinglab.energy.services.savings import mark_everything_due
mark_everything_due()
"""


class Demo:
    """A demonstration in a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "livinglab.config.settings.dev",
            "LIVINGLAB_DATA_DIR": str(folder),
            "LIVINGLAB_DEMO": "1",
            "PYTHONWARNINGS": "ignore",
        }
        for name in ("POSTGRES_DB", "REDIS_URL"):
            self.env.pop(name, None)
        self.manage("migrate", "-v", "0")
        self.manage("seed")

    def manage(self, *arguments: str) -> str:
        return self.run("manage.py", *arguments)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def start(self, *more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", "demo", "--no-samples", *more]
        command += ["--homes", str(HOMES), "--port", str(free_port())]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def finish(self) -> float:
        """Run until the table is printed; the seconds it worked after serving."""
        process = self.start("--no-serve")
        ready = _until_ready(process)
        said, _ = process.communicate(timeout=LONGEST_S)
        if process.returncode != 0:
            raise RuntimeError(said)
        return time.monotonic() - ready

    def kill_after(self, seconds: float) -> None:
        """Start, let it work so long after it began to serve, kill -9."""
        process = self.start()
        _until_ready(process)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    def make_everything_due(self) -> None:
        """As `savings recompute`, and the demonstration watches again."""
        self.manage("shell", "-v", "0", "-c", MARK)
        record = Path(self.env["LIVINGLAB_DATA_DIR"]) / "demo" / "demo.json"
        facts = json.loads(record.read_text()) | {"is_complete": False}
        record.write_text(json.dumps(facts))

    def left(self) -> str:
        """Homes there are, and how many rows of each kind are still due."""
        path = Path(self.env["LIVINGLAB_DATA_DIR"]) / "livinglab.sqlite3"
        with closing(sqlite3.connect(path, timeout=30)) as database:
            homes, files, savings, areas = (
                database.execute(question).fetchone()[0] for question in LEFT
            )
        return f"{homes} homes; due {files} files, {savings} savings, {areas} areas"

    def figures(self) -> Figures:
        said = self.run("-m", "tests.energy.told_figures")
        found: Figures = json.loads(said)
        return found


def _until_ready(process: subprocess.Popen[str]) -> float:
    said = []
    for line in process.stdout or ():
        said.append(line)
        if "serves http" in line:
            return time.monotonic()
    raise RuntimeError("".join(said))


def compare(seed: int, *, kills: int = KILLS, tell: bool = True) -> list[str]:
    """What differs after the deaths; nothing when all is well."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        calm, hunted = Demo(Path(scratch) / "calm"), Demo(Path(scratch) / "hunted")
        building = calm.finish()
        calm.make_everything_due()
        computing = calm.finish()
        for number in range(kills):
            imports = number < kills // 2
            if number == kills // 2:
                hunted.finish()
            if not imports:
                hunted.make_everything_due()
            # Every start goes on where the last one died, so each gets its share.
            most = building / (kills // 2) if imports else computing * 0.8
            wait = draw.uniform(0.1, most)
            hunted.kill_after(wait)
            if tell:
                what = "import" if imports else "recomputation"
                left = hunted.left()
                print(f"death {number + 1}, {what}, {wait:.1f} s: {left}", flush=True)
        hunted.finish()
        wanted, found = calm.figures(), hunted.figures()
        if tell:
            counts = {name: len(rows) for name, rows in wanted.items()}
            print(f"compared {counts}")
        return [line for name in wanted for line in _apart(name, wanted, found)]


def _apart(name: str, wanted: Figures, found: Figures) -> list[str]:
    """What one kind of row says differently, a line each."""
    if len(wanted[name]) != len(found[name]):
        return [f"{name}: {len(wanted[name])} rows against {len(found[name])}"]
    return [
        f"{name}: {_only_apart(one, other)}"
        for one, other in zip(wanted[name], found[name], strict=True)
        if one != other
    ]


def _only_apart(one: Any, other: Any) -> str:
    if isinstance(one, dict):
        keys = [key for key in one if one[key] != other[key]]
        return ", ".join(f"{key}: {one[key]} / {other[key]}" for key in keys)
    return f"{one} / {other}"


def main() -> int:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    different = compare(seed)
    print("\n".join(different) or "the same figures")
    return int(bool(different))


if __name__ == "__main__":
    sys.exit(main())

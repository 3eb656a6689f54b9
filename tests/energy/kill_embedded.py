"""Ten deaths of the whole process; afterwards the figures of an undisturbed run.

`python -m tests.energy.kill_embedded [seed]` builds a small demonstration twice, once
in peace and once with kill -9 at random moments of the import and of a recomputation.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.config.test_embedded import free_port

ROOT = Path(__file__).resolve().parents[2]
HOMES = 9
KILLS = 10
LONGEST_S = 240
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

    def start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", "demo", "--no-samples", "--no-serve"]
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

    def finish(self) -> None:
        """Run until the table is printed."""
        process = self.start()
        said, _ = process.communicate(timeout=LONGEST_S)
        if process.returncode != 0:
            raise RuntimeError(said)

    def kill_after(self, seconds: float) -> bool:
        """Start, wait, kill -9; False when it had finished before."""
        process = self.start()
        time.sleep(seconds)
        alive = process.poll() is None
        if alive:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return alive

    def make_everything_due(self) -> None:
        """As `savings recompute`, and the demonstration watches again."""
        self.manage("shell", "-v", "0", "-c", MARK)
        record = Path(self.env["LIVINGLAB_DATA_DIR"]) / "demo" / "demo.json"
        facts = json.loads(record.read_text()) | {"is_complete": False}
        record.write_text(json.dumps(facts))

    def figures(self) -> dict[str, list[object]]:
        said = self.run("-m", "tests.energy.told_figures")
        found: dict[str, list[object]] = json.loads(said)
        return found


def compare(seed: int, *, kills: int = KILLS, tell: bool = True) -> list[str]:
    """What differs after the deaths; nothing when all is well."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        calm, hunted = Demo(Path(scratch) / "calm"), Demo(Path(scratch) / "hunted")
        began = time.monotonic()
        calm.finish()
        whole = time.monotonic() - began
        dead = 0
        for number in range(kills):
            if number == kills // 2:
                hunted.finish()
                hunted.make_everything_due()
            wait = draw.uniform(1.5, whole if number < kills // 2 else whole / 2)
            dead += hunted.kill_after(wait)
            if tell:
                print(f"death {number + 1} after {wait:.1f} s", flush=True)
        hunted.finish()
        wanted, found = calm.figures(), hunted.figures()
        if tell:
            counts = {name: len(rows) for name, rows in wanted.items()}
            print(f"{dead} of {kills} starts were killed; compared {counts}")
        return [name for name in wanted if wanted[name] != found[name]]


def main() -> int:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    different = compare(seed)
    print("the same figures" if not different else f"different: {different}")
    return int(bool(different))


if __name__ == "__main__":
    sys.exit(main())

"""The embedded server on a data folder of its own, with what a builder put there."""

import atexit
import fcntl
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# How long whatever comes may take. A wait ends when it is there, so on a quick machine
# patience costs nothing, and two journeys at a time on a slow one are no failure.
PATIENCE_S = 60
PATIENCE_MS = PATIENCE_S * 1000
START_S = 4 * PATIENCE_S
# Below the numbers a system gives to those who connect: a port tried now is free later.
PORTS = range(20_000, 32_000)
SHARED = "LIVINGLAB_JOURNEYS"  # names the folder that the processes of a run share
DEV = "livinglab.config.settings.dev"
# What a process starts ends with it, also when a watchdog ends it on the spot.
ENDS_WITH_US = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


def chromium() -> str | None:
    """The browser of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(frozen=True)
class Running:
    """A server that answers, and where it writes what it would have mailed."""

    url: str
    folder: Path
    log: Path
    env: dict[str, str]

    def code_mailed_to(self, email: str, *, within_s: float = PATIENCE_S) -> str:
        """The newest code in the letters the server printed for this address."""
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            letters = self.log.read_text("utf-8", "replace").split("── letter to ")
            for letter in reversed(letters):
                if letter.startswith(email) and (found := _code_in(letter)):
                    return found
            time.sleep(0.1)
        raise AssertionError(f"no code was mailed to {email}")

    def link_mailed_to(
        self, email: str, path: str, *, within_s: float = PATIENCE_S
    ) -> str:
        """The newest address below `path` in the letters for this address."""
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            letters = self.log.read_text("utf-8", "replace").split("── letter to ")
            for letter in reversed(letters):
                found = re.search(rf"{re.escape(path)}\S+", letter)
                if letter.startswith(email) and found:
                    return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no link was mailed to {email}")

    def manage(self, *words: str) -> str:
        """Run a management command on the server's data."""
        return _python(self.env, "manage.py", *words)

    @property
    def demo_keys(self) -> dict[str, str]:
        """Name of each person of the demonstration → the key of the sign-in link."""
        record = json.loads((self.folder / "demo" / "demo.json").read_text())
        return {email.split("@")[0]: key for key, email in record["keys"].items()}

    def build(self, module: str, *words: str) -> str:
        """Run a builder module on the server's data; what it printed."""
        return _python(self.env, "-m", module, *words)


def _code_in(letter: str) -> str | None:
    lines = (line.strip() for line in letter.splitlines())
    return next((x for x in lines if re.fullmatch(r"[A-Z0-9][A-Z0-9-]{5,9}", x)), None)


def _python(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=START_S,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _free_port() -> int:
    for port in random.Random().sample(PORTS, 200):
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")


def shared_folder() -> Path:
    """What all servers of a run begin with; gone with the process that asked first."""
    if SHARED not in os.environ:
        os.environ[SHARED] = tempfile.mkdtemp(prefix="livinglab-journeys-")
        atexit.register(shutil.rmtree, os.environ[SHARED], ignore_errors=True)
    return Path(os.environ[SHARED])


def _made_once(name: str, make: Callable[[Path], object]) -> Path:
    """A folder that whoever needs it first makes; the others wait, then only read."""
    there, half = shared_folder() / name, shared_folder() / f"{name}.half"
    with (shared_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not there.is_dir():
            shutil.rmtree(half, ignore_errors=True)
            make(half)
            half.rename(there)
    return there


def _built() -> Path | None:
    """The front end as it was when the run began."""
    built = ROOT / "frontend" / "dist"
    if not built.is_dir():
        return None
    return _made_once("dist", lambda folder: shutil.copytree(built, folder))


def _seeded(settings: str) -> Path:
    """A data folder with tables and seeds, for each server to copy."""

    def seed(folder: Path) -> None:
        folder.mkdir()
        env = _environment(folder, settings)
        _python(env, "manage.py", "migrate", "-v", "0")
        _python(env, "manage.py", "seed")

    return _made_once(settings, seed)


def _environment(folder: Path, settings: str) -> dict[str, str]:
    return os.environ | {
        "LIVINGLAB_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
    }


@contextmanager
def serving(*, demo_homes: int = 0, settings: str = DEV) -> Iterator[Running]:
    """Tables, seeds, a small demonstration where wanted, serve; then all gone."""
    with tempfile.TemporaryDirectory(dir=shared_folder()) as name:
        folder = Path(shutil.copytree(_seeded(settings), name, dirs_exist_ok=True))
        env = _environment(folder, settings)
        if built := _built():  # a copy: a journey may change it
            env["LIVINGLAB_FRONTEND_DIST"] = str(
                shutil.copytree(built, folder / "dist")
            )
        port = _free_port()
        env["SITE_URL"] = f"http://127.0.0.1:{port}"
        log = folder / "server.log"
        running = Running(f"http://127.0.0.1:{port}", folder, log, env)
        if demo_homes:
            env["LIVINGLAB_DEMO"] = "1"
            running.manage(
                "demo", f"--homes={demo_homes}", "--no-samples", "--no-serve",
                f"--port={port}",
            )  # fmt: skip
        with log.open("w", encoding="utf-8") as out:
            process = subprocess.Popen(
                [*ENDS_WITH_US, sys.executable, "-m", "livinglab.config.embedded",
                 f"--port={port}"],
                cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
            try:
                _wait_until_it_answers(running, process)
                yield running
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _wait_until_it_answers(
    running: Running, process: "subprocess.Popen[bytes]"
) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(running.log.read_text("utf-8", "replace"))
        try:
            with urllib.request.urlopen(f"{running.url}/healthz", timeout=2):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the server did not answer in time")

"""The embedded server on a data folder of its own, with what a builder put there."""

import json
import os
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
from collections.abc import Iterator
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

    def code_mailed_to(self, email: str, *, within_s: float = 20) -> str:
        """The newest code in the letters the server printed for this address."""
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            letters = self.log.read_text("utf-8", "replace").split("── letter to ")
            for letter in reversed(letters):
                if letter.startswith(email) and (found := _code_in(letter)):
                    return found
            time.sleep(0.1)
        raise AssertionError(f"no code was mailed to {email}")

    def link_mailed_to(self, email: str, path: str, *, within_s: float = 20) -> str:
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
        [sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(*, demo_homes: int = 0, settings: str = DEV) -> Iterator[Running]:
    """Migrate, seed, make a small demonstration where wanted, serve; then all gone."""
    with tempfile.TemporaryDirectory(prefix="livinglab-journeys-") as name:
        folder = Path(name)
        env = os.environ | {
            "LIVINGLAB_DATA_DIR": name,
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
        }
        built = ROOT / "frontend" / "dist"
        if built.is_dir():  # a build of its own: a new one may come along meanwhile
            shutil.copytree(built, folder / "dist")
            env["LIVINGLAB_FRONTEND_DIST"] = str(folder / "dist")
        port = _free_port()
        env["SITE_URL"] = f"http://127.0.0.1:{port}"
        log = folder / "server.log"
        running = Running(f"http://127.0.0.1:{port}", folder, log, env)
        running.manage("migrate", "-v", "0")
        running.manage("seed")
        if demo_homes:
            env["LIVINGLAB_DEMO"] = "1"
            running.manage(
                "demo", f"--homes={demo_homes}", "--no-samples", "--no-serve",
                f"--port={port}",
            )  # fmt: skip
        with log.open("w", encoding="utf-8") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "livinglab.config.embedded", f"--port={port}"],
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

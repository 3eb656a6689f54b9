"""Thousands of open sockets on one process: memory of each, time to tell them all.

The real server (pages, API, worker, timetable and all) and uvicorn alone, with the same
protocol class, stand one after the other; the same client opens the same sockets.
"""

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench import Row

ROOT = Path(__file__).resolve().parents[2]
SOCKETS = int(os.environ.get("LIVINGLAB_BENCH_SOCKETS", "2000"))
SPARE_FILES = 200
WARM_UP, TIMES = 50, 7
START_S = 60
PEER = "uvicorn alone"


@dataclass(frozen=True)
class Measured:
    """What one server needs for a socket, and to tell all of them."""

    kib_each: float
    seconds: float


def run() -> list[Row]:
    count = min(SOCKETS, most_files() - SPARE_FILES)
    bare = measure(["socket_peers", "bare"], count, {})
    ours = _lab(count)
    many = f"{count:,} sockets on one process"
    return [
        Row(
            f"{many}, memory of each",
            f"{ours.kib_each:.1f} KiB",
            f"{PEER} {bare.kib_each:.1f} KiB",
            ours.kib_each / bare.kib_each,
            3.0,
            at_most=True,
        ),
        Row(
            f"{many}, until the last has heard a name",
            f"{ours.seconds * 1e3:.0f} ms",
            f"{PEER} {bare.seconds * 1e3:.0f} ms",
            ours.seconds / bare.seconds,
            3.0,
            at_most=True,
        ),
    ]


def most_files() -> int:
    """As many open files as this machine lets us have."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def _lab(count: int) -> Measured:
    with tempfile.TemporaryDirectory(prefix="livinglab-bench-") as folder:
        env = {
            "LIVINGLAB_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "livinglab.config.settings.dev",
        }
        migrate = [sys.executable, "manage.py", "migrate", "-v", "0"]
        subprocess.run(migrate, cwd=ROOT, env=os.environ | env, check=True)
        return measure(["socket_lab"], count, env)


def measure(server_of: list[str], count: int, env: Mapping[str, str]) -> Measured:
    port = _free_port()
    address = f"ws://127.0.0.1:{port}/ws/live/"
    with _process(*server_of, port, env=env) as server:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        with _listening(address, WARM_UP):
            pass
        before = _kib(server.pid)
        with _listening(address, count) as clients:
            each = (_kib(server.pid) - before) / count
            times = [_tell(server, clients) for _n in range(TIMES)]
    return Measured(each, median(times))


@contextmanager
def _listening(address: str, count: int) -> Iterator["subprocess.Popen[str]"]:
    with _process("socket_peers", "listen", address, count) as clients:
        assert clients.stdout is not None
        if clients.stdout.readline().strip() != "open":
            raise RuntimeError(f"{count} sockets could not be opened")
        yield clients


def _tell(server: "subprocess.Popen[str]", clients: "subprocess.Popen[str]") -> float:
    """Seconds from the word to the server until every client has heard it."""
    assert server.stdin is not None
    assert clients.stdout is not None
    start = time.monotonic()
    server.stdin.write("\n")
    server.stdin.flush()
    return float(clients.stdout.readline()) - start


@contextmanager
def _process(
    module: str, *words: object, env: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.bench.{module}", *map(str, words)],
        cwd=ROOT,
        env=os.environ | (env or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _kib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def _wait_for(address: str) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the server did not answer in time")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])

"""The embedded process: one command serves, works and leaves cleanly."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

# The suite makes its tables only when a test asks for them; ours are copied.
pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """A running process on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "livinglab.config.settings.dev",
            "LIVINGLAB_DATA_DIR": str(folder),
        }
        for name in ("POSTGRES_DB", "REDIS_URL"):
            self.env.pop(name, None)
        self.tables(folder / "livinglab.sqlite3")
        self.process = self.start()

    def tables(self, file: Path) -> None:
        """The suite's own empty tables where it runs on SQLite, else by migrating."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(file)) as copy:
                connection.connection.backup(copy)
        else:
            self.run("migrate", "-v", "0")

    def run(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            check=True,
        )

    def start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "livinglab.config.embedded",
                "--port",
                str(self.port),
            ],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        first = process.stdout.readline()
        if "serves" not in first:
            process.kill()
            pytest.fail(f"it did not start: {first}{process.communicate()[0]}")
        return process

    def get(self, path: str) -> dict[str, object]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:  # noqa: S310
            return dict(json.load(answer))


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[House]:
    with django_db_blocker.unblock():
        house = House(tmp_path_factory.mktemp("house"))
    yield house
    with house.process:  # closes its output, waits for its end
        house.process.kill()


def test_the_process_is_alive_and_its_socket_answers(house):
    assert house.get("/healthz") == {"state": "ok"}

    origin = f"http://127.0.0.1:{house.port}"
    with connect(f"ws://127.0.0.1:{house.port}/ws/live/", origin=origin) as socket_:
        area, home = "area:4139059100", "premises:1"
        socket_.send(json.dumps({"listen": [area, home]}))
        heard = json.loads(socket_.recv(timeout=5))
        assert heard == {"listening": [area], "refused": [home]}


def test_a_page_of_another_site_cannot_open_the_socket(house):
    with pytest.raises(InvalidStatus, match="403"):
        connect(f"ws://127.0.0.1:{house.port}/ws/live/", origin="http://evil.example")


def test_a_second_process_on_the_same_folder_is_refused(house):
    second = subprocess.run(
        [sys.executable, "-m", "livinglab.config.embedded", "--port", "1"],
        cwd=ROOT,
        env=house.env,
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert second.returncode == 1
    assert "already uses" in second.stderr


def test_an_interrupt_ends_it_cleanly(house):
    house.process.send_signal(signal.SIGINT)

    assert house.process.wait(timeout=15) == 0

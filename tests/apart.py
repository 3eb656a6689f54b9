"""Work in a process of its own, on a database file of its own.

The process is forked from the suite's, which has everything loaded: a new interpreter
would need seconds for that. It is given the suite's empty tables as a file, and what it
answers comes back as JSON. Where the suite itself is not on SQLite, an interpreter is
started that is (`python -m tests.apart`), so that the proof is the same everywhere; or,
`on_server`, one with a database of its own on the suite's server.
"""

import importlib
import json
import os
import sqlite3
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

ROOT = Path(__file__).resolve().parents[1]
DATABASE, TOLD, WRONG = "apart.sqlite3", "told.json", "wrong.txt"
SERVERS = ("POSTGRES_DB", "REDIS_URL", "LIVINGLAB_SQLITE")


def apart(
    work: Callable[..., Any],
    *given: Any,
    folder: Path,
    on_server: bool = False,
    **more: Any,
) -> Any:
    """What `work(*given)` answers, with this data folder; `more` are settings."""
    if connection.vendor == "sqlite":
        _lend_tables(folder / DATABASE)
        status = _fork(work, given, folder, more)
    elif on_server:
        with _database() as name:
            status = _start(work, given, folder, more, POSTGRES_DB=name)
    else:
        status = _start(work, given, folder, more)
    assert status == 0, (folder / WRONG).read_text() if status == 1 else status
    return json.loads((folder / TOLD).read_text())


def _lend_tables(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)


@contextmanager
def _database() -> Iterator[str]:
    """An empty one beside the suite's, gone afterwards."""
    name = f"{connection.settings_dict['NAME']}_apart"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        try:
            yield name
        finally:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _fork(
    work: Callable[..., Any], given: Any, folder: Path, more: dict[str, Any]
) -> int:
    child = os.fork()
    if not child:
        _do(work, given, folder, more)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _start(
    work: Callable[..., Any],
    given: Any,
    folder: Path,
    more: dict[str, Any],
    **server: str,
) -> int:
    words = json.dumps([work.__module__, work.__name__, given, str(folder), more])
    env = {name: value for name, value in os.environ.items() if name not in SERVERS}
    env |= {"DJANGO_SETTINGS_MODULE": "livinglab.config.settings.test", **server}
    start = [sys.executable, "-m", "tests.apart", words]
    return subprocess.run(start, cwd=ROOT, env=env, check=False).returncode


def _do(
    work: Callable[..., Any], given: Any, folder: Path, more: dict[str, Any]
) -> None:
    """Never returns: none of the suite's own goodbyes are ours to say."""
    status = 1
    try:
        _move_to(folder, more)
        if not connection.introspection.table_names():
            call_command("migrate", run_syncdb=True, verbosity=0)
        (folder / TOLD).write_text(json.dumps(work(*given)))
        status = 0
    except BaseException:  # noqa: BLE001 - it would be lost with the process
        (folder / WRONG).write_text(traceback.format_exc())
    finally:
        os._exit(status)


def _move_to(folder: Path, more: dict[str, Any]) -> None:
    """Rows and files of our own, and tasks that wait for somebody who looks."""
    warnings.simplefilter("ignore")
    celery = importlib.import_module("livinglab.config.celery").app
    celery.conf.task_always_eager = more.pop("CELERY_TASK_ALWAYS_EAGER", False)
    celery.conf.task_eager_propagates = False
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    override_settings(
        DATA_DIR=folder,
        MEDIA_ROOT=folder / "media",
        STORAGES=settings.STORAGES | {"default": files},
        **more,
    ).enable()
    if connection.vendor == "sqlite":
        connections.settings["default"]["NAME"] = str(folder / DATABASE)
        connections["default"] = connections.create_connection("default")


if __name__ == "__main__":
    module, name, found, where, changed = json.loads(sys.argv[1])
    settings.MIGRATION_MODULES = dict.fromkeys(
        (app.split(".")[-1] for app in settings.INSTALLED_APPS), None
    )
    django.setup()
    _do(getattr(importlib.import_module(module), name), found, Path(where), changed)

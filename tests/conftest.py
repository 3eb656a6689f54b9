"""The cast, and what every test may rely on."""

import gc
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.core.cache import caches
from django.db import transaction
from django.db.models.signals import post_migrate

from livinglab.people.models import Person
from livinglab.places.models import City
from tests import make
from tests.signing_in import SignedInClient

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
# Files that take longest go out first, so that no process waits for another at the end;
# by the processor's seconds each takes.
LONG = (
    "api/test_as_described.py",
    "security/test_doors.py",
    "people/test_nothing_left.py",
    "issues/test_learning.py",
    "admin/test_reports_scope.py",
    "security/test_headers.py",
    "energy/test_demo.py",
    "notifications/test_parallel.py",
    "config/test_embedded.py",
    "energy/test_kill_recompute.py",
    "people/test_kill_leaving.py",
    "issues/test_out_of_sight.py",
    "issues/test_blank_word.py",
    "pages/test_questions.py",
    "admin/test_reports_list.py",
    "admin/test_the_door.py",
    "images/test_memory.py",
    "images/test_bad_images.py",
    "people/test_leave.py",
    "issues/test_once.py",
    "energy/test_kill_import.py",
)
# Nobody here asks Django's own permissions; a flush would write four for every model.
post_migrate.disconnect(
    dispatch_uid=f"{create_permissions.__module__}.create_permissions"
)
# A busy machine is slow; what holds, holds.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, the longest before all, everything else as it stood."""
    rank = {name: at for at, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get("/".join(item.path.parts[-2:]), len(LONG)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Official sample data, where the machine has it."""
    if not SHARED.is_dir():
        pytest.skip("the shared sample data are not on this machine")
    return SHARED


@pytest.fixture
def client() -> SignedInClient:
    """Django's client; `force_login` counts as a sign-in of a moment ago."""
    return SignedInClient()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine can be reached."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in {"127.0.0.1", "::1", "localhost", "local"}:
            raise OSError(f"the suite may not reach {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """No test sees what another one cached."""
    yield
    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture(scope="module")
def kept_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What fixtures of this scope write stands for every test of the module.

    Each test still undoes its own writing; the rest is undone after the last one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def siheung(db: None) -> City:
    return make.city("siheung")


@pytest.fixture
def daegu(db: None) -> City:
    return make.city("daegu")


@pytest.fixture
def resident(siheung: City) -> Person:
    """Lives in Jeongwang 1-dong, Siheung, and agreed to everything."""
    return make.resident("resident@example.org", name="보라네")


@pytest.fixture
def neighbour(siheung: City) -> Person:
    return make.resident("neighbour@example.org", name="이웃집")


@pytest.fixture
def stranger(siheung: City) -> Person:
    """Signed in, belongs to no home."""
    return make.person("stranger@example.org", name="낯선이")


@pytest.fixture
def caregiver(siheung: City) -> Person:
    return make.staff("caregiver@example.org", kind="caregiver", city=None)


@pytest.fixture
def coordinator(siheung: City) -> Person:
    return make.staff("siheung@example.org", kind="coordinator", city=siheung)


@pytest.fixture
def daegu_coordinator(daegu: City) -> Person:
    return make.staff("daegu@example.org", kind="coordinator", city=daegu)


@pytest.fixture
def evaluator(siheung: City) -> Person:
    return make.staff("evaluator@example.org", kind="evaluator", city=siheung)

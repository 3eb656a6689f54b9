"""Schemathesis: whatever is asked, the API answers as its description says.

Every call of the description, with sensible and with senseless questions, as a guest,
a resident in a browser, a resident's software and a device. Derandomized: the same
questions every time. The long run (`-m slow`) asks many more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.conf import settings as lab
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.world import World, build

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PLAIN = {"Accept-Encoding": "identity"}
MODES = {"sensible": GenerationMode.POSITIVE, "senseless": GenerationMode.NEGATIVE}
# Who asks, and how → questions a call.
IN_THE_SUITE = {
    ("guest", "sensible"): 1,
    ("token", "sensible"): 1,
    ("device", "sensible"): 1,
    ("resident", "sensible"): 3,
    ("resident", "senseless"): 1,
}
# Those for whom the doors of reporting are another thing than for the rest.
OF_REPORTS = {
    ("visitor", "sensible"): 2,
    ("visitor", "senseless"): 1,
    ("coordinator", "sensible"): 2,
    ("coordinator", "senseless"): 1,
}
AT_LENGTH = {(who, mode): 60 for who, _mode in IN_THE_SUITE for mode in MODES}
REPORTS_AT_LENGTH = {
    (who, mode): 60 for who in ("visitor", "resident", "coordinator") for mode in MODES
}


@pytest.fixture(scope="module")
def described() -> Any:
    """The description, spoken to in this process."""
    schema = schemathesis.openapi.from_dict(
        SchemaGenerator().get_schema(request=None, public=True)
    )
    schema.app = from_this_machine(WSGIHandler())
    return schema


def from_this_machine(app: Any) -> Any:
    """Every server says who calls; a sign-in of some minutes is noted with it."""
    return lambda environ, start: app({"REMOTE_ADDR": "127.0.0.1"} | environ, start)


@contextmanager
def one_connection() -> Iterator[None]:
    """A request's end would close the connection the test's transaction is on.

    Only after the last call of Django's own client: each of them connects these again.
    """
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in ends:
            signal.connect(close_old_connections)


def without_hurry() -> override_settings:
    """Nobody here asks too often."""
    rates = {"DEFAULT_THROTTLE_RATES": {"device": "1000000/hour"}}
    return override_settings(
        PACE=dict.fromkeys(lab.PACE, (1_000_000, 3600)),
        REST_FRAMEWORK=lab.REST_FRAMEWORK | rates,
    )


@pytest.fixture(scope="module")
def built(kept_rows: None) -> World:
    """Built once; whatever a question changes is undone after it."""
    with without_hurry():
        return build()


@pytest.fixture
def world(built: World, db: None) -> Iterator[World]:
    with without_hurry(), one_connection():
        yield built


@pytest.mark.parametrize("who", ["resident", "coordinator", "token"])
def test_the_api_knows_who_asks(who, described, world):
    """Otherwise all that follows would only prove that strangers are refused."""
    asked = described["/api/v1/me/"]["GET"].Case()
    sent = PLAIN | world.headers[who]
    answer = asked.call(headers=sent, cookies=world.cookies.get(who))
    assert answer.status_code == 200


@pytest.mark.parametrize(("who", "mode"), IN_THE_SUITE)
def test_the_api_answers_as_described(who, mode, described, world):
    most = IN_THE_SUITE[who, mode]
    assert not _ask_everything(described, world, who, MODES[mode], most)


@pytest.mark.slow
@pytest.mark.parametrize(("who", "mode"), AT_LENGTH)
def test_the_api_answers_as_described_at_length(who, mode, described, world):
    most = AT_LENGTH[who, mode]
    assert not _ask_everything(described, world, who, MODES[mode], most)


@pytest.mark.parametrize(("who", "mode"), OF_REPORTS)
def test_the_doors_of_reporting_answer_as_described(who, mode, described, world):
    most = OF_REPORTS[who, mode]
    assert not _ask_everything(described, world, who, MODES[mode], most, "/issues")


@pytest.mark.slow
@pytest.mark.parametrize(("who", "mode"), REPORTS_AT_LENGTH)
def test_the_doors_of_reporting_answer_as_described_at_length(
    who, mode, described, world
):
    most = REPORTS_AT_LENGTH[who, mode]
    assert not _ask_everything(described, world, who, MODES[mode], most, "/issues")


def _ask_everything(
    described: Any,
    world: World,
    who: str,
    mode: GenerationMode,
    most: int,
    about: str = "",
) -> dict[str, str]:
    """The calls that broke their word, and how; empty when none did."""
    wrong = {}
    for found in described.get_all_operations():
        operation = found.ok()
        if about not in operation.path:
            continue
        if mode is GenerationMode.NEGATIVE and not _can_be_senseless(operation):
            continue
        try:
            _ask(operation, world, who, mode, most)
        except Unsatisfiable:
            continue  # every question about it makes sense
        except (Exception, BaseExceptionGroup) as broken:  # noqa: BLE001
            wrong[operation.label] = _short(broken)
    return wrong


def _can_be_senseless(operation: APIOperation) -> bool:
    """Whether anything in the call could be of the wrong kind."""
    has_number = any(part in operation.path for part in ("{id}", "_pk}", "{number}"))
    return bool(has_number or len(operation.query) or len(operation.body))


def _ask(
    operation: APIOperation, world: World, who: str, mode: GenerationMode, most: int
) -> None:
    @settings(
        max_examples=most,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        _lead_to_what_exists(case, world)
        with transaction.atomic():
            answer = case.call(
                headers=PLAIN | world.headers[who], cookies=world.cookies.get(who)
            )
            case.validate_response(answer, checks=CHECKS)
            transaction.set_rollback(True)

    ask()


def _lead_to_what_exists(case: Case, world: World) -> None:
    """Every other question is about something that is there."""
    for name, value in case.path_parameters.items():
        known = world.id_for(case.path, name)
        if known is not None and len(str(value)) % 2:
            case.path_parameters[name] = known
    if isinstance(case.body, dict) and len(str(case.body)) % 2:
        case.body |= {
            name: value for name, value in world.sensible.items() if name in case.body
        }


def _short(broken: BaseException) -> str:
    if isinstance(broken, BaseExceptionGroup):
        return " | ".join(_short(one) for one in broken.exceptions)
    return f"{type(broken).__name__}: {broken}"[:1200]

"""The table of states."""

import pytest

from livinglab.issues.states import (
    CLOSED,
    NEEDS_WORDS,
    OPEN,
    State,
    Step,
    following,
)


def test_every_state_is_either_open_or_closed():
    assert set(State) == OPEN | CLOSED
    assert not OPEN & CLOSED


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_report_can_be_closed_and_withdrawn(state):
    assert {State.RESOLVED, State.NO_ACTION, State.WITHDRAWN} <= set(following(state))


@pytest.mark.parametrize("state", sorted(CLOSED - {State.WITHDRAWN}))
def test_a_closed_report_can_only_be_opened_again(state):
    assert following(state) == [State.REOPENED]


def test_what_was_withdrawn_stays_withdrawn():
    assert following(State.WITHDRAWN) == []


def test_only_a_sending_on_may_repeat_its_state():
    again = [state for state in State if state in following(state)]
    assert again == [State.ROUTED]


@pytest.mark.parametrize("state", sorted(NEEDS_WORDS))
def test_nobody_is_left_without_a_reason(state):
    assert Step(State.RECEIVED, state, words="  ").lacks_words
    assert not Step(State.RECEIVED, state, words="이유").lacks_words


def test_the_clock_stands_still_only_while_the_reporter_is_asked():
    assert Step(State.RECEIVED, State.WAITING).stops_the_clock
    assert Step(State.WAITING, State.IN_PROGRESS).starts_the_clock
    assert Step(State.WAITING, State.RESOLVED).starts_the_clock
    assert not Step(State.RECEIVED, State.PLANNED).stops_the_clock

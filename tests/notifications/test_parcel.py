"""What a provider's answer says of a message."""

import pytest

from livinglab.notifications.channels.parcel import Fate, outcome_of_status


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("30", 30),
        (None, None),
        ("", None),
        ("²", None),
        ("-5", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("9" * 5000, None),
    ],
)
def test_a_provider_asks_to_wait_in_seconds_or_not_at_all(
    said: str | None, wait: int | None
) -> None:
    outcome = outcome_of_status(503, said)
    assert (outcome.fate, outcome.wait_s) == (Fate.LATER, wait)

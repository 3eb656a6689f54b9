"""Which channel is served by what."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from livinglab.notifications.channels import letters, push, text_messages
from livinglab.notifications.channels.parcel import Outcome, Parcel
from livinglab.notifications.kinds import Channel


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Way:
    """How a channel is used."""

    send: Callable[[Parcel], Outcome]
    is_offered: Callable[[], bool]
    reaches: Callable[[Collection[int]], set[int]]
    # Whether the provider itself keeps a repeated key from arriving twice.
    repeats_safely: Callable[[], bool] = _never


WAYS: dict[str, Way] = {
    Channel.PUSH: Way(push.send, push.is_offered, push.reaches),
    Channel.EMAIL: Way(letters.send, letters.is_offered, letters.reaches),
    Channel.SMS: Way(
        text_messages.send,
        text_messages.is_offered,
        text_messages.reaches,
        text_messages.repeats_safely,
    ),
}


def offered() -> list[Channel]:
    """The channels this city has set up."""
    return [channel for channel in Channel if WAYS[channel].is_offered()]

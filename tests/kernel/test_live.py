"""Who may hear of what, and that no work fails for want of a hint."""

import pytest
from redis.exceptions import ConnectionError as RedisIsAway

from livinglab.kernel import realtime
from livinglab.kernel.realtime import announce, group_name, is_public, may_listen

MALFORMED = ["", "premises", "premises:", "premises:x", "secret:1", "premises:²"]
HOSTILE = [
    "area:한글",
    "area:1.2",
    "area:1:2",
    "area:" + "9" * 60,
    "area:1\n",
    "a" * 99,
]


@pytest.mark.parametrize("name", [*MALFORMED, *HOSTILE])
def test_malformed_and_unknown_topics_are_silent(resident, name):
    assert not may_listen(resident, name)


def test_only_what_everybody_may_hear_is_public():
    assert is_public("area:4139059100")
    assert not is_public("premises:17")
    assert not is_public("secret:1")


def test_no_two_topics_share_a_group():
    assert group_name("premises:17") == "live.premises.17"
    assert not realtime.NAME.fullmatch("premises:1.7")


def test_what_happened_stands_when_nobody_can_be_told(monkeypatch, caplog):
    class Away:
        async def group_send(self, group, message):
            raise RedisIsAway

    monkeypatch.setattr(realtime, "get_channel_layer", Away)
    announce("premises:17", "savings")

    assert "nobody could be told" in caplog.text

"""The socket says names only, and only to those who may listen."""

import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator

from livinglab.kernel.realtime import announce, may_listen
from livinglab.notifications.consumers import LiveConsumer
from tests import make


def socket_of(person):
    communicator = WebsocketCommunicator(LiveConsumer.as_asgi(), "/ws/live/")
    communicator.scope["user"] = person
    return communicator


@pytest.mark.django_db(transaction=True)
async def test_a_member_hears_the_name_of_what_changed(resident):
    home = await database_sync_to_async(make.premises)(resident)
    topic = f"premises:{home.pk}"
    socket = socket_of(resident)
    await socket.connect()
    await socket.send_json_to({"listen": topic})
    assert await socket.receive_json_from() == {"listening": topic}

    await database_sync_to_async(announce)(topic, "savings")

    assert await socket.receive_json_from() == {"topic": topic, "name": "savings"}
    await socket.disconnect()


@pytest.mark.django_db(transaction=True)
async def test_nobody_hears_of_another_persons_home(resident, stranger):
    home = await database_sync_to_async(make.premises)(resident)
    socket = socket_of(stranger)
    await socket.connect()

    await socket.send_json_to({"listen": f"premises:{home.pk}"})

    assert await socket.receive_json_from() == {"refused": f"premises:{home.pk}"}
    await socket.disconnect()


@pytest.mark.parametrize(
    "name", ["", "premises", "premises:", "premises:x", "secret:1"]
)
def test_malformed_and_unknown_topics_are_silent(resident, name):
    assert not may_listen(resident, name)

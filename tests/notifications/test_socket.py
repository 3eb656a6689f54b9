"""The socket says names only, only to those who may listen, and not for ever."""

import json
from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.models import Session
from django.utils import timezone

from livinglab.config.asgi import application
from livinglab.kernel.realtime import announce
from livinglab.notifications import consumers, listening
from livinglab.notifications.listening import BURST, Allowance
from livinglab.people.models import Helping
from livinglab.people.services.helping import end_help
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db(transaction=True)
OURS, EVIL = b"http://testserver", b"https://evil.example"


def socket(client=None, *, origin=OURS):
    """A socket as a page of ours opens it, with the cookies of this client."""
    headers = [(b"host", b"testserver"), (b"origin", origin)]
    cookies = client.cookies.output(attrs=[], header="", sep=";") if client else ""
    headers.append((b"cookie", cookies.strip().encode()))
    return WebsocketCommunicator(application, "/ws/live/", headers=headers)


async def listening_to(*topics, client=None):
    found = socket(client)
    assert (await found.connect())[0]
    return found, await ask(found, *topics)


async def ask(found, *topics):
    await found.send_json_to({"listen": list(topics)})
    return await found.receive_json_from()


async def closed_with(found):
    while True:
        message = await found.receive_output()
        if message["type"] == "websocket.close":
            return message["code"]


tell = sync_to_async(announce)


@pytest.fixture
def home(resident):
    return make.premises(resident)


@pytest.fixture
def signed_in(client, resident):
    client.force_login(resident)
    return client


async def test_a_member_hears_the_name_of_what_changed(home, signed_in):
    topic = f"premises:{home.pk}"
    found, answer = await listening_to(topic, client=signed_in)
    assert answer == {"listening": [topic], "refused": []}

    await tell(topic, "savings")

    assert await found.receive_json_from() == {"topic": topic, "name": "savings"}
    await found.disconnect()


async def test_roles_sleep_on_the_socket_as_on_pages(client, resident, coordinator):
    report = await sync_to_async(world.issue)(resident, is_public=False)
    topic, own = f"issue:{report.pk}", f"person:{coordinator.pk}"
    await sync_to_async(client.force_login)(coordinator)
    found, answer = await listening_to(topic, own, client=client)
    assert answer["listening"] == sorted([topic, own])
    await sync_to_async(by_mail_alone)(client)
    await tell(topic, "changed")  # asked again before anything is said
    assert (await found.receive_json_from())["refused"] == [topic]
    await found.disconnect()


def by_mail_alone(client):
    session = client.session
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records[:1]
    session.save()


@pytest.fixture
def helping(resident, stranger):
    return Helping.objects.create(
        person=resident,
        helper=stranger,
        state=Helping.State.ACTIVE,
        areas=["energy"],
        until=timezone.localdate() + timedelta(days=9),
        confirmed_at=timezone.now(),
    )


async def test_a_helper_hears_what_was_handed_over_while_it_is(
    home, client, resident, stranger, helping
):
    await sync_to_async(client.force_login)(stranger)
    own, energy, inbox = (
        f"person:{stranger.pk}", f"premises:{home.pk}", f"person:{resident.pk}",
    )  # fmt: skip
    found, answer = await listening_to(energy, client=client)
    assert answer["refused"] == [energy]  # being somebody's helper is not acting yet
    await found.disconnect()

    await sync_to_async(client.post)(f"/me/helping/{helping.pk}/act/")
    found, answer = await listening_to(own, energy, inbox, client=client)
    assert answer == {"listening": sorted([own, energy]), "refused": [inbox]}
    await tell(energy, "savings")
    assert await found.receive_json_from() == {"topic": energy, "name": "savings"}

    await sync_to_async(end_help)(helping, by=resident)
    assert (await found.receive_json_from())["topic"] == own  # told that it is over
    await tell(energy, "savings")
    assert (await found.receive_json_from())["refused"] == [energy]
    await found.disconnect()


async def test_notices_are_heard_by_whom_they_were_handed(
    home, client, resident, stranger, helping
):
    await sync_to_async(Helping.objects.update)(areas=["notices"])
    await sync_to_async(client.force_login)(stranger)
    await sync_to_async(client.post)(f"/me/helping/{helping.pk}/act/")
    energy, inbox = f"premises:{home.pk}", f"person:{resident.pk}"

    found, answer = await listening_to(energy, inbox, client=client)

    assert answer == {"listening": [inbox], "refused": [energy]}
    await found.disconnect()


async def test_nobody_hears_of_another_persons_home(home, client, stranger):
    await sync_to_async(client.force_login)(stranger)
    topic = f"premises:{home.pk}"
    for visitor in (client, None):
        found, answer = await listening_to(topic, client=visitor)
        assert answer == {"listening": [], "refused": [topic]}
        await tell(topic, "savings")
        assert await found.receive_nothing()
        await found.disconnect()


async def test_guests_hear_what_is_public(siheung):
    found, answer = await listening_to("area:4139059100", "person:1")
    assert answer == {"listening": ["area:4139059100"], "refused": ["person:1"]}

    await tell("area:4139059100", "savings")

    assert (await found.receive_json_from())["topic"] == "area:4139059100"
    await found.disconnect()


async def test_a_later_list_replaces_the_one_before(siheung):
    found, _answer = await listening_to("area:1", "area:2")
    assert (await ask(found, "area:2", "area:3"))["listening"] == ["area:2", "area:3"]

    await tell("area:1", "savings")
    await tell("area:3", "savings")

    assert (await found.receive_json_from())["topic"] == "area:3"
    await found.disconnect()


async def test_who_may_not_any_more_hears_nothing(home, signed_in):
    topic = f"premises:{home.pk}"
    found, _answer = await listening_to(topic, client=signed_in)
    await sync_to_async(home.delete)()

    await tell(topic, "savings")

    assert await found.receive_json_from() == {"listening": [], "refused": [topic]}
    await found.disconnect()


async def test_signing_out_closes_every_socket_of_the_session(resident, signed_in):
    topic = f"person:{resident.pk}"
    one, _answer = await listening_to(topic, client=signed_in)
    two, _answer = await listening_to("area:1", client=signed_in)
    guest, _answer = await listening_to("area:1")

    await sync_to_async(signed_in.logout)()

    assert await closed_with(one) == await closed_with(two) == consumers.SIGNED_OUT
    assert await guest.receive_nothing()
    await guest.disconnect()


async def test_a_session_that_ended_elsewhere_hears_nothing_more(resident, signed_in):
    topic = f"person:{resident.pk}"
    found, _answer = await listening_to(topic, client=signed_in)
    await sync_to_async(Session.objects.all().delete)()

    await tell(topic, "inbox")

    assert await closed_with(found) == consumers.SIGNED_OUT


async def test_a_closed_account_hears_nothing_more(resident, signed_in):
    topic = f"person:{resident.pk}"
    found, _answer = await listening_to(topic, client=signed_in)
    resident.is_active = False
    await sync_to_async(resident.save)(update_fields=["is_active"])

    await tell(topic, "inbox")

    assert await closed_with(found) == consumers.SIGNED_OUT


async def test_other_sites_get_no_socket(signed_in):
    connected, _code = await socket(signed_in, origin=EVIL).connect()
    assert not connected


@pytest.mark.parametrize(
    "text", [" ", "x", "[]", "{}", '{"listen": 5}', '{"listen": [5]}', "[" * 2000]
)
async def test_what_is_no_message_of_ours_ends_the_socket(db, text):
    found, _answer = await listening_to("area:1")
    await found.send_to(text_data=text)
    assert await closed_with(found) == consumers.NOT_OURS


async def test_bytes_end_the_socket(db):
    found, _answer = await listening_to("area:1")
    await found.send_to(bytes_data=b"\x00\xff")
    assert await closed_with(found) == consumers.NOT_OURS


async def test_a_message_has_a_size(db):
    found, _answer = await listening_to("area:1")
    await found.send_to(text_data=json.dumps({"listen": ["x" * 3000]}))
    assert await closed_with(found) == consumers.TOO_LARGE


async def test_a_page_has_a_most_of_topics(db):
    wanted = [f"area:{number}" for number in range(consumers.MOST_TOPICS + 5)]
    _found, answer = await listening_to(*wanted)
    assert len(answer["listening"]) == consumers.MOST_TOPICS
    assert len(answer["refused"]) == 5


async def test_who_never_stops_asking_is_hung_up_on(db, monkeypatch):
    monkeypatch.setattr(listening, "A_SECOND", 0.0)
    found, _answer = await listening_to("area:1")
    for _more in range(int(BURST) - 1):
        await ask(found, "area:1")
    await found.send_json_to({"listen": ["area:1"]})
    assert await closed_with(found) == consumers.TOO_MUCH


def test_the_allowance_grows_again(monkeypatch):
    clock = iter([0.0, *[0.0] * 31, 2.5, 2.5, 2.5])
    monkeypatch.setattr(listening, "monotonic", lambda: next(clock))
    allowance = Allowance()
    assert [allowance.takes() for _n in range(31)] == [True] * 30 + [False]
    assert [allowance.takes() for _n in range(3)] == [True, True, False]

"""What a push message says, and what it keeps to the app."""

import json

import pytest

from livinglab.notifications.channels.push import LONGEST_BODY
from livinglab.notifications.models import Notice, PushSubscription
from livinglab.notifications.services import notify
from livinglab.notifications.services.choosing import choose_rhythm, switch
from livinglab.notifications.services.sending import deliver_due
from tests.notifications.test_notify import tell
from tests.notifications.test_text_messages import sent


@pytest.fixture
def heard(resident, browser, push_service):
    """What the resident's browser reads, newest last."""
    for urgency in ("news", "action", "safety"):
        switch(resident, subject=urgency, channel="email", is_on=False)

    def read():
        deliver_due()
        return [browser.read(request) for request in push_service.taken]

    return read


def test_it_carries_all_the_phone_needs_to_say(resident, heard):
    tell(resident)
    (message,) = heard()

    assert message["body"] == "All about rain."
    assert message["lang"] == "ko"
    assert message["more"] == "그 밖에 %(count)s건"
    assert message["unread"] == 1
    assert message["is_urgent"] is False
    assert [action["title"] for action in message["actions"]] == [
        "열기",
        "읽음으로 표시",
    ]
    assert PushSubscription.objects.get().reached_at


def test_it_speaks_the_persons_language(resident, heard):
    resident.language = "en"
    resident.save(update_fields=["language"])
    tell(resident, kind="test.safety")
    (message,) = heard()

    assert message["lang"] == "en"
    assert message["is_urgent"] is True
    assert message["actions"][0]["title"] == "Open"


def test_messages_about_one_thing_share_a_tag(resident, heard):
    for event, about in (("1", "premises:1"), ("2", "premises:1"), ("3", "")):
        facts = {"what": event}
        notify(resident, kind="test.news", event=event, facts=facts, about=about)
    tags = [message["tag"] for message in heard()]
    assert tags == ["premises:1", "premises:1", "test.news"]


def test_who_wants_the_words_in_the_app_gets_none_on_the_screen(resident, heard):
    choose_rhythm(resident, {"hides_words": True})
    tell(resident, what="a secret")
    (message,) = heard()

    assert message["title"] == "새 알림이 있어요"
    assert message["page"] == "/me/inbox/"
    assert message["url"] == f"/me/inbox/{Notice.objects.get().pk}/"
    assert "secret" not in json.dumps(message)
    assert "test.news" not in json.dumps(message)


def test_nor_in_a_text_message(resident, gateway, mobile):
    switch(resident, subject="news", channel="email", is_on=False)
    choose_rhythm(resident, {"hides_words": True})
    tell(resident, what="a secret")
    deliver_due()

    assert "secret" not in json.dumps(sent(gateway))
    assert f"/me/inbox/{Notice.objects.get().pk}/" in sent(gateway)["text"]


def test_long_words_fit_into_one_message(resident, heard):
    tell(resident, what="비" * 2000)
    Notice.objects.update(url="/about/")
    (message,) = heard()

    assert len(message["body"]) <= LONGEST_BODY
    assert len(json.dumps(message, ensure_ascii=False).encode()) < 3900

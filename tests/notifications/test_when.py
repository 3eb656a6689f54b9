"""Quiet hours, a weekly cap, collected letters; safety goes before them."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from livinglab.notifications.models import Delivery, Rhythm
from livinglab.notifications.services.choosing import choose_rhythm
from livinglab.notifications.services.sending import deliver_due
from tests.notifications.conftest import fates
from tests.notifications.test_notify import tell


def seoul(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("quiet", "now", "end"),
    [
        ((22, 7), "2026-11-25 21:59", None),
        ((22, 7), "2026-11-25 22:00", "2026-11-26 07:00"),
        ((22, 7), "2026-11-26 03:30", "2026-11-26 07:00"),
        ((22, 7), "2026-11-26 07:00", None),
        ((1, 5), "2026-11-26 00:30", None),
        ((1, 5), "2026-11-26 04:59", "2026-11-26 05:00"),
        ((7, 7), "2026-11-26 07:30", None),
    ],
)
def test_the_quiet_hours_of_seoul(quiet, now, end):
    rhythm = Rhythm(quiet_from=quiet[0], quiet_until=quiet[1])
    assert rhythm.quiet_end(seoul(now)) == (end and seoul(end))


@pytest.mark.parametrize(
    ("letters", "now", "leaves"),
    [
        ("at_once", "2026-11-25 12:00", "2026-11-25 12:00"),
        ("daily", "2026-11-25 07:59", "2026-11-25 08:00"),
        ("daily", "2026-11-25 08:00", "2026-11-26 08:00"),
        ("weekly", "2026-11-25 12:00", "2026-11-30 08:00"),
        ("weekly", "2026-11-30 07:00", "2026-11-30 08:00"),
        ("weekly", "2026-11-30 09:00", "2026-12-07 08:00"),
        ("weekly", "2026-11-29 23:00", "2026-11-30 08:00"),
    ],
)
def test_when_a_collected_letter_leaves(letters, now, leaves):
    assert Rhythm(letters=letters).next_letter_at(seoul(now)) == seoul(leaves)


def test_at_night_a_message_waits_for_the_morning(resident, noon):
    noon.move_to(seoul("2026-11-25 23:10"))
    tell(resident)
    deliver_due()
    assert fates() == [("email", "due", "quiet_hours")]
    assert Delivery.objects.get().next_try_at == seoul("2026-11-26 07:00")

    noon.move_to(seoul("2026-11-26 07:00"))
    deliver_due()
    assert fates() == [("email", "sent", "")]


def test_safety_wakes_only_who_agreed_to_it(resident, neighbour, noon):
    noon.move_to(seoul("2026-11-25 23:10"))
    choose_rhythm(resident, {"safety_at_night": True})
    tell(resident, kind="test.safety")
    tell(neighbour, kind="test.safety")
    deliver_due()

    assert fates(person=resident) == [("email", "sent", "")]
    assert fates(person=neighbour) == [("email", "due", "quiet_hours")]


def test_after_a_full_week_only_safety_comes(resident, noon):
    choose_rhythm(resident, {"weekly_most": 3})
    for number in range(5):
        tell(resident, event=str(number))
    tell(resident, kind="test.safety")
    deliver_due()

    states = [(state, why) for _channel, state, why in fates()]
    assert states == [("sent", "")] * 3 + [("skipped", "weekly_cap")] * 2 + [
        ("sent", "")
    ]
    noon.shift(7 * 24 * 3600 + 1)
    tell(resident, event="next week")
    deliver_due()
    assert fates()[-1] == ("email", "sent", "")


def test_no_cap_when_one_wants_everything(resident):
    choose_rhythm(resident, {"weekly_most": 0})
    for number in range(12):
        tell(resident, event=str(number))
    deliver_due()

    assert len(mail.outbox) == 12


def test_a_day_of_notices_is_one_letter_grouped_by_thing(resident, noon):
    choose_rhythm(resident, {"letters": "daily", "weekly_most": 3})
    for number in range(4):
        tell(resident, event=str(number), what=f"news {number}", thing="AB"[number % 2])
    deliver_due()
    assert {why for _channel, _state, why in fates()} == {"collected"}
    assert not mail.outbox

    noon.move_to(seoul("2026-11-26 08:00"))
    deliver_due()

    (letter,) = mail.outbox
    assert letter.subject == "알림 4건이 있어요"
    places = [letter.body.index(word) for word in ("A\n", "news 2", "B\n", "news 3")]
    assert places == sorted(places)
    assert (
        Delivery.objects.filter(state="sent").values("parcel").distinct().count() == 1
    )


def test_what_vanished_before_the_letter_leaves_is_not_in_it(resident, noon):
    choose_rhythm(resident, {"letters": "daily"})
    tell(resident, event="1", what="the first")
    tell(resident, event="2", what="the second", gone=True)
    noon.move_to(seoul("2026-11-26 08:00"))
    deliver_due()

    assert "the second" not in mail.outbox[0].body
    assert mail.outbox[0].subject == "the first happened"


def test_safety_does_not_wait_for_a_collected_letter(resident):
    choose_rhythm(resident, {"letters": "weekly"})
    tell(resident, kind="test.safety")
    deliver_due()

    assert fates() == [("email", "sent", "")]


def test_choosing_at_once_sends_what_was_waiting(resident):
    choose_rhythm(resident, {"letters": "weekly"})
    tell(resident)
    choose_rhythm(resident, {"letters": "at_once"})
    deliver_due()

    assert fates() == [("email", "sent", "")]


def test_another_choice_does_not_put_off_the_letter_that_is_due(resident, noon):
    choose_rhythm(resident, {"letters": "weekly"})
    tell(resident)
    noon.move_to(seoul("2026-11-30 08:00:20"))
    choose_rhythm(resident, {"hides_words": True, "letters": "weekly"})
    choose_rhythm(resident, {"letters": "daily"})
    deliver_due()

    assert fates() == [("email", "sent", "")]


def test_a_rarer_letter_takes_along_what_is_being_collected(resident):
    choose_rhythm(resident, {"letters": "daily"})
    tell(resident)
    choose_rhythm(resident, {"letters": "weekly"})

    assert Delivery.objects.get().next_try_at == seoul("2026-11-30 08:00")


def test_a_letter_that_could_not_leave_keeps_its_next_try(resident, noon):
    choose_rhythm(resident, {"letters": "weekly"})
    tell(resident)
    soon = timezone.now() + timedelta(minutes=4)
    Delivery.objects.update(reason="unreachable", next_try_at=soon)
    choose_rhythm(resident, {"letters": "daily", "hides_words": True})

    assert Delivery.objects.get().next_try_at == soon


def test_choosing_at_once_sends_what_was_collected_as_one_letter(resident):
    choose_rhythm(resident, {"letters": "weekly", "weekly_most": 3})
    for number in range(14):
        tell(resident, event=str(number))
    choose_rhythm(resident, {"letters": "at_once"})
    deliver_due()

    assert fates() == [("email", "sent", "")] * 14
    assert [letter.subject for letter in mail.outbox] == ["알림 14건이 있어요"]


@pytest.mark.parametrize(
    ("kind", "choice", "state"),
    [
        ("test.news", {"quiet_from": 0, "quiet_until": 0}, ("sent", "")),
        ("test.news", {"safety_at_night": True}, ("due", "quiet_hours")),
        ("test.news", {"quiet_until": 6}, ("due", "quiet_hours")),
        ("test.safety", {"safety_at_night": True}, ("sent", "")),
    ],
)
def test_what_waits_for_the_morning_follows_the_choice(
    resident, noon, kind, choice, state
):
    noon.move_to(seoul("2026-11-25 23:10"))
    tell(resident, kind=kind)
    deliver_due()
    choose_rhythm(resident, choice)
    deliver_due()

    assert fates() == [("email", *state)]
    morning = seoul(f"2026-11-26 0{choice.get('quiet_until', 7)}:00")
    if state[0] == "due":
        assert Delivery.objects.get().next_try_at == morning


def test_what_a_choice_frees_leaves_at_once(
    resident, noon, django_capture_on_commit_callbacks
):
    noon.move_to(seoul("2026-11-25 23:10"))
    tell(resident)
    deliver_due()
    with django_capture_on_commit_callbacks(execute=True):
        choose_rhythm(resident, {"quiet_from": 0, "quiet_until": 0})

    assert fates() == [("email", "sent", "")]

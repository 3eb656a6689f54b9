"""The demonstration's reports: through the verbs, marked, and plausible in time."""

import io
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from livinglab.issues.demo.pictures import SCENES, drawn
from livinglab.issues.demo.plan import plan_reports
from livinglab.issues.demo.story import tell_reports
from livinglab.issues.models import Change, Issue, Photo, Verdict
from livinglab.issues.services.verdicts import due_verdicts
from livinglab.issues.states import CLOSED, State
from livinglab.kernel.demonstrating import Scene, parts
from tests import make

PLACES = ("4139059100", "2714074200")
EVENTS = (
    *("in_progress", "planned", "waiting", "resolved", "passed_on", "no_action"),
    *("extended", "update", "reply", "no", "yes"),
)
NOON = "2026-11-23 12:00+09:00"


def scene(size: int = 25) -> Scene:
    return Scene(
        today=date(2026, 11, 23),
        seed=7,
        places=PLACES,
        domain="example.org",
        size=size,
        leaving=threading.Event(),
        move=lambda done, total: None,
    )


@pytest.fixture(scope="module")
def told(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Told once for all tests here, in a transaction that is rolled back."""
    folder = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder),
        time_machine.travel(NOON, tick=False),
        transaction.atomic(),
    ):
        call_command("seed", verbosity=0, stdout=io.StringIO())
        for place in PLACES:
            dong = make.neighbourhood(place)
            for number in range(6):
                make.person(f"{place}-{number}@example.org", neighbourhood=dong)
            make.staff(f"desk-{place}@x.org", kind="coordinator", city=dong.city)
        tell_reports(scene())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("told")
class TestTold:
    def test_every_report_is_marked_as_simulated(self):
        channels = Issue.objects.values_list("channel", flat=True)
        assert set(channels) == {Issue.Channel.SIMULATED}
        assert 46 <= Issue.objects.count() <= 50
        assert {row.city.code for row in Issue.objects.all()} == {"siheung", "daegu"}

    def test_times_go_forward_and_end_before_now(self):
        for issue in Issue.objects.prefetch_related("changes"):
            times = [change.at for change in issue.changes.all()]
            assert times == sorted(times)
            assert times[0] == issue.received_at
            assert times[-1] == issue.changed_at <= timezone.now()
            if issue.state in CLOSED:
                assert issue.received_at < issue.closed_at <= timezone.now()

    def test_promises_are_those_the_verbs_would_have_made(self):
        for issue in Issue.objects.prefetch_related("changes"):
            assert issue.due_on >= issue.answer_due_on
            assert issue.answer_due_on > timezone.localdate(issue.received_at)
            assert list(issue.changes.all())[-1].due_on == issue.due_on
            assert (issue.paused_on is None) == (issue.state != State.WAITING)

    def test_questions_belong_to_the_moved_closing(self):
        asked = Verdict.objects.filter(round=1).select_related("closing")
        assert asked.exists()
        assert all(one.ask_at == one.closing.at for one in asked)
        closed = Issue.objects.filter(state=State.RESOLVED)
        assert all(
            issue.changes.filter(at=issue.closed_at).exists() for issue in closed
        )

    def test_old_changes_are_no_news_and_new_ones_are(self):
        old = Change.objects.filter(at__lt=timezone.now() - timedelta(days=2))
        assert not old.filter(told_at=None).exists()
        late = Verdict.objects.filter(pk__in=due_verdicts())
        assert all((timezone.now() - one.ask_at).days <= 2 for one in late)

    def test_pictures_are_shown_and_say_what_they_are(self):
        shown = Photo.objects.public()
        assert shown.exists()
        assert all(photo.alt.startswith("모의 그림") for photo in shown)
        with shown[0].card.open() as stored:
            assert Image.open(stored).format == "WEBP"

    def test_a_second_start_adds_nothing(self):
        before = Issue.objects.count(), Change.objects.count(), Photo.objects.count()
        tell_reports(scene())
        after = Issue.objects.count(), Change.objects.count(), Photo.objects.count()
        assert before == after


def test_the_demo_command_finds_the_part():
    assert parts()["reports"] is tell_reports


def test_the_same_seed_tells_the_same_story():
    facts = {
        "kinds": [{"code": "a", "weight": 1, "scene": "", "texts": ["{where}에서"]}],
        "landmarks": ["시장"],
        "spam": ["x"],
        "said": dict.fromkeys(EVENTS, ["네"]),
    }
    now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    one = plan_reports(facts, city="c", count=30, now=now, seed=1)
    assert one == plan_reports(facts, city="c", count=30, now=now, seed=1)
    assert one != plan_reports(facts, city="c", count=30, now=now, seed=2)
    assert len({plan.key for plan in one}) == 30


@pytest.mark.parametrize("name", sorted(SCENES))
def test_every_scene_is_a_picture_of_its_own(name):
    with Image.open(io.BytesIO(drawn(name, 1))) as picture:
        assert picture.size == (800, 600)
        assert len(picture.convert("RGB").resize((40, 30)).getcolors(2000)) > 20


def test_what_was_said_again_is_joined_with_a_published_report(told):
    copies = Issue.objects.filter(state=State.DUPLICATE)
    assert copies
    for copy in copies.select_related("duplicate_of"):
        original = copy.duplicate_of
        assert original is not None
        assert original.is_public
        assert original.received_at <= copy.received_at

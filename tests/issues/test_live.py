"""Pages that are being looked at hear names of what changed, and nothing else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from livinglab.issues.models import Issue
from livinglab.issues.services import live
from livinglab.issues.services.answering import answer_issue, hide_issue
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.reporting import report_issue
from livinglab.issues.states import State
from livinglab.kernel.realtime import is_public, may_listen
from tests.issues import world

pytestmark = pytest.mark.django_db
LISTS = ["issues:siheung", "issues:4139059100"]


@pytest.fixture
def told(monkeypatch):
    """Topics, in the order they were announced."""
    found: list[str] = []
    monkeypatch.setattr(live, "announce_all", lambda topics, what: found.extend(topics))
    return found


def test_whoever_may_read_a_report_may_hear_of_it(resident, stranger, coordinator):
    public, private = world.issue(resident), world.issue(resident, is_public=False)
    nobody = AnonymousUser()
    assert may_listen(nobody, f"issue:{public.pk}")
    assert may_listen(resident, f"issue:{private.pk}")
    assert may_listen(coordinator, f"issue:{private.pk}")
    assert not may_listen(stranger, f"issue:{private.pk}")
    assert not may_listen(nobody, f"issue:{private.pk}")
    assert not is_public(f"issue:{private.pk}")


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999", "-1", "1e3"])
def test_what_is_no_report_is_silent(resident, key):
    assert not may_listen(resident, f"issue:{key}")


def test_lists_are_heard_by_everybody():
    assert may_listen(AnonymousUser(), "issues:siheung")
    assert is_public("issues:4139059100")


def test_a_new_report_is_heard_in_its_city_and_its_dong(
    told, resident, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        issue = report_issue(world.said(), by=resident).issue
    assert told == [f"issue:{issue.pk}", *LISTS]


def test_a_report_that_is_not_public_is_heard_in_no_list(
    told, resident, django_capture_on_commit_callbacks
):
    said = world.said(category=world.category("elder", is_public=False))
    with django_capture_on_commit_callbacks(execute=True):
        issue = report_issue(said, by=resident).issue
    assert told == [f"issue:{issue.pk}"]


def test_an_answer_and_a_supporter_are_heard(
    told, resident, neighbour, coordinator, django_capture_on_commit_callbacks
):
    issue = world.issue(resident)
    with django_capture_on_commit_callbacks(execute=True):
        answer_issue(issue, State.PLANNED, by=coordinator)
    assert told == [f"issue:{issue.pk}", *LISTS]
    told.clear()
    with django_capture_on_commit_callbacks(execute=True):
        support_issue(Issue.objects.get(), by=neighbour)
    assert told == [f"issue:{issue.pk}", *LISTS]


def test_lists_hear_of_a_report_that_goes_out_of_sight(
    told, resident, coordinator, django_capture_on_commit_callbacks
):
    issue = world.issue(resident)
    with django_capture_on_commit_callbacks(execute=True):
        hide_issue(issue, Issue.Hidden.RUDE, words="욕설이 있어요.", by=coordinator)
    assert told == [f"issue:{issue.pk}", *LISTS]


def test_a_report_that_is_gone_is_heard_nowhere():
    assert live.announce_issue(4711) == []

"""How far a sender is trusted, and what that changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from livinglab.issues.errors import TooMany
from livinglab.issues.models import Issue
from livinglab.issues.selectors.trust import trust_of
from livinglab.issues.services.reporting import report_issue
from livinglab.issues.trust import LEEWAY, Trust, trust_from
from tests.issues import world

LINK = "사진은 https://photos.example/1 에 있어요"


@pytest.mark.parametrize(
    ("standing", "hidden", "level"),
    [
        (0, 0, Trust.NEW),
        (0, 1, Trust.NEW),
        (1, 0, Trust.KNOWN),
        (4, 0, Trust.KNOWN),
        (5, 0, Trust.PROVEN),
        (50, 1, Trust.KNOWN),
        (50, 2, Trust.WATCHED),
    ],
)
def test_trust_grows_with_what_stands_and_falls_with_what_was_hidden(
    standing, hidden, level
):
    assert trust_from(standing=standing, hidden=hidden) == level


def test_every_level_has_its_leeway_and_more_trust_is_never_less():
    assert set(LEEWAY) == set(Trust)
    ways = [LEEWAY[level] for level in (Trust.NEW, Trust.KNOWN, Trust.PROVEN)]
    assert ways == sorted(ways, key=lambda way: (way.an_hour, way.a_day, way.links))


@pytest.mark.django_db
def test_a_link_of_somebody_new_is_looked_at_first(resident):
    first = report_issue(world.said(words=LINK), by=resident).issue
    assert first.hidden == Issue.Hidden.SUSPECTED
    world.issue(resident)
    later = report_issue(world.said(words=LINK), by=resident).issue
    assert later.is_public


@pytest.mark.django_db
def test_whoever_was_hidden_twice_lately_is_looked_at_and_slowed_down(resident):
    for reason in ("spam", "rude"):
        world.issue(resident, hidden=reason, is_public=False)
    assert trust_of(resident) == Trust.WATCHED
    Issue.objects.update(received_at=timezone.now() - timedelta(hours=2))
    held = report_issue(world.said(), by=resident).issue
    assert held.hidden == Issue.Hidden.SUSPECTED
    report_issue(world.said(), by=resident)
    with pytest.raises(TooMany):
        report_issue(world.said(), by=resident)


@pytest.mark.django_db
def test_what_was_hidden_long_ago_or_for_privacy_is_not_held_against_anybody(resident):
    for _n in range(2):
        world.issue(resident, hidden="private", is_public=False)
    assert trust_of(resident) == Trust.NEW
    Issue.objects.update(hidden="spam")
    assert trust_of(resident) == Trust.WATCHED
    Issue.objects.update(received_at=timezone.now() - timedelta(days=200))
    assert trust_of(resident) == Trust.NEW
    assert trust_of(None) == Trust.GUEST

"""The page of choices: by part of life, folded, and only what can come."""

import pytest

from livinglab.notifications.kinds import OTHER, Urgency
from livinglab.notifications.models import Preference
from livinglab.notifications.selectors import switches
from tests.notifications.conftest import asked_in

pytestmark = pytest.mark.django_db
HERE = "/me/notifications/"


@pytest.fixture
def signed_in(client, resident):
    client.force_login(resident)
    return client


def names(group) -> list[str]:
    return [row.kind.name for row in group.rows]


def test_kinds_stand_under_the_part_of_life_of_their_app(resident):
    reports, energy, *_more = switches(resident)
    assert str(reports.part.label) == "제보"
    assert all(name.startswith("issues.") for name in names(reports))
    assert str(energy.part.label) == "에너지"


def test_kinds_of_an_app_that_named_no_part_stand_last(resident):
    assert switches(resident)[-1].part == OTHER
    assert "test.news" in names(switches(resident)[-1])


def test_what_asks_for_something_stands_before_news(resident):
    for group in switches(resident):
        order = [list(Urgency).index(row.kind.urgency) for row in group.rows]
        assert order == sorted(order)


def test_the_page_is_folded_and_says_how_much_is_on(signed_in):
    page = signed_in.get(HERE).text
    assert page.count('<details class="ll-disclosure">') >= 3
    assert "<details open" not in page
    assert "4가지 중 3가지" in page  # the kinds of these tests


def test_who_does_not_work_for_the_city_is_not_asked_about_its_desk(
    resident, coordinator
):
    desk = {"issues.desk", "issues.escalated"}
    asked = {name for group in switches(resident) for name in names(group)}
    assert not desk & asked
    assert desk <= {name for group in switches(coordinator) for name in names(group)}


def test_a_choice_nobody_was_asked_about_is_kept(signed_in, resident):
    kept = Preference.objects.create(
        person=resident, subject="issues.escalated", channel="email", is_on=True
    )
    signed_in.post(
        "/me/notifications/switches/",
        {"on": [], "asked": asked_in(signed_in.get(HERE).text)},
    )
    kept.refresh_from_db()
    assert kept.is_on

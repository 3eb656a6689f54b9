"""How promises are kept: counted from rows, shown to everybody, told to the goals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.utils import timezone as clock
from django.utils import translation

from livinglab.goals.registry import Period, indicators
from livinglab.issues.models import Change, Issue, ServiceCount, Verdict
from livinglab.issues.selectors.figures import (
    FRESH,
    Span,
    figures_between,
    service_level,
)
from livinglab.issues.service_level import Row, figures_of
from livinglab.issues.services.counting import count_the_service
from tests import make
from tests.issues import world

TODAY = date(2026, 11, 23)
NOON = "2026-11-23 12:00+09:00"


def row(**facts):
    start = datetime(2026, 11, 2, 9, tzinfo=UTC)
    said = {"received": start, "answer_due": date(2026, 11, 4), "due": TODAY} | facts
    for what in ("answered", "closed"):
        if what in said:
            said[what] = start + timedelta(days=said[what])
            said.setdefault(f"{what}_on", said[what].date())
    return Row(**said)


def test_shares_and_medians_wait_for_five():
    four = figures_of([row(answered=1, closed=2)] * 4, TODAY)
    assert (four.closed_in_time.value, four.to_close.value) == (None, None)
    five = figures_of([row(answered=1, closed=2)] * 5, TODAY)
    assert (five.closed_in_time.value, five.to_close.value) == (1.0, 2.0)


def test_what_is_not_decided_counts_in_no_share():
    open_still = row(due=TODAY)
    late = row(due=TODAY - timedelta(days=1))
    waits = row(due=TODAY - timedelta(days=1), waits=True)
    found = figures_of([open_still, late, waits], TODAY)
    assert (found.closed_in_time.good, found.closed_in_time.of) == (0, 1)
    assert (found.open, found.reports) == (3, 3)


def test_the_day_counts_not_the_hour():
    on_the_day = row(closed=21, closed_on=TODAY)
    a_day_late = row(closed=22, closed_on=TODAY + timedelta(days=1))
    found = figures_of([on_the_day, a_day_late], TODAY)
    assert (found.closed_in_time.good, found.closed_in_time.of) == (1, 2)


def test_one_bad_case_does_not_move_the_middle():
    found = figures_of([row(closed=2)] * 5 + [row(closed=300)], TODAY)
    assert found.to_close.value == 2.0


def test_residents_voices_are_counted_one_by_one():
    rows = [row(confirmed=[True, False], stars=[5]), *[row(confirmed=[True])] * 3]
    found = figures_of(rows, TODAY)
    assert (found.confirmed.good, found.confirmed.of) == (4, 5)
    assert found.confirmed.value == 0.8
    assert found.content is None


@pytest.fixture
def autumn(resident, neighbour, coordinator):
    """Six reports: four closed in time, one late, one open; one more is spam."""
    with time_machine.travel("2026-11-02 09:00+09:00", tick=False):
        issues = [world.issue(resident) for _n in range(6)]
        world.issue(resident, hidden=Issue.Hidden.SPAM, is_public=False)
        world.issue(
            resident, category=world.category("park", name_ko="공원", name_en="Park")
        )
    start = clock.now().replace(2026, 11, 2, 0, 0, 0, 0)
    for days, issue in zip((1, 2, 3, 4, 14), issues, strict=False):
        issue.answered_at = issue.closed_at = start + timedelta(days=days)
        issue.state = "resolved"
        issue.save()
    closing = Change.objects.create(issue=issues[0], what="state", state="resolved")
    for answer, round_ in (("yes", 1), ("unsure", 2)):
        Verdict.objects.create(
            issue=issues[0],
            person=resident,
            closing=closing,
            round=round_,
            ask_at=start,
            answer=answer,
        )
    with time_machine.travel(NOON, tick=False):
        yield issues


def test_a_city_in_all_by_kind_and_by_dong(autumn, siheung):
    level = service_level(siheung, 30)
    whole = level.whole
    assert (whole.reports, whole.open) == (7, 2)
    assert (whole.closed_in_time.good, whole.closed_in_time.of) == (4, 7)
    assert (whole.confirmed.good, whole.confirmed.of) == (1, 1)
    assert [(one.name, one.figures.reports) for one in level.categories] == [
        ("도로 파임", 6),
        ("공원", 1),
    ]
    assert [one.name for one in level.months] == ["2026-11"]
    assert level.places[0].name == "정왕1동"


def test_a_few_reports_of_a_private_kind_are_no_line_of_their_own(
    autumn, resident, siheung
):
    private = world.category("neighbour", name_ko="이웃", is_public=False)
    for count, shown in ((4, False), (5, True)):
        while Issue.objects.filter(category=private).count() < count:
            world.issue(resident, category=private, is_public=False)
        caches["pages"].clear()
        level = service_level(siheung, 30)
        assert ("이웃" in {line.name for line in level.categories}) is shown
        assert level.whole.reports == 7 + count


def test_a_span_begins_and_ends_with_its_days(autumn, siheung):
    on_the_day = Span(date(2026, 11, 2), date(2026, 11, 2))
    the_day_after = Span(date(2026, 11, 3), date(2026, 11, 30))
    assert figures_between(siheung.pk, on_the_day).reports == 7
    assert figures_between(siheung.pk, the_day_after).reports == 0


def test_counting_asks_the_same_whatever_there_is(
    autumn, siheung, django_assert_num_queries
):
    with django_assert_num_queries(6):
        service_level(siheung, 90)


def test_what_was_counted_beforehand_says_the_same_and_reads_no_report(
    autumn, siheung, django_assert_num_queries
):
    now = service_level(siheung, 90)
    assert count_the_service() == 3
    caches["pages"].clear()
    with django_assert_num_queries(3):
        before = service_level(siheung, 90)
    assert replace(before, counted_at=now.counted_at) == now
    assert ServiceCount.objects.get(days=90).city == siheung


def test_an_old_count_is_counted_anew(autumn, siheung, resident):
    count_the_service()
    world.issue(resident)
    caches["pages"].clear()
    assert service_level(siheung, 30).whole.reports == 7
    ServiceCount.objects.update(counted_at=clock.now() - FRESH)
    caches["pages"].clear()
    assert service_level(siheung, 30).whole.reports == 8


def test_counting_twice_leaves_one_row_a_span(autumn, siheung, daegu):
    world.category(city="daegu")
    assert count_the_service() == count_the_service() == 6
    assert ServiceCount.objects.count() == 6


def test_counted_figures_speak_the_readers_language(autumn, siheung):
    count_the_service()
    with translation.override("en"):
        level = service_level(siheung, 30)
    assert {line.name for line in level.categories} == {"Pothole", "Park"}


def test_everybody_may_read_the_page(autumn, client, siheung, daegu):
    world.category(city="daegu")
    page = client.get("/issues/figures/?city=siheung&days=30")
    assert page.status_code == 200
    text = page.content.decode()
    assert "57 %" in text
    assert "도로 파임" in text
    assert client.get("/issues/figures/?city=daegu").status_code == 200
    assert client.get("/issues/figures/?city=nowhere").status_code == 404
    assert client.get("/issues/figures/?days=1000000").status_code == 200


def test_the_page_asks_little(autumn, client, siheung, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/issues/figures/?city=siheung&days=365")


def test_the_goal_counts_first_answers_and_names_the_voices(autumn, siheung):
    counted = indicators()["DG-A1"].count(siheung.pk, Period("2026-11"))
    assert (counted.value, counted.units) == (42.9, 7)
    assert counted.source == "n=7; fixed, say residents: – (n=1)"
    assert indicators()["DG-A1"].count(siheung.pk, Period("2026-10")) is None


def test_a_neighbouring_citys_reports_do_not_count(autumn, daegu):
    make.neighbourhood("2714074200")
    assert figures_between(daegu.pk, Span(date(2026, 1, 1), TODAY)).reports == 0

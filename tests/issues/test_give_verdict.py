"""Is it fixed?"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from livinglab.issues.errors import IssueRefused, StepRefused
from livinglab.issues.models import Verdict
from livinglab.issues.services.answering import (
    add_update,
    answer_issue,
    reopen_issue,
)
from livinglab.issues.services.following import (
    follow_issue,
    support_issue,
    unfollow_issue,
)
from livinglab.issues.services.verdicts import (
    ask_verdict,
    due_verdicts,
    give_verdict,
    plan_verdicts,
)
from livinglab.issues.states import State
from livinglab.kernel.errors import NotAllowed
from tests.issues import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(resident, neighbour, stranger, coordinator):
    """Reported by one, met by another, followed by a third; then mended."""
    issue = world.issue(resident)
    support_issue(issue, by=neighbour)
    follow_issue(issue, by=stranger)
    closing = answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    plan_verdicts(closing)
    plan_verdicts(closing)
    issue.closing = closing
    return issue


def test_whoever_stands_behind_is_asked_now_and_in_four_weeks(
    closed, resident, neighbour
):
    asked = Verdict.objects.filter(pk__in=due_verdicts())
    assert {one.person for one in asked} == {resident, neighbour}
    with time_machine.travel(timezone.now() + timedelta(weeks=4, hours=1)):
        assert len(due_verdicts()) == 4


def test_of_parallel_workers_one_asks(closed):
    verdict = due_verdicts()[0]
    assert [ask_verdict(verdict) for _worker in range(5)] == [True] + [False] * 4


def test_each_time_has_its_own_question(closed, resident):
    for verdict in due_verdicts():
        ask_verdict(verdict)
    with time_machine.travel(timezone.now() + timedelta(weeks=4, hours=1)):
        for verdict in due_verdicts():
            ask_verdict(verdict)
    kinds = resident.notices.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["issues.closed", "issues.still_fixed"]


def test_after_a_long_outage_only_the_later_question_is_asked(closed, resident):
    with time_machine.travel(timezone.now() + timedelta(weeks=5)):
        for verdict in due_verdicts():
            ask_verdict(verdict)
        assert not due_verdicts()
    kinds = resident.notices.values_list("kind", flat=True)
    assert list(kinds) == ["issues.still_fixed"]


def test_a_word_after_the_closing_asks_nobody_again(closed, coordinator):
    word = add_update(closed, "사진을 올려요.", by=coordinator)
    assert plan_verdicts(word) == 0


def test_yes_ends_it_also_for_the_second_time(closed, resident):
    first, second = Verdict.objects.filter(person=resident).order_by("round")
    give_verdict(first, "yes", stars=5, by=resident)
    assert not ask_verdict(second.pk)


def test_no_with_a_word_opens_it_again(closed, resident):
    verdict = Verdict.objects.get(person=resident, round=1)
    with pytest.raises(IssueRefused):
        give_verdict(verdict, "no", by=resident)
    give_verdict(verdict, "no", words="옆이 또 파였어요.", by=resident)
    closed.refresh_from_db()
    assert closed.state == State.REOPENED


def test_after_a_reopening_nobody_is_asked_about_the_old_closing(
    closed, resident, neighbour
):
    verdict = Verdict.objects.get(person=resident, round=1)
    give_verdict(verdict, "no", words="또 파였어요.", by=resident)
    assert not ask_verdict(Verdict.objects.get(person=neighbour, round=1).pk)


def test_an_answer_is_given_once_and_by_whoever_was_asked(closed, resident, neighbour):
    verdict = Verdict.objects.get(person=resident, round=1)
    with pytest.raises(NotAllowed):
        give_verdict(verdict, "yes", by=neighbour)
    give_verdict(verdict, "yes", by=resident)
    with pytest.raises(StepRefused):
        give_verdict(verdict, "no", words="아니요", by=resident)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_whoever_answered_is_asked_no_more_of_this_closing(
    answer, client, closed, resident
):
    """Neither on a page nor by a notice, not after four weeks either."""
    first = Verdict.objects.get(person=resident, round=1)
    give_verdict(first, answer, words="아직요" if answer == "no" else "", by=resident)
    with time_machine.travel(timezone.now() + timedelta(weeks=4, hours=1)):
        client.force_login(resident)
        for address in (f"/issues/{closed.pk}/", "/issues/mine/", "/"):
            assert "고쳐졌나요?" not in client.get(address).text
        due = Verdict.objects.filter(pk__in=due_verdicts(), person=resident)
        assert not [one for one in due if ask_verdict(one.pk)]


def test_an_answer_after_four_weeks_settles_the_first_question_too(
    client, closed, resident
):
    with time_machine.travel(timezone.now() + timedelta(weeks=4, hours=1)):
        late = Verdict.objects.get(person=resident, round=2)
        give_verdict(late, "yes", by=resident)
        client.force_login(resident)
        for address in (f"/issues/{closed.pk}/", "/issues/mine/"):
            assert "고쳐졌나요?" not in client.get(address).text


def test_who_cannot_tell_is_asked_once_more_after_four_weeks(client, closed, resident):
    first = Verdict.objects.get(person=resident, round=1)
    give_verdict(first, "unsure", by=resident)
    client.force_login(resident)
    page = f"/issues/{closed.pk}/"
    assert 'id="fixed"' not in client.get(page).text
    with time_machine.travel(timezone.now() + timedelta(weeks=4, hours=1)):
        client.force_login(resident)
        text = client.get(page).text
        assert 'id="fixed"' in text
        assert "4주가 지났어요" in text
        late = Verdict.objects.get(person=resident, round=2)
        give_verdict(late, "unsure", by=resident)
        assert 'id="fixed"' not in client.get(page).text


def test_answering_for_oneself_leaves_the_questions_of_others(
    closed, resident, neighbour
):
    give_verdict(Verdict.objects.get(person=resident, round=1), "yes", by=resident)
    assert Verdict.objects.filter(person=neighbour, answer="").count() == 2


def test_who_wants_to_hear_no_more_still_answers_and_opens_it_again(
    client, closed, resident
):
    for verdict in due_verdicts():
        ask_verdict(verdict)
    unfollow_issue(closed, by=resident)
    client.force_login(resident)
    page = f"/issues/{closed.pk}/"
    assert 'id="fixed"' in client.get(page).text
    asked = Verdict.objects.get(person=resident, round=1)
    said = {"question": asked.pk, "answer": "no", "words": "옆이 또 파였어요."}
    assert client.post(f"{page}fixed/", said).status_code == 302
    closed.refresh_from_db()
    assert closed.state == State.REOPENED


def test_a_supporter_who_was_asked_answers_after_letting_go(closed, neighbour):
    unfollow_issue(closed, by=neighbour)
    asked = Verdict.objects.get(person=neighbour, round=1)
    give_verdict(asked, "no", words="또 파였어요.", by=neighbour)
    closed.refresh_from_db()
    assert closed.state == State.REOPENED


def test_who_wants_to_hear_no_more_is_sent_no_question(closed, resident):
    unfollow_issue(closed, by=resident)
    with time_machine.travel(timezone.now() + timedelta(weeks=4, hours=1)):
        for verdict in due_verdicts():
            ask_verdict(verdict)
    assert not resident.notices.exists()


def test_a_reporter_who_let_go_before_the_closing_is_asked_on_the_page(
    client, resident, coordinator
):
    issue = world.issue(resident)
    unfollow_issue(issue, by=resident)
    plan_verdicts(answer_issue(issue, State.RESOLVED, words="끝", by=coordinator))
    assert not [one for one in due_verdicts() if ask_verdict(one)]
    client.force_login(resident)
    assert 'id="fixed"' in client.get(f"/issues/{issue.pk}/").text


def test_a_reporter_who_let_go_opens_their_report_again(client, resident, coordinator):
    issue = world.issue(resident)
    unfollow_issue(issue, by=resident)
    answer_issue(issue, State.NO_ACTION, words="도로가 아니에요.", by=coordinator)
    client.force_login(resident)
    assert 'id="reopen"' in client.get(f"/issues/{issue.pk}/").text
    reopen_issue(issue, "도로예요.", by=resident)
    assert issue.state == State.REOPENED


def test_who_was_only_curious_opens_nothing(closed, stranger):
    with pytest.raises(NotAllowed):
        reopen_issue(closed, "또 파였어요.", by=stranger)

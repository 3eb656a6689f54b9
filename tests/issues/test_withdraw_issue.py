"""Taking a report back ends it only where nobody else stands behind it."""

import pytest

from livinglab.issues.models import Issue, Photo
from livinglab.issues.services.answering import answer_issue, withdraw_issue
from livinglab.issues.services.following import follow_issue, support_issue
from livinglab.issues.services.indexing import index_words
from livinglab.issues.services.merging import merge_issue
from livinglab.issues.services.reporting import claim_issue, report_issue
from livinglab.issues.services.telling import changes_to_tell, tell_of_change
from livinglab.issues.services.voices import add_word
from livinglab.issues.states import State
from livinglab.kernel.errors import Refused
from livinglab.people.models import FileToErase
from tests.issues import world

pytestmark = pytest.mark.django_db


def tell_all():
    for change in changes_to_tell():
        tell_of_change(change)


@pytest.fixture
def issue(resident):
    """With all that somebody tells of themselves when they report."""
    said = world.said(
        words="둥지빌라 앞이 파였어요",
        address="둥지빌라 101동",
        email="nest@mail.test",
        phone="010-1234-5678",
    )
    made = report_issue(said, by=resident).issue
    add_word(made, "둥지빌라 쪽이 더 깊어졌어요", by=resident)
    tell_all()
    return made


@pytest.fixture(params=["met it too", "reported it too", "a guest reported it too"])
def behind(request, issue, neighbour, coordinator):
    """Somebody else has the same problem."""
    if request.param == "met it too":
        support_issue(issue, by=neighbour)
    else:
        is_guest = request.param.startswith("a guest")
        copy = world.issue(None if is_guest else neighbour)
        merge_issue(copy, issue, by=coordinator)
    tell_all()
    issue.refresh_from_db()


def test_what_others_met_too_stays_open_without_its_reporter(behind, issue, resident):
    supporters, due_on = issue.supporters, issue.due_on
    withdraw_issue(issue, words="이사 가요", by=resident)
    kept = Issue.objects.get(pk=issue.pk)
    assert kept.is_open
    assert kept.reporter is None
    assert (kept.supporters, kept.due_on) == (supporters, due_on)
    assert not kept.follows.filter(person=resident).exists()


def test_nothing_the_reporter_told_stays_with_it(client, behind, issue, resident):
    key = issue.key
    Photo.objects.create(
        issue=issue, is_public=True, thumb="t.webp", card="c.webp", full="f.webp",
        width=4, height=3, digest="d",
    )  # fmt: skip
    index_words(issue)
    withdraw_issue(issue, words="둥지빌라에서 이사 가요", by=resident)
    kept = Issue.objects.get(pk=issue.pk)
    assert (kept.words, kept.answers, kept.address) == ("", {}, "")
    assert (kept.contact_email, kept.contact_phone) == ("", "")
    assert not kept.changes.exclude(by=resident).filter(words__contains="둥지")
    assert not kept.changes.filter(by=resident).exclude(words="", blanked_words="")
    assert not kept.photos.exists()
    assert FileToErase.objects.count() == 3
    for page in (f"/issues/{issue.pk}/", f"/api/v1/issues/{issue.pk}/"):
        assert "둥지" not in client.get(page).text
    found = client.get("/search/?q=둥지빌라").text
    assert f'href="/issues/{issue.pk}/"' not in found
    with pytest.raises(Refused):
        claim_issue(key, by=resident)


def test_its_page_says_that_it_goes_on_for_the_others(client, behind, issue, resident):
    client.force_login(resident)
    answer = client.post(f"/issues/{issue.pk}/withdraw/", {"words": ""}, follow=True)
    assert "계속 열려 있어요" in answer.text
    assert "거두었어요. 글과 사진은 더 보이지 않아요." in answer.text


def test_nobody_is_told_since_nothing_changes_for_them(
    behind, issue, resident, neighbour
):
    before = neighbour.notices.count()
    withdraw_issue(issue, by=resident)
    tell_all()
    assert neighbour.notices.count() == before


def test_what_others_added_stays_theirs(issue, resident, neighbour):
    support_issue(issue, by=neighbour)
    word = add_word(issue, "어제도 있었어요", by=neighbour)
    withdraw_issue(issue, by=resident)
    word.refresh_from_db()
    assert word.words == "어제도 있었어요"


def test_a_question_nobody_is_left_to_answer_holds_nothing_up(
    issue, resident, neighbour, coordinator
):
    support_issue(issue, by=neighbour)
    answer_issue(issue, State.WAITING, words="어디인가요?", by=coordinator)
    withdraw_issue(issue, by=resident)
    kept = Issue.objects.get(pk=issue.pk)
    assert (kept.state, kept.paused_on) == (State.ROUTED, None)


def test_the_problem_of_the_others_is_fixed_and_they_are_asked(
    issue, resident, neighbour, coordinator
):
    support_issue(issue, by=neighbour)
    withdraw_issue(issue, by=resident)
    answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    tell_all()
    asked = issue.verdicts.values_list("person", flat=True).distinct()
    assert list(asked) == [neighbour.pk]


def test_who_is_only_curious_keeps_nothing_open(issue, resident, neighbour):
    follow_issue(issue, by=neighbour)
    withdraw_issue(issue, by=resident)
    assert issue.state == State.WITHDRAWN


def test_ones_own_copy_keeps_nothing_open(issue, resident, coordinator):
    merge_issue(world.issue(resident), issue, by=coordinator)
    withdraw_issue(issue, by=resident)
    assert issue.state == State.WITHDRAWN


def test_what_is_closed_is_not_taken_back(behind, issue, resident, coordinator):
    answer_issue(issue, State.NO_ACTION, words="사유지예요.", by=coordinator)
    with pytest.raises(Refused):
        withdraw_issue(issue, by=resident)
    issue.refresh_from_db()
    assert issue.reporter == resident

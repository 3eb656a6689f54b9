"""A text taken out of sight comes back; whoever wrote it may object."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from livinglab.issues.errors import ChangedMeanwhile, IssueRefused, StepRefused
from livinglab.issues.models import Appeal, Change, Issue
from livinglab.issues.services.answering import hide_issue, show_issue
from livinglab.issues.services.appeals import (
    appeal_blanking,
    appeal_hiding,
    decide_appeal,
)
from livinglab.issues.services.blanking import blank_word, show_word
from livinglab.issues.services.erasure import erase_person
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.telling import changes_to_tell, tell_of_change
from livinglab.issues.services.voices import add_word
from livinglab.kernel.errors import NotAllowed
from livinglab.notifications.kinds import kind_of
from livinglab.people.models import Person
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db
TEXT, REASON = "앞집김씨가던졌대요", "이웃의이름이나와요"


@pytest.fixture
def issue(resident: Person) -> Issue:
    return world.issue(resident)


@pytest.fixture
def word(issue: Issue, neighbour: Person, coordinator: Person) -> Change:
    """A neighbour's text that is out of sight."""
    support_issue(issue, by=neighbour)
    added = add_word(issue, TEXT, by=neighbour)
    blank_word(fresh(issue), added, REASON, by=coordinator)
    return Change.objects.get(pk=added.pk)


def fresh(issue: Issue) -> Issue:
    return Issue.objects.get(pk=issue.pk)


def shown_again(word: Change, by: Person) -> Change:
    return show_word(Issue.objects.get(pk=word.issue_id), word, by=by)


def tell_all() -> None:
    for change in changes_to_tell():
        tell_of_change(change)


def test_shown_again_everybody_reads_it(
    client: Client, word: Change, coordinator: Person
) -> None:
    assert TEXT not in client.get(f"/issues/{word.issue_id}/").text
    shown_again(word, coordinator)
    page = client.get(f"/issues/{word.issue_id}/").text
    assert TEXT in page
    assert "시에서 이 글을 가렸어요" not in page


def test_the_reason_stays_in_the_row_of_the_taking(
    word: Change, coordinator: Person
) -> None:
    row = shown_again(word, coordinator)
    word.refresh_from_db()
    assert (word.words, word.blanked_words, word.blanked_why) == (TEXT, "", "")
    assert (row.what, row.word, row.by) == ("unblanked", word, coordinator)
    taking = Change.objects.get(what="blanked")
    assert (taking.word, taking.blanked_why) == (word, REASON)


def test_its_author_alone_is_told_and_once(
    word: Change, coordinator: Person, neighbour: Person, resident: Person
) -> None:
    tell_all()
    heard = resident.notices.count()
    shown_again(word, coordinator)
    for _twice in range(2):
        tell_all()
    notice = neighbour.notices.get(kind="issues.word_shown")
    assert "다시 볼 수 있어요" in kind_of(notice.kind).title_for(notice.facts)
    assert resident.notices.count() == heard


def test_the_reason_is_told_even_when_the_text_is_back_before_the_letter(
    word: Change, coordinator: Person, neighbour: Person
) -> None:
    shown_again(word, coordinator)
    tell_all()
    notice = neighbour.notices.get(kind="issues.word_blanked")
    assert REASON in kind_of(notice.kind).body_for(notice.facts)


@pytest.mark.parametrize(
    "who", ["daegu_coordinator", "resident", "neighbour", "evaluator"]
)
def test_only_the_city_of_the_report_gives_it_back(
    request: pytest.FixtureRequest, word: Change, who: str
) -> None:
    with pytest.raises(NotAllowed):
        shown_again(word, request.getfixturevalue(who))
    word.refresh_from_db()
    assert word.words == ""


def test_a_text_in_sight_or_of_elsewhere_is_refused(
    issue: Issue, word: Change, coordinator: Person
) -> None:
    elsewhere = world.issue(make.person("else@example.org"))
    shown_again(word, coordinator)
    for at, change in ((issue, word), (elsewhere, word), (issue, None)):
        with pytest.raises(StepRefused):
            show_word(fresh(at), change, by=coordinator)
    assert Change.objects.filter(what="unblanked").count() == 1


def test_what_its_author_took_along_never_comes_back(
    word: Change, coordinator: Person, neighbour: Person
) -> None:
    erase_person(neighbour, {})
    with pytest.raises(StepRefused):
        shown_again(word, coordinator)
    assert not Change.objects.filter(what="unblanked").exists()


def test_of_two_at_once_one_is_told(word: Change, coordinator: Person) -> None:
    seen = Issue.objects.get(pk=word.issue_id).version
    issue = Issue.objects.get(pk=word.issue_id)
    show_word(issue, word, seen=seen, by=coordinator)
    with pytest.raises(ChangedMeanwhile):
        show_word(issue, word, seen=seen, by=coordinator)


def test_taken_and_given_back_it_may_be_taken_again(
    issue: Issue, word: Change, coordinator: Person
) -> None:
    shown_again(word, coordinator)
    blank_word(fresh(issue), word, "욕설이 있어요", by=coordinator)
    word.refresh_from_db()
    assert (word.blanked_words, word.blanked_why) == (TEXT, "욕설이 있어요")
    reasons = Change.objects.filter(what="blanked").values_list("blanked_why")
    assert [row[0] for row in reasons] == [REASON, "욕설이 있어요"]


# --- its author objects -------------------------------------------------------
def test_its_author_objects_on_the_page(
    client: Client, word: Change, neighbour: Person
) -> None:
    client.force_login(neighbour)
    address = f"/issues/{word.issue_id}/words/{word.pk}/object/"
    assert address in client.get(f"/issues/{word.issue_id}/").text
    assert client.post(address, {"words": "제 이름이에요."}).status_code == 302
    appeal = Appeal.objects.get()
    assert (appeal.word, appeal.by, appeal.words) == (word, neighbour, "제 이름이에요.")
    page = client.get(f"/issues/{word.issue_id}/").text
    assert address not in page
    assert "이의가 접수됐어요" in page or "이의" in page


@pytest.mark.parametrize("who", ["resident", "stranger", "coordinator"])
def test_nobody_else_objects(
    request: pytest.FixtureRequest, client: Client, word: Change, who: str
) -> None:
    person = request.getfixturevalue(who)
    client.force_login(person)
    address = f"/issues/{word.issue_id}/words/{word.pk}/object/"
    assert client.post(address, {"words": "왜요?"}).status_code == 404
    with pytest.raises(NotAllowed):
        appeal_blanking(word, "왜요?", by=person)
    assert not Appeal.objects.exists()


def test_one_objection_at_a_time_and_none_without_words(
    word: Change, neighbour: Person
) -> None:
    with pytest.raises(IssueRefused):
        appeal_blanking(word, "  ", by=neighbour)
    appeal_blanking(word, "제 이름이에요.", by=neighbour)
    with pytest.raises(StepRefused):
        appeal_blanking(word, "또요.", by=neighbour)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(issue_id=word.issue_id, word=word, words="x")


def test_a_report_and_its_texts_are_objected_to_apart(
    issue: Issue,
    word: Change,
    coordinator: Person,
    neighbour: Person,
    resident: Person,
) -> None:
    appeal_blanking(word, "제 이름이에요.", by=neighbour)
    hide_issue(fresh(issue), "rude", words="욕설이 있어요.", by=coordinator)
    appeal_hiding(fresh(issue), "욕이 아니에요.", by=resident)
    assert Appeal.objects.filter(decision="").count() == 2


def test_decided_for_the_author_the_text_is_back(
    client: Client, word: Change, coordinator: Person, neighbour: Person
) -> None:
    appeal = appeal_blanking(word, "제 이름이에요.", by=neighbour)
    decide_appeal(appeal, "shown", words="", by=coordinator)
    word.refresh_from_db()
    assert word.words == TEXT
    tell_all()
    assert neighbour.notices.filter(kind="issues.word_shown").exists()
    assert TEXT in client.get(f"/issues/{word.issue_id}/").text


def test_decided_against_the_author_is_told_why(
    word: Change, coordinator: Person, neighbour: Person
) -> None:
    appeal = appeal_blanking(word, "제 이름이에요.", by=neighbour)
    with pytest.raises(IssueRefused):
        decide_appeal(appeal, "kept", words=" ", by=coordinator)
    decide_appeal(appeal, "kept", words="다른 이웃 이름이에요.", by=coordinator)
    notice = neighbour.notices.get(kind="issues.word_kept")
    assert "다른 이웃 이름이에요." in kind_of(notice.kind).body_for(notice.facts)
    word.refresh_from_db()
    assert word.words == ""
    with pytest.raises(ChangedMeanwhile):
        decide_appeal(appeal, "shown", words="", by=coordinator)


def test_another_city_decides_nothing(
    word: Change, daegu_coordinator: Person, neighbour: Person
) -> None:
    appeal = appeal_blanking(word, "제 이름이에요.", by=neighbour)
    with pytest.raises(NotAllowed):
        decide_appeal(appeal, "shown", words="", by=daegu_coordinator)


def test_what_is_shown_without_a_decision_settles_the_objection(
    issue: Issue,
    word: Change,
    coordinator: Person,
    neighbour: Person,
    resident: Person,
) -> None:
    of_text = appeal_blanking(word, "제 이름이에요.", by=neighbour)
    hide_issue(fresh(issue), "rude", words="욕설이 있어요.", by=coordinator)
    of_report = appeal_hiding(fresh(issue), "욕이 아니에요.", by=resident)
    show_issue(fresh(issue), by=coordinator)
    of_text.refresh_from_db()
    of_report.refresh_from_db()
    assert (of_report.decision, of_report.decided_by) == ("shown", coordinator)
    assert of_text.decision == ""
    shown_again(word, coordinator)
    of_text.refresh_from_db()
    assert (of_text.decision, of_text.decided_by) == ("shown", coordinator)

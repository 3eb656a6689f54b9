"""A resident's added text goes out of sight: everywhere, with a reason, told once."""

import pytest

from livinglab.interop.models import Jurisdiction
from livinglab.issues.errors import ChangedMeanwhile, IssueRefused, StepRefused
from livinglab.issues.models import Change, Issue
from livinglab.issues.services import answering
from livinglab.issues.services.blanking import blank_word
from livinglab.issues.services.erasure import erase_person
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.telling import changes_to_tell, tell_of_change
from livinglab.issues.services.voices import add_word
from livinglab.kernel.errors import NotAllowed
from livinglab.notifications.kinds import kind_of
from tests import make
from tests.issues import world
from tests.issues.test_out_of_sight import ASKED, address_of, body_of, open_doors

pytestmark = pytest.mark.django_db
TEXT = "앞집김씨가던졌대요"
REASON = "이웃의이름이나와요"


@pytest.fixture
def issue(resident):
    return world.issue(resident)


@pytest.fixture
def word(issue, neighbour):
    support_issue(issue, by=neighbour)
    return add_word(issue, TEXT, by=neighbour)


def blanked(word, coordinator, **more):
    issue = Issue.objects.get(pk=word.issue_id)
    return blank_word(issue, word, more.pop("reason", REASON), by=coordinator, **more)


def tell_all():
    for change in changes_to_tell():
        tell_of_change(change)


def doors_that_tell(client, issue, *secrets):
    shown = set()
    for door in open_doors():
        asked = ASKED.get(door.route, {}) | {"jurisdiction_id": "siheung.go.kr"}
        answer = client.get(address_of(door, issue, str(issue.key)), asked)
        if "/search" in answer.wsgi_request.path or answer.status_code != 200:
            continue
        if any(secret in body_of(answer) for secret in secrets):
            shown.add(door.route)
    return shown


@pytest.mark.parametrize("who", [None, "stranger", "resident", "daegu_coordinator"])
def test_no_door_shows_the_text_or_the_reason(request, client, word, coordinator, who):
    Jurisdiction.objects.create(code="siheung.go.kr", city=make.city())
    if who:
        client.force_login(request.getfixturevalue(who))
    before = doors_that_tell(client, word.issue, TEXT)
    assert before >= {"issues/<int:pk>/", "api/v1/issues/<int:pk>/"}
    blanked(word, coordinator)
    assert doors_that_tell(client, word.issue, TEXT, REASON) == set()
    page = client.get(f"/issues/{word.issue_id}/").text
    assert "시에서 이 글을 가렸어요" in page
    steps = client.get(f"/api/v1/issues/{word.issue_id}/").json()["timeline"]
    assert [one["is_blanked"] for one in steps] == [True]


def test_searching_for_the_text_finds_nothing(client, word, coordinator):
    blanked(word, coordinator)
    found = client.get("/search/", {"q": TEXT}).text
    assert f"/issues/{word.issue_id}/" not in found


def test_reason_and_text_are_kept_for_the_city(word, coordinator):
    change = blanked(word, coordinator)
    word.refresh_from_db()
    kept = (word.words, word.blanked_words, word.blanked_why)
    assert kept == ("", TEXT, REASON)
    assert (change.what, change.word, change.by) == ("blanked", word, coordinator)
    assert change.words == ""


def test_its_author_alone_is_told_why_and_once(
    client, word, coordinator, neighbour, resident
):
    tell_all()
    heard = resident.notices.count()
    blanked(word, coordinator)
    for _twice in range(2):
        tell_all()
    notice = neighbour.notices.get(kind="issues.word_blanked")
    assert REASON in kind_of(notice.kind).body_for(notice.facts)
    assert notice.url == f"/issues/{word.issue_id}/"
    assert resident.notices.count() == heard
    client.force_login(neighbour)
    page = client.get(f"/issues/{word.issue_id}/").text
    assert REASON in page
    assert TEXT not in page


def test_it_is_no_answer_to_the_report(word, coordinator):
    blanked(word, coordinator)
    issue = Issue.objects.get(pk=word.issue_id)
    assert (issue.answered_at, issue.state) == (None, "received")


def test_only_the_city_of_the_report_may(word, daegu_coordinator, resident, evaluator):
    for person in (daegu_coordinator, resident, evaluator):
        with pytest.raises(NotAllowed):
            blanked(word, person)
    word.refresh_from_db()
    assert word.words == TEXT


def test_without_a_reason_nothing_goes(word, coordinator):
    for reason in ("  ", "가" * 501):
        with pytest.raises(IssueRefused):
            blanked(word, coordinator, reason=reason)
    assert not Change.objects.filter(what="blanked").exists()


def test_words_of_the_city_and_of_other_reports_stay(issue, word, coordinator):
    of_the_city = answering.add_update(issue, "살펴봤어요.", by=coordinator)
    elsewhere = world.issue(make.person("else@example.org"))
    for change, at in ((of_the_city, issue), (word, elsewhere), (None, issue)):
        with pytest.raises(StepRefused):
            blank_word(at, change, REASON, by=coordinator)
    word.refresh_from_db()
    assert word.words == TEXT


def test_twice_or_at_the_same_time_is_said_so(word, coordinator):
    seen = Issue.objects.get(pk=word.issue_id).version
    blanked(word, coordinator, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        blanked(word, coordinator, seen=seen)
    with pytest.raises(StepRefused):
        blanked(word, coordinator)
    assert Change.objects.filter(what="blanked").count() == 1


def test_when_the_author_leaves_the_kept_text_goes(word, coordinator, neighbour):
    blanked(word, coordinator)
    erase_person(neighbour, {})
    word.refresh_from_db()
    assert (word.blanked_words, word.blanked_why) == ("", REASON)


def test_why_a_report_was_hidden_is_told_to_nobody_when_it_is_shown_again(
    client, issue, coordinator
):
    Jurisdiction.objects.create(code="siheung.go.kr", city=make.city())
    answering.hide_issue(issue, "private", words=REASON, by=coordinator)
    answering.show_issue(issue, by=coordinator)
    assert doors_that_tell(client, issue, REASON) == set()

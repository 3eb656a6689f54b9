"""At the JSON door: every verb that the pages of a report have."""

import uuid

import pytest
from django.urls import get_resolver

from livinglab.issues.models import Change, Follow
from livinglab.issues.services.answering import answer_issue, hide_issue
from livinglab.issues.services.blanking import blank_word
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.reporting import report_issue
from livinglab.issues.services.verdicts import plan_verdicts
from livinglab.issues.services.voices import add_word
from livinglab.issues.states import State
from tests.issues import world
from tests.issues.json_door import HERE, at, jpeg, send

pytestmark = pytest.mark.django_db

# What a page does → how software does the same; see the site map.
SAME = {
    "issues:support": "api-issue-support",
    "issues:follow": "api-issue-follow",
    "issues:unfollow": "api-issue-follow",
    "issues:add-word": "api-issue-updates",
    "issues:reply": "api-issue-reply",
    "issues:withdraw": "api-issue-withdrawal",
    "issues:reopen": "api-issue-reopening",
    "issues:object": "api-issue-objection",
    "issues:object-word": "api-issue-text-objection",
    "issues:answer-question": "api-issue-verdict",
    "issues:cover": "api-issue-covering",
    "issues:remove-photo": "api-issue-photo",
    "issues:follow-dong": "api-my-places",
    "issues:unfollow-place": "api-my-place",
    "report:form": "api-issues",
    "report:met": "api-issue-support",
    "report:claim": "api-issue-claim",
}
# Reading, and what a page keeps of its own forms until they are sent.
NO_VERBS = {
    "issues:photo", "issues:lighter-photo", "issues:figures", "issues:list",
    "issues:map", "issues:points", "issues:feed", "issues:mine", "issues:places",
    "issues:place", "issues:issue", "issues:let-go", "issues:let-unsent-go",
    "report:who", "report:place", "report:kinds", "report:known", "report:promise",
    "report:half", "report:done",
}  # fmt: skip


def names(*prefixes):
    """Every named address of reporting."""
    everything = get_resolver()
    spaces = {space: everything.namespace_dict[space][1] for space in prefixes}
    return {
        f"{space}:{name}"
        for space, resolver in spaces.items()
        for name in resolver.reverse_dict
        if isinstance(name, str)
    }


def test_every_page_of_reporting_has_its_verb_in_the_api():
    assert names("issues", "report") == SAME.keys() | NO_VERBS
    known = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert set(SAME.values()) <= known


def test_what_is_not_dealt_with_is_opened_again(client, resident, coordinator):
    issue = world.issue(resident)
    answer_issue(issue, State.NO_ACTION, words="우리 일이 아니에요.", by=coordinator)
    client.force_login(resident)
    assert send(client, at(issue, "reopening/"), words=" ").status_code == 409
    body = send(client, at(issue, "reopening/"), words="시 땅이에요.").json()
    assert body["state"] == "reopened"
    assert send(client, at(issue, "reopening/"), words="또").status_code == 409


def test_only_who_stands_behind_it_opens_it_again(
    client, resident, stranger, coordinator
):
    issue = world.issue(resident)
    answer_issue(issue, State.NO_ACTION, words="우리 일이 아니에요.", by=coordinator)
    Follow.objects.create(issue=issue, person=stranger, why=Follow.Why.CURIOUS)
    client.force_login(stranger)
    assert send(client, at(issue, "reopening/"), words="저요").status_code == 403
    issue.refresh_from_db()
    assert issue.state == State.NO_ACTION


@pytest.fixture
def blanked(resident, neighbour, coordinator):
    """A neighbour's text under a resident's report, taken out of sight."""
    issue = world.issue(resident)
    support_issue(issue, by=neighbour)
    word = add_word(issue, "김 아무개가 버렸어요", by=neighbour)
    blank_word(issue, word, "이름이 있어요", by=coordinator)
    word.refresh_from_db()
    return word


def test_its_author_reads_what_is_out_of_sight_and_why(client, blanked, neighbour):
    client.force_login(neighbour)
    (away,) = client.get(at(blanked.issue)).json()["texts_out_of_sight"]
    assert away == {
        "id": blanked.pk,
        "at": away["at"],
        "words": "김 아무개가 버렸어요",
        "reason": "이름이 있어요",
        "has_objected": False,
    }


@pytest.mark.parametrize("who", ["resident", "coordinator", "stranger", None])
def test_nobody_else_reads_it_there(request, client, blanked, who):
    if who:
        client.force_login(request.getfixturevalue(who))
    answer = client.get(at(blanked.issue))
    assert answer.json()["texts_out_of_sight"] == []
    assert "이름이 있어요" not in answer.text


def test_its_author_objects_once(client, blanked, neighbour):
    client.force_login(neighbour)
    there = at(blanked.issue, f"texts/{blanked.pk}/objection/")
    assert send(client, there, words=" ").status_code == 422
    body = send(client, there, words="이름이 아니에요.").json()
    assert body["texts_out_of_sight"][0]["has_objected"]
    assert send(client, there, words="이름이 아니에요.").status_code == 409
    appeal = blanked.issue.appeals.get()
    assert (appeal.word, appeal.by, appeal.words) == (
        blanked,
        neighbour,
        "이름이 아니에요.",
    )


def test_somebody_elses_text_and_one_of_another_report_are_not_there(
    client, blanked, resident, neighbour
):
    other = world.issue(neighbour)
    ways = [
        (resident, at(blanked.issue, f"texts/{blanked.pk}/objection/")),
        (neighbour, at(other, f"texts/{blanked.pk}/objection/")),
        (neighbour, at(blanked.issue, "texts/987654321/objection/")),
    ]
    for person, there in ways:
        client.force_login(person)
        assert send(client, there, words="보여 주세요").status_code == 404
    assert not blanked.issue.appeals.exists()


def test_a_guest_objects_to_nothing_and_opens_nothing(client, blanked):
    for verb in (f"texts/{blanked.pk}/objection/", "reopening/"):
        assert send(client, at(blanked.issue, verb), words="x").status_code == 401
    key = str(blanked.issue.key)
    assert send(client, f"{HERE}claims/", key=key).status_code == 401


def test_the_reporter_sees_that_an_objection_waits(client, resident, coordinator):
    issue = world.issue(resident)
    hide_issue(issue, "spam", words="광고", by=coordinator)
    client.force_login(resident)
    assert not client.get(at(issue)).json()["has_objected"]
    assert send(client, at(issue, "objection/"), words="아니에요").json()[
        "has_objected"
    ]


def test_who_holds_the_key_of_a_guests_report_claims_it(client, resident, stranger):
    issue = report_issue(world.said(), by=None).issue
    client.force_login(resident)
    body = send(client, f"{HERE}claims/", key=str(issue.key)).json()
    assert (body["id"], body["is_mine"]) == (issue.pk, True)
    client.force_login(stranger)
    assert send(client, f"{HERE}claims/", key=str(issue.key)).status_code == 422
    assert send(client, f"{HERE}claims/", key=str(uuid.uuid4())).status_code == 422
    assert send(client, f"{HERE}claims/", key="x").status_code == 400
    issue.refresh_from_db()
    assert issue.reporter == resident


def test_what_one_follows_is_listed_as_on_its_page(client, resident, neighbour):
    mine, met = world.issue(neighbour), world.issue(resident)
    hidden = world.issue(resident, is_public=False)
    for issue in (met, hidden):
        Follow.objects.create(issue=issue, person=neighbour, why=Follow.Why.MET_IT_TOO)
    client.force_login(neighbour)
    listed = client.get(f"{HERE}mine/?which=followed").json()["issues"]
    assert [one["id"] for one in listed] == [met.pk]
    own = client.get(f"{HERE}mine/").json()["issues"]
    assert [one["id"] for one in own] == [mine.pk]
    assert client.get(f"{HERE}mine/?which=all").status_code == 400


def test_words_with_i_met_it_too_are_kept(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    said = {"words": "저도 넘어졌어요", "photos": [jpeg()]}
    assert client.post(at(issue, "support/"), said).status_code == 200
    word = issue.changes.get(what=Change.What.UPDATE)
    assert (word.words, word.photos.count()) == ("저도 넘어졌어요", 1)


def test_a_guests_words_with_it_come_along_at_the_sign_in(client, resident):
    issue = world.issue(resident)
    assert send(client, at(issue, "support/"), words="저도요").status_code == 200
    assert not issue.changes.exists()


@pytest.mark.parametrize(
    ("verb", "most"),
    [("withdrawal/", 2000), ("reply/", 2000), ("objection/", 1000)],
)
def test_too_many_words_are_refused_and_never_cut(
    verb, most, client, resident, coordinator
):
    issue = world.issue(resident)
    if verb == "reply/":
        answer_issue(issue, State.WAITING, words="어디예요?", by=coordinator)
    if verb == "objection/":
        hide_issue(issue, "spam", words="광고", by=coordinator)
    client.force_login(resident)
    page = {"withdrawal/": "withdraw", "reply/": "reply", "objection/": "object"}[verb]
    answer = client.post(f"/issues/{issue.pk}/{page}/", {"words": "가" * (most + 1)})
    assert answer.status_code == 422
    assert f"{most:,}" in answer.text
    assert send(client, at(issue, verb), words="가" * (most + 1)).status_code in (
        400,
        422,
    )
    assert send(client, at(issue, verb), words="가" * most).status_code == 200


def test_a_no_says_no_more_than_fits(client, resident, coordinator):
    issue = world.issue(resident)
    plan_verdicts(answer_issue(issue, "resolved", words="메웠어요", by=coordinator))
    client.force_login(resident)
    asked = client.get(f"/issues/{issue.pk}/").text
    number = asked.split('name="question" value="')[1].split('"')[0]
    said = {"question": number, "answer": "no", "words": "가" * 2001}
    answer = client.post(f"/issues/{issue.pk}/fixed/", said)
    assert answer.status_code == 422
    issue.refresh_from_db()
    assert issue.state == "resolved"

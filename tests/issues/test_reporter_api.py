"""At the JSON door: what the reporter does, and nobody else."""

import pytest

from livinglab.issues.models import (
    Issue,
    Photo,
    Verdict,
)
from livinglab.issues.services.answering import answer_issue, hide_issue
from livinglab.issues.services.verdicts import plan_verdicts
from livinglab.issues.states import State
from tests.issues import world
from tests.issues.json_door import at, jpeg, send, with_photo

pytestmark = pytest.mark.django_db


def test_the_reporter_answers_what_the_city_asked(client, resident, coordinator):
    issue = world.issue(resident)
    answer_issue(issue, State.WAITING, words="어느 쪽인가요?", by=coordinator)
    client.force_login(resident)
    body = send(client, at(issue, "reply/"), words="놀이터 쪽이에요.").json()
    assert body["state"] == "routed"
    again = send(client, at(issue, "reply/"), words="놀이터요.")
    assert again.status_code == 409


def test_a_no_opens_it_again(client, resident, coordinator):
    issue = world.issue(resident)
    closing = answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    client.force_login(resident)
    assert send(client, at(issue, "verdict/"), answer="no").status_code == 404
    plan_verdicts(closing)
    assert client.get(at(issue)).json()["asks_whether_fixed"]

    assert send(client, at(issue, "verdict/"), answer="no").status_code == 422
    body = send(
        client, at(issue, "verdict/"), answer="no", words="아직 파였어요.", stars=2
    ).json()
    assert (body["state"], body["asks_whether_fixed"]) == ("reopened", False)
    given = Verdict.objects.get(round=1)
    assert (given.answer, given.stars) == ("no", 2)


def test_an_objection_to_hiding_is_made_once(client, resident, coordinator):
    issue = world.issue(resident)
    hide_issue(issue, Issue.Hidden.SPAM, words="광고 같아요.", by=coordinator)
    client.force_login(resident)
    assert send(client, at(issue, "objection/"), words="아니에요.").status_code == 200
    assert send(client, at(issue, "objection/"), words="아니에요.").status_code == 409
    assert issue.appeals.get().words == "아니에요."


def test_photos_can_be_added_covered_and_removed_by_the_reporter(client, resident):
    issue = world.issue(resident)
    client.force_login(resident)
    body = client.post(at(issue, "photos/"), {"photos": [jpeg()]}).json()
    one = at(issue, f"photos/{body['photos'][0]['id']}/")

    covered = send(client, f"{one}covering/", boxes=[[0.1, 0.1, 0.4, 0.4]])
    assert covered.status_code == 200
    assert Photo.objects.get().covered == 1
    assert send(client, f"{one}covering/", boxes=[[0, 0, 2, 1]]).status_code == 400
    assert client.delete(one).status_code == 204
    assert not Photo.objects.exists()


VERBS = (
    "support/",
    "follow/",
    "updates/",
    "withdrawal/",
    "reply/",
    "objection/",
    "verdict/",
)


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_finds_nothing_to_do_with_what_is_not_public(
    client, resident, stranger, verb
):
    issue = world.issue(resident, is_public=False)
    client.force_login(stranger)
    sent = {"words": "x", "answer": "yes"}
    assert send(client, at(issue, verb), **sent).status_code == 404


@pytest.mark.parametrize("verb", ["withdrawal/", "reply/", "objection/", "photos/"])
def test_what_only_the_reporter_may_do_nobody_else_does(
    client, resident, stranger, verb
):
    issue = world.issue(resident)
    client.force_login(stranger)
    answer = client.post(at(issue, verb), {"words": "x", "photos": [jpeg()]})
    assert answer.status_code in (403, 415)
    if answer.status_code == 415:
        assert send(client, at(issue, verb), words="x").status_code == 403


@pytest.mark.parametrize("ending", ["", "covering/"])
def test_somebody_elses_photo_is_out_of_reach(client, resident, stranger, ending):
    issue = world.issue(resident)
    row = with_photo(issue, is_public=True)
    address = at(issue, f"photos/{row.key}/{ending}")
    client.force_login(stranger)
    if ending:
        answer = send(client, address, boxes=[[0.1, 0.1, 0.2, 0.2]])
    else:
        answer = client.delete(address)
    assert answer.status_code == 403
    assert Photo.objects.get().covered == 0


def test_verbs_of_residents_need_somebody(client, resident):
    issue = world.issue(resident)
    verbs = [verb for verb in VERBS if verb != "support/"]
    assert {client.post(at(issue, verb)).status_code for verb in verbs} == {401}

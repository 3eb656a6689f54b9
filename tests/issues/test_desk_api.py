"""A coordinator's verbs at the JSON door: the same rules as on the desk."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from livinglab.issues.models import Department, Issue
from tests.issues import world

pytestmark = pytest.mark.django_db
SENT: dict[str, dict[str, Any]] = {
    "answers": {"state": "planned", "words": "다음 주에 메워요."},
    "routing": {"department": "roads", "words": "도로과가 살펴요."},
    "promise": {"due_on": "2099-01-01", "words": "부품을 기다려요."},
    "merging": {"original": 1},
    "hiding": {"hidden": "rude", "words": "욕설이 있어요."},
}


def do(client: Any, issue: Issue, verb: str, **more: Any) -> Any:
    return client.post(
        f"/api/v1/issues/{issue.pk}/{verb}/",
        json.dumps(SENT[verb] | more),
        content_type="application/json",
    )


def test_a_coordinator_answers_routes_and_promises(client, resident, coordinator):
    issue = world.issue(resident)
    parks = world.department("parks", name_ko="공원녹지과")
    client.force_login(coordinator)

    body = do(client, issue, "answers").json()
    assert (body["state"], body["timeline"][-1]["words"]) == (
        "planned",
        "다음 주에 메워요.",
    )
    assert do(client, issue, "routing", department="parks").status_code == 200
    later = str(timezone.localdate() + timedelta(days=90))
    assert do(client, issue, "promise", due_on=later).json()["due_on"] == later
    issue.refresh_from_db()
    assert issue.department == parks


def test_software_promises_no_day_beyond_two_years(client, resident, coordinator):
    issue = world.issue(resident)
    client.force_login(coordinator)
    answer = do(client, issue, "promise", due_on="9999-12-31")
    assert answer.status_code == 422
    assert answer.json()["detail"] == "앞으로 2년 안의 날을 약속해 주세요."
    assert Issue.objects.get().due_on == issue.due_on


def test_of_two_programs_one_wins_and_the_other_is_told(client, resident, coordinator):
    issue = world.issue(resident)
    client.force_login(coordinator)
    seen = client.get(f"/api/v1/issues/{issue.pk}/").json()["version"]
    assert do(client, issue, "answers", seen=seen).status_code == 200
    late = do(client, issue, "answers", state="in_progress", seen=seen)
    assert late.status_code == 409
    assert late.json()["code"] == "changed_meanwhile"
    assert Issue.objects.get().state == "planned"


def test_two_reports_become_one(client, resident, neighbour, coordinator):
    original, copy = world.issue(resident), world.issue(neighbour)
    client.force_login(coordinator)
    body = do(client, copy, "merging", original=original.pk).json()
    assert body["state"] == "duplicate"
    assert body["duplicate_of"] == f"/issues/{original.pk}/"
    original.refresh_from_db()
    assert original.supporters == 1


def test_hidden_and_shown_again(client, resident, coordinator):
    issue = world.issue(resident)
    client.force_login(coordinator)
    assert do(client, issue, "hiding").json()["hidden"] == "rude"
    answer = client.delete(f"/api/v1/issues/{issue.pk}/hiding/")
    assert answer.json()["is_public"]


@pytest.mark.parametrize("verb", SENT)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("resident", 403),
        ("stranger", 403),
        ("evaluator", 403),
        ("daegu_coordinator", 403),
    ],
)
def test_nobody_else_works_on_a_report(request, client, resident, verb, who, status):
    issue, other = world.issue(resident), world.issue(resident)
    client.force_login(request.getfixturevalue(who))
    answer = do(
        client, issue, verb, **({"original": other.pk} if verb == "merging" else {})
    )
    assert answer.status_code == status
    issue.refresh_from_db()
    assert (issue.version, issue.state) == (0, "received")


@pytest.mark.parametrize("verb", SENT)
def test_a_private_report_of_the_other_city_does_not_exist(
    client, resident, daegu_coordinator, verb
):
    issue = world.issue(resident, is_public=False)
    client.force_login(daegu_coordinator)
    assert do(client, issue, verb).status_code == 404


def test_a_department_of_the_other_city_is_not_there(client, resident, coordinator):
    world.department("subway", city="daegu")
    issue = world.issue(resident)
    client.force_login(coordinator)
    assert do(client, issue, "routing", department="subway").status_code == 404
    assert Department.objects.count() == 2


@pytest.mark.parametrize(
    ("verb", "wrong"),
    [
        ("answers", {"state": "withdrawn"}),
        ("answers", {"state": ""}),
        ("promise", {"due_on": "soon"}),
        ("hiding", {"hidden": ""}),
        ("merging", {"original": 0}),
    ],
)
def test_what_cannot_be_is_refused(client, resident, coordinator, verb, wrong):
    client.force_login(coordinator)
    assert do(client, world.issue(resident), verb, **wrong).status_code == 400

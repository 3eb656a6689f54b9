"""The JSON doors of reporting before people who mean harm."""

import json
import uuid
from typing import Any

import pytest

from livinglab.issues.models import FollowedPlace, Issue, Photo
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db
LON, LAT = world.JEONGWANG
DEEP = "[" * 200_000
VERBS = {
    "support": {},
    "follow": {},
    "updates": {"words": "새 소식"},
    "withdrawal": {"words": "x"},
    "reply": {"words": "x"},
    "objection": {"words": "x"},
    "verdict": {"answer": "no", "words": "x"},
    "photos": {},
    "answers": {"state": "planned", "words": "x"},
    "routing": {"department": "roads"},
    "promise": {"due_on": "2027-01-20", "words": "x"},
    "merging": {"original": 1},
    "hiding": {"hidden": "spam", "words": "x"},
}


def report(client: Any, **fields: Any) -> Any:
    facts = {"category": "pothole", "lon": LON, "lat": LAT, "words": "구멍"} | fields
    return client.post("/api/v1/issues/", facts, content_type="application/json")


@pytest.fixture
def kinds(db: None) -> None:
    make.neighbourhood()
    world.category()


@pytest.mark.parametrize(
    "body",
    [
        DEEP,
        '{"a":' * 100_000,
        '{"answers": ' + DEEP,
        '{"key": 1e999, "lon": NaN}',
        '{"lon": ' + "9" * 6000 + "}",
        '{"words": "\\ud800", "category": "pothole", "lon": 126.7386, "lat": 37.3463}',
        '{"category": {"a": 1}, "lon": [], "lat": {}, "photos": "x", "alts": {}}',
        '{"answers": {"\\u0000": "\\u0000"}, "category": "pothole"}',
        b"\xff\xfe\x00",
        "null",
        "[]",
        '"x"',
    ],
)
def test_a_body_of_nonsense_is_refused_with_words(client, kinds, body):
    answer = client.generic("POST", "/api/v1/issues/", body, "application/json")
    assert answer.status_code == 400
    assert answer.json()
    assert not Issue.objects.exists()


def test_answers_nobody_can_read_are_refused_in_a_form_too(client, kinds):
    fields = {"category": "pothole", "lon": LON, "lat": LAT, "answers": DEEP}
    answer = client.post("/api/v1/issues/", fields)
    assert answer.status_code == 400
    assert answer.json()["answers"]


@pytest.mark.parametrize("kind", ["text/xml", "text/plain", "application/x-yaml", ""])
def test_another_kind_of_body_is_not_read(client, kinds, kind):
    answer = client.generic("POST", "/api/v1/issues/", "a", kind)
    assert answer.status_code in (400, 415)


def test_nothing_but_what_a_reporter_may_say_is_taken(client, resident, neighbour):
    make.neighbourhood()
    kind = world.category("elder", is_public=False)
    client.force_login(resident)
    wanted = {
        "category": "elder",
        "state": "resolved",
        "city": "daegu",
        "city_id": 2,
        "due_on": "2020-01-01",
        "answer_due_on": "2020-01-01",
        "is_public": True,
        "hidden": "",
        "reporter": neighbour.pk,
        "channel": "staff",
        "supporters": 900,
        "version": 77,
        "department": "parks",
        "assignee": resident.pk,
        "id": 4711,
        "received_at": "2020-01-01T00:00:00Z",
        "closed_at": "2020-01-01T00:00:00Z",
    }
    assert report(client, **wanted).status_code == 201
    made = Issue.objects.get()
    assert (made.state, made.city_id) == ("received", kind.city_id)
    assert (made.is_public, made.reporter, made.channel) == (False, resident, "web")
    assert (made.supporters, made.version, made.assignee) == (0, 0, None)
    assert made.department == kind.department
    assert made.pk != 4711
    assert made.due_on > made.answer_due_on > made.received_at.date()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["guest", "stranger", "daegu_coordinator"])
def test_a_private_report_of_somebody_else_is_not_there_for_any_verb(
    request, client, resident, who, verb
):
    issue = world.issue(resident, is_public=False)
    if who != "guest":
        client.force_login(request.getfixturevalue(who))
    address = f"/api/v1/issues/{issue.pk}/{verb}/"
    sent = VERBS[verb]
    if verb == "photos":
        answer = client.post(address, sent)
    else:
        answer = client.post(address, sent, content_type="application/json")
    hidden = {404} if who != "guest" or verb == "support" else {401}
    assert answer.status_code in hidden
    before = Issue.objects.get()
    assert (before.version, before.state) == (issue.version, issue.state)


@pytest.mark.parametrize("verb", sorted({*VERBS} - {"support", "follow"}))
def test_a_public_report_of_somebody_else_stays_as_it_is(
    client, resident, stranger, verb
):
    issue = world.issue(resident)
    client.force_login(stranger)
    address = f"/api/v1/issues/{issue.pk}/{verb}/"
    if verb == "photos":
        answer = client.post(address, VERBS[verb])
    else:
        answer = client.post(address, VERBS[verb], content_type="application/json")
    assert answer.status_code in (403, 404)
    assert Issue.objects.get().version == issue.version
    assert not issue.changes.exists()


def test_an_evaluator_reads_and_changes_nothing(client, resident, evaluator):
    issue = world.issue(resident, is_public=False)
    client.force_login(evaluator)
    for verb in ("answers", "routing", "promise", "merging", "hiding", "withdrawal"):
        address = f"/api/v1/issues/{issue.pk}/{verb}/"
        answer = client.post(address, VERBS[verb], content_type="application/json")
        assert answer.status_code in (403, 404), verb
    assert Issue.objects.get().version == issue.version


def test_an_answer_kept_for_one_person_is_never_given_to_another(
    client, resident, neighbour
):
    issue = world.issue(resident)
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    address = f"/api/v1/issues/{issue.pk}/support/"
    for person in (neighbour, resident):
        client.force_login(person)
        answer = client.post(address, headers=headers)
        assert "Idempotent-Replay" not in answer.headers
        assert answer.json()["is_mine"] is (person == resident)


@pytest.mark.parametrize(
    "asked",
    [
        "before=" + "9" * 400,
        "before=-1",
        "before=1e3",
        "city=../../etc",
        "kind=a&city='%20OR%201=1--",
        "dong=%F0%9F%98%80",
        "state=received%27",
        "state[]=open",
    ],
)
def test_forged_pages_and_filters_are_refused_or_empty(client, asked):
    world.issue()
    for door in ("issues/", "issues.geojson"):
        box = "&box=126,37,127,38" if door.endswith("json") else ""
        answer = client.get(f"/api/v1/{door}?{asked}{box}")
        assert answer.status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "box",
    [
        "nan,nan,nan,nan",
        "-inf,-inf,inf,inf",
        "1e400,0,0,0",
        "181,0,182,1",
        "127,38,126,37",
        "0,0,0",
        "0,0,0,0,0",
        "٠,٠,١,١٠٠",
        "a" * 200,
    ],
)
def test_boxes_outside_the_world_hold_nothing(client, box):
    world.issue()
    answer = client.get("/api/v1/issues.geojson", {"box": box})
    assert answer.status_code == 400
    points = client.get("/issues/points.geojson", {"box": box})
    assert points.json()["features"] == []


@pytest.mark.parametrize(
    "path",
    [
        "issues/{n}/",
        "issues/{n}/support/",
        "issues/{n}/follow/",
        "issues/{n}/photos/00000000-0000-4000-8000-000000000000/",
        "issues/places/{n}/",
    ],
)
@pytest.mark.parametrize("number", ["9" * 20, "9" * 300, "9" * 5000, "0"])
def test_numbers_no_row_can_have_are_not_there(client, resident, path, number):
    client.force_login(resident)
    address = "/api/v1/" + path.format(n=number)
    for verb in ("get", "post", "delete"):
        assert getattr(client, verb)(address).status_code in (404, 405)


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "a", "lon": "nan", "lat": 37},
        {"name": "a", "lon": 126, "lat": 37, "radius_m": 10**30},
        {"name": "a", "lon": 126, "lat": 37, "radius_m": 1},
        {"name": "a" * 41, "neighbourhood": "4139059100"},
        {"name": "\0", "neighbourhood": "4139059100"},
        {"name": "a", "neighbourhood": ["4139059100"]},
        {"name": "a", "neighbourhood": {"code": "4139059100"}},
        {"name": "a", "neighbourhood": None, "lon": None, "lat": None},
        {"name": "a"},
    ],
)
def test_a_place_that_is_none_is_not_followed(client, resident, sent):
    make.neighbourhood()
    client.force_login(resident)
    body = json.dumps(sent)
    answer = client.generic("POST", "/api/v1/issues/places/", body, "application/json")
    assert answer.status_code == 400
    assert not FollowedPlace.objects.exists()


@pytest.mark.parametrize(
    "boxes",
    [
        [[0.1, 0.1, 0.1, 0.1]],
        [[0.9, 0.9, 0.1, 0.1]],
        [["nan", 0, 1, 1]],
        [[0, 0, 1]],
        [[-1, 0, 1, 1]],
        [[0, 0, 1, 10**400]],
        [],
        "all",
        None,
    ],
)
def test_rectangles_that_are_none_cover_nothing(client, resident, boxes):
    issue = world.issue(resident)
    row = Photo.objects.create(issue=issue, width=1, height=1, digest="0")
    client.force_login(resident)
    address = f"/api/v1/issues/{issue.pk}/photos/{row.key}/covering/"
    body = json.dumps({"boxes": boxes})
    answer = client.generic("POST", address, body, "application/json")
    assert answer.status_code in (400, 409, 422)
    row.refresh_from_db()
    assert row.covered == 0


def test_an_announced_length_beyond_measure_is_not_waited_for(client, kinds):
    answer = client.post(
        "/api/v1/issues/", {"a": 1}, headers={"Content-Length": str(10**12)}
    )
    assert answer.status_code == 413

"""What is not public is nowhere: every door of reporting that is open to guests.

The doors are taken from the site map, so that one added later is asked too.
"""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.interop.models import Jurisdiction
from livinglab.issues.models import Issue, Photo
from livinglab.issues.services.answering import hide_issue
from livinglab.issues.services.photos import SIZES, add_photo
from livinglab.issues.services.reporting import report_issue
from tests import make
from tests.issues import world
from tests.kernel.test_clean_photo import photo
from tests.security.doors import PUBLIC, Door, doors

pytestmark = pytest.mark.django_db
WORDS = "비밀스러운구덩이옆"
REASON = "사유문장입니다"
BOX = "126.0,37.0,127.5,38.0"
# What each door is asked, so that it would show the report if it were public.
ASKED = {
    "api/v1/issues.geojson": {"box": BOX},
    "issues/points.geojson": {"box": BOX},
    "search/": {"q": WORDS},
    "api/v1/issues/known/": {
        "category": "pothole",
        "lon": str(world.JEONGWANG[0]),
        "lat": str(world.JEONGWANG[1]),
        "words": WORDS,
    },
    "report/known/": {
        "category": "pothole",
        "lon": str(world.JEONGWANG[0]),
        "lat": str(world.JEONGWANG[1]),
        "words": WORDS,
    },
}


@pytest.fixture
def houses():
    make.neighbourhood()
    Jurisdiction.objects.create(code="siheung.go.kr", city=make.city())


def hidden_report(coordinator: Any) -> Issue:
    issue = report_issue(world.said(words=WORDS), by=None).issue
    hide_issue(issue, Issue.Hidden.PRIVATE, words=REASON, by=coordinator)
    return issue


def private_report(coordinator: Any) -> Issue:
    of = world.category(is_public=False)
    return report_issue(world.said(words=WORDS, category=of), by=None).issue


def suspected_report(coordinator: Any) -> Issue:
    words = f"{WORDS} https://a.example 카지노"
    return report_issue(world.said(words=words), by=None).issue


OUT_OF_SIGHT = {
    "hidden": hidden_report,
    "private": private_report,
    "suspected": suspected_report,
}


def open_doors() -> list[Door]:
    """Every address a guest may open that could show a report."""
    return [
        door
        for door in doors()
        if door.route in PUBLIC
        and door.route.startswith(
            (
                "issues",
                "api/v1/issues",
                "open311",
                "report",
                "search",
                "places",
                "sitemap",
            )
        )
        or door.route == ""
    ]


def address_of(door: Door, issue: Issue, key: str) -> str:
    """The address filled with what belongs to this report."""
    made = door.address
    for old, new in {
        "987654321": str(issue.pk),
        "00000000-0000-4000-8000-000000000000": key,
        "/nothing.webp": "/full.webp",
        "/nothing.avif": "/card.avif",
        "feeds/nothing.nothing": "feeds/4139059100.atom",
        "requests/nothing": f"requests/{issue.pk}",
        "tokens/nothing": f"tokens/{issue.key.hex}",
    }.items():
        made = made.replace(old, new)
    return made


def body_of(answer: Any) -> str:
    content = answer.getvalue() if answer.streaming else answer.content
    return bytes(content).decode("utf-8", "replace")


def with_photo(issue: Issue) -> Photo:
    """Released before the report went out of sight."""
    taken = SimpleUploadedFile("a.jpg", photo().getvalue())
    row, _clean = add_photo(issue, taken, size=taken.size or 0)
    Photo.objects.filter(pk=row.pk).update(is_public=True)
    return row


@pytest.mark.parametrize("why", OUT_OF_SIGHT)
@pytest.mark.parametrize("who", [None, "stranger", "daegu_coordinator"])
def test_no_open_door_shows_what_is_out_of_sight(
    request, client, houses, coordinator, why, who
):
    issue = OUT_OF_SIGHT[why](coordinator)
    row = with_photo(issue)
    if who:
        client.force_login(request.getfixturevalue(who))

    found = open_doors()
    assert len(found) > 15
    shown = {}
    for door in found:
        asked = ASKED.get(door.route, {}) | {"jurisdiction_id": "siheung.go.kr"}
        answer = client.get(address_of(door, issue, str(row.key)), asked)
        if answer.status_code >= 500 or _tells(answer, issue, row):
            shown[door.route] = answer.status_code
    assert not shown


@pytest.mark.parametrize("size", SIZES)
def test_its_photos_are_not_there_either(client, houses, coordinator, size):
    row = with_photo(hidden_report(coordinator))
    assert client.get(f"/issues/photos/{row.key}/{size}.webp").status_code == 404
    assert client.get(f"/issues/photos/{row.key}/{size}.avif").status_code == 404


def test_the_same_doors_show_a_public_report(client, houses, coordinator):
    """Else the doors above would prove nothing."""
    issue = report_issue(world.said(words=WORDS), by=None).issue
    row = with_photo(issue)
    shown = set()
    for door in open_doors():
        asked = ASKED.get(door.route, {}) | {"jurisdiction_id": "siheung.go.kr"}
        answer = client.get(address_of(door, issue, str(row.key)), asked)
        if _tells(answer, issue, row):
            shown.add(door.route)
    assert shown >= {
        "search/",
        "issues/",
        "issues/<int:pk>/",
        "issues/points.geojson",
        "issues/photos/<uuid:key>/<str:size>.webp",
        "issues/feeds/<slug:code>.<slug:kind>",
        "api/v1/issues/",
        "api/v1/issues/<int:pk>/",
        "api/v1/issues.geojson",
        "api/v1/issues/known/",
        r"open311/^v2/requests\.(?P<fmt>xml|json)$",
        r"open311/^v2/requests/(?P<pk>[^/]+?)\.(?P<fmt>xml|json)$",
        r"open311/^v2/requests\.csv$",
    }


def _tells(answer: Any, issue: Issue, row: Photo) -> bool:
    """Whether anything of the report, its photo or the reason stands there."""
    if answer.status_code != 200:
        return False
    if answer["Content-Type"] == "image/webp":
        return True
    body = body_of(answer)
    pk = issue.pk
    signs = [
        REASON,
        str(row.key),
        f"/issues/{pk}/",
        f'"id": {pk},',
        f'"service_request_id": "{pk}"',
        f"<service_request_id>{pk}<",
        f"\r\n{pk},2",
    ]
    # The page of a search repeats what was looked for.
    if "/search" not in answer.wsgi_request.path:
        signs.append(WORDS)
    return any(sign in body for sign in signs)

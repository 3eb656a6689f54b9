"""What was withdrawn or hidden is said by no door: not its words, not its address."""

from typing import Any

import pytest

from livinglab.interop.models import Jurisdiction
from livinglab.issues.models import Issue
from livinglab.issues.selectors.known import known_already
from livinglab.issues.services.answering import withdraw_issue
from livinglab.issues.services.indexing import index_words
from livinglab.issues.services.merging import merge_issue
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db
WORDS, ADDRESS = "우리 집 대문 앞이 파였어요", "큰길 12번지 파란 대문"
DOORS = [
    "/issues/",
    "/issues/{pk}/",
    "/issues/?state=withdrawn",
    "/issues/points.geojson?box=126,37,127,38&state=withdrawn",
    "/issues/feeds/siheung.rss",
    "/api/v1/issues/?state=withdrawn",
    "/api/v1/issues/{pk}/",
    "/api/v1/issues.geojson?box=126,37,127,38&state=withdrawn",
    "/api/v1/issues/known/?category=pothole&lon=126.7386&lat=37.3463",
    "/report/known/?category=pothole&lon=126.7386&lat=37.3463&place_from=map",
    "/open311/v2/requests.json",
    "/open311/v2/requests/{pk}.xml",
    "/open311/v2/requests.csv",
    "/search/?q={pk}",
    "/search/?q=대문",
]


@pytest.fixture
def withdrawn(resident: Any) -> Issue:
    Jurisdiction.objects.create(code="siheung.go.kr", city=make.city())
    issue = world.issue(resident, words=WORDS, address=ADDRESS)
    index_words(issue)
    withdraw_issue(issue, words="해결됐어요", by=resident)
    return issue


@pytest.mark.parametrize("door", DOORS)
def test_what_was_withdrawn_is_said_nowhere(client, withdrawn, door):
    answer = client.get(door.format(pk=withdrawn.pk))
    assert answer.status_code in (200, 204, 404)
    text = answer.getvalue().decode()
    assert "대문 앞" not in text
    assert "큰길" not in text
    assert "해결됐어요" not in text


def test_nobody_is_led_to_what_was_withdrawn(withdrawn):
    assert not known_already(withdrawn.category, world.JEONGWANG, WORDS)


@pytest.mark.parametrize("door", DOORS)
def test_what_is_hidden_is_not_there_at_all(client, resident, door):
    Jurisdiction.objects.create(code="siheung.go.kr", city=make.city())
    secret = world.category("elder", name_ko="홀몸 어르신", is_public=False)
    issue = world.issue(
        resident, category=secret, words=WORDS, address=ADDRESS, is_public=False
    )
    index_words(issue)
    text = client.get(door.format(pk=issue.pk)).getvalue().decode()
    assert "대문 앞" not in text
    assert "큰길" not in text


@pytest.mark.parametrize("door", ["/issues/{pk}/", "/api/v1/issues/{pk}/"])
def test_a_duplicate_does_not_tell_of_a_hidden_original(
    client, resident, coordinator, door
):
    secret = world.category("elder", name_ko="홀몸 어르신", is_public=False)
    original = world.issue(resident, category=secret)
    duplicate = world.issue(resident)
    merge_issue(duplicate, original, by=coordinator)
    assert "홀몸" in client.get(f"/issues/{duplicate.pk}/").text  # kept from now on
    Issue.objects.filter(pk=original.pk).update(is_public=False)
    text = client.get(door.format(pk=duplicate.pk)).text
    assert "홀몸" not in text
    assert f"/issues/{original.pk}/" not in text

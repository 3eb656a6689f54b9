"""A program that knows only the wiki's pages gets along with us, over real HTTP."""

from typing import Any

import pytest

from livinglab.interop.models import Jurisdiction
from livinglab.interop.services.keys import give_key
from livinglab.issues.models import Issue, Photo
from livinglab.issues.services.answering import answer_issue, show_issue
from livinglab.issues.services.photos import release_photo
from livinglab.issues.states import State
from tests import make
from tests.interop.georeport_client import Client, GeoReportError
from tests.issues import world
from tests.kernel.test_clean_photo import chunks, exif, photo

pytestmark = pytest.mark.django_db(transaction=True)
SIHEUNG, DAEGU = "siheung.go.kr", "daegu.go.kr"


@pytest.fixture
def staff(db: None) -> Any:
    person = make.staff("desk@example.org", kind="coordinator", city=make.city())
    person.is_superuser = True  # a key for both cities is given by who runs the house
    person.save()
    return person


@pytest.fixture
def key(staff: Any, settings: Any, live_server: Any) -> str:
    """Two cities that can be asked, and a key for a program."""
    settings.SITE_URL = live_server.url
    make.neighbourhood()
    make.neighbourhood("2714074200")
    for code in ("siheung", "daegu"):
        Jurisdiction.objects.create(
            code=f"{code}.go.kr", city=make.city(code), contact="desk@example.org"
        )
    of = world.category("odour", name_ko="냄새", name_en="Odour")
    lists = [{"key": "S", "ko": "약함", "en": "Weak"}, {"key": "L", "ko": "심함"}]
    world.question(of, "STRENGTH", "singlevaluelist", is_required=True, choices=lists)
    world.question(of, "WHEN", "multivaluelist", position=2, choices=lists)
    world.category("pothole")
    world.category("pothole", city="daegu")
    return give_key("동네 앱", city=None, owner=staff, by=staff)[1]


def client(live_server: Any, key: str = "", *, city: str = SIHEUNG, fmt: str) -> Client:
    made = Client(f"{live_server.url}/open311/discovery", city, key, fmt)
    made.discover()
    return made


def send(program: Client, **more: Any) -> dict[str, Any]:
    lon, lat = world.JEONGWANG
    fields = {
        "lat": str(lat),
        "long": str(lon),
        "description": "첫째 줄\n둘째 줄 <b>&",
        "email": "who@example.org",
    } | more
    attributes = fields.pop("attributes", {"STRENGTH": "S", "WHEN": ["S", "L"]})
    code = fields.pop("service_code", "odour")
    return program.create(code, attributes, **fields)


@pytest.mark.parametrize("fmt", ["xml", "json"])
def test_it_discovers_lists_filters_creates_and_follows(live_server, key, staff, fmt):
    program = client(live_server, key, fmt=fmt)
    services = {one["service_code"]: one for one in program.services()}
    assert set(services) == {"odour", "pothole"}
    asked = program.definition("odour")
    assert [one["code"] for one in asked] == ["STRENGTH", "WHEN"]

    taken = photo(exif=exif()).getvalue()
    pk = send(program, photo=taken)["service_request_id"]
    assert Issue.objects.get().answers == {"STRENGTH": "S", "WHEN": ["L", "S"]}

    shown = program.request(pk)
    assert shown["description"] == "첫째 줄\n둘째 줄 <b>&"
    assert (shown["status"], shown["media_url"]) == ("open", None)
    assert "who@example.org" not in str(shown)

    release_photo(Photo.objects.get(), by=staff)
    picture = program.fetch(program.request(pk)["media_url"])
    assert set(chunks(picture)) <= {b"VP8 ", b"VP8L"}

    answer_issue(Issue.objects.get(), State.RESOLVED, words="고쳤어요.", by=staff)
    closed = program.requests(status="closed", service_code="odour")
    assert [one["service_request_id"] for one in closed] == [pk]
    assert closed[0]["status_notes"] == "고쳤어요."
    assert program.requests(status="open") == []
    assert program.requests(service_code="pothole") == []


@pytest.mark.parametrize("fmt", ["xml", "json"])
def test_it_follows_a_token_until_there_is_an_id(live_server, key, staff, fmt):
    program = client(live_server, key, fmt=fmt)
    answer = send(program, description="카지노 https://a.example")
    word = answer["token"]
    assert "service_request_id" not in answer
    assert program.token(word) == ""
    assert program.requests() == []
    issue = Issue.objects.get()
    show_issue(issue, by=staff)
    assert program.token(word) == str(issue.pk)
    assert program.request(str(issue.pk))["service_request_id"] == str(issue.pk)


@pytest.mark.parametrize("fmt", ["xml", "json"])
def test_it_understands_every_refusal(live_server, key, fmt):
    program = client(live_server, key, fmt=fmt)
    refusals = {
        403: lambda: send(client(live_server, "guessed", fmt=fmt)),
        404: lambda: send(program, service_code="nothing"),
        400: lambda: send(program, attributes={}),
    }
    for status, ask in refusals.items():
        with pytest.raises(GeoReportError) as refusal:
            ask()
        assert refusal.value.status == status
        assert [int(one["code"]) for one in refusal.value.errors] == [status]
        assert all(one["description"] for one in refusal.value.errors)
    with pytest.raises(GeoReportError, match="400"):
        send(program, lat="north", photo=b"no picture")
    assert not Issue.objects.exists()


@pytest.mark.parametrize("fmt", ["xml", "json"])
def test_two_cities_in_one_house_do_not_see_each_other(live_server, key, fmt):
    here = client(live_server, key, fmt=fmt)
    there = client(live_server, key, city=DAEGU, fmt=fmt)
    pk = send(here, service_code="pothole", attributes={})["service_request_id"]
    assert [one["service_code"] for one in there.services()] == ["pothole"]
    assert there.requests() == []
    assert there.requests(service_request_id=pk) == []
    with pytest.raises(GeoReportError, match="404"):
        there.request(pk)
    with pytest.raises(GeoReportError, match="400"):
        send(there, service_code="pothole", attributes={})  # a place of the other city

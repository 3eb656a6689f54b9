"""One resident with one of everything the API speaks about."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import uuid4

from django.test import Client
from knox.models import AuthToken

from livinglab.energy.models import RegisterReading, Upload
from livinglab.energy.services.devices import add_device
from livinglab.issues.models import Change, FollowedPlace, Issue, Photo
from livinglab.issues.services.photos import SentPhoto, clean_photos, store_photos
from livinglab.notifications.models import Notice
from livinglab.people.models import Person
from tests import make
from tests.issues import world
from tests.kernel.test_clean_photo import photo
from tests.signing_in import SignedInClient


@dataclass(frozen=True)
class World:
    """Who asks, how, and the ids that exist by the last word of the address."""

    person: Person
    session: str
    headers: dict[str, dict[str, str]]
    cookies: dict[str, dict[str, str]]
    ids: dict[str, int | str]
    # What no question of chance would ever hit.
    sensible: dict[str, object] = field(
        default_factory=lambda: {
            "category": "pothole",
            "lon": 126.7386,
            "lat": 37.3463,
            "neighbourhood": "4139059100",
            "department": "roads",
            "answers": {},
            "boxes": [[0.1, 0.1, 0.2, 0.2]],
            "state": "in_progress",
            "words": "보고 있어요.",
        }
    )

    def id_for(self, path: str, name: str) -> int | str | None:
        """`/premises/{id}/bills/{bill_pk}/` → the home, the bill."""
        before = path.split("{" + name + "}")[0].strip("/").split("/")[-1]
        return self.ids.get(before)


def build() -> World:
    person = make.resident("resident@example.org", name="보라네")
    session, token = _session(person), AuthToken.objects.create(user=person)[1]
    device_token, ids = _things(person)
    cookies = {
        "resident": _as_browser(session),
        "visitor": _as_browser(""),
        "coordinator": _as_browser(_session(_coordinator())),
    }
    headers = {
        "guest": {},
        "token": {"Authorization": f"Token {token}"},
        "device": {"Authorization": f"Token {device_token}"},
    } | {who: {"X-CSRFToken": sent["csrftoken"]} for who, sent in cookies.items()}
    return World(person, session, headers, cookies, ids)


def _coordinator() -> Person:
    return make.staff("desk@example.org", kind="coordinator", city=make.city())


def _things(person: Person) -> tuple[str, dict[str, int | str]]:
    home = make.premises(person)
    meter = make.meter(home)
    bill = make.bill(home, date(2026, 3, 1), date(2026, 4, 1), kwh=300)
    reading = RegisterReading.objects.create(
        meter=meter, read_at=datetime(2026, 3, 1, tzinfo=UTC), kwh=100
    )
    upload = Upload.objects.create(premises=home, by=person, name="a.csv")
    device, device_token = add_device(home, name="hall", by=person)
    notice = Notice.objects.create(
        person=person,
        kind="energy.file_imported",
        event="upload:1",
        told_by=uuid4(),
        url="/energy/",
        facts={"file": "a.csv", "upload": upload.pk, "home": home.name},
    )
    report = world.issue(person)
    picture = _photo(report)
    text = Change.objects.create(
        issue=report,
        what=Change.What.UPDATE,
        state=report.state,
        by=person,
        department=report.department,
        blanked_words="김 아무개가 버렸어요",
        blanked_why="이름이 있어요",
    )
    street = FollowedPlace.objects.create(
        person=person, name="우리 골목", lon=126.7386, lat=37.3463, radius_m=300
    )
    return device_token, {
        "issues": report.pk,
        "texts": text.pk,
        "photos": str(picture.key),
        "places": street.pk,
        "premises": home.pk,
        "bills": bill.pk,
        "readings": reading.pk,
        "uploads": upload.pk,
        "devices": device.pk,
        "notices": notice.pk,
        "neighbourhoods": home.neighbourhood.code,
        "stations": make.station().number,
    }


def _photo(report: Issue) -> Photo:
    (ready,) = clean_photos([SentPhoto(file=photo(), size=9000)])
    return store_photos(report, [ready])[0]


def _session(person: Person) -> str:
    client = SignedInClient()
    client.force_login(person)
    return client.cookies["sessionid"].value


def _as_browser(session: str) -> dict[str, str]:
    """The cookies a page sends, a guest's without a session."""
    client = Client()
    if session:
        client.cookies["sessionid"] = session
    client.get("/report/")
    token = {"csrftoken": client.cookies["csrftoken"].value}
    return token | ({"sessionid": session} if session else {})

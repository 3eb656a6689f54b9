"""What `bench_issues` asks: everything of reporting that a growing archive could slow.

A page is compared as it is. What shows or works on more because there is more (a file
of everything, a night's work) is compared by the row.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

import time_machine
from django.contrib.admin import site
from django.db.models import Exists, OuterRef, QuerySet
from django.test import Client
from django.utils import timezone

from livinglab.issues.admin.reports import IssueTable
from livinglab.issues.models import (
    Category,
    Change,
    Issue,
    Learned,
    Photo,
    Reminder,
    Verdict,
)
from livinglab.issues.selectors.known import known_already
from livinglab.issues.services import learning, news, reminding, telling, verdicts
from livinglab.issues.work_days import after_work_days
from livinglab.people.models import Person
from livinglab.places.models import City
from tests.bench.issues_lives import BUSY, DESK, OF_THE_OFFICE, OFFICE
from tests.signing_in import SignedInClient

DONG, KIND = "4139059100", OF_THE_OFFICE
CITY_BOX, QUARTER_BOX, DONG_BOX = (
    "128.30,35.60,128.90,36.20",
    "128.50,35.80,128.65,35.95",
    "128.590,35.862,128.602,35.874",
)
WORDS = {
    "a common word": "가로등",
    "two words": "정왕 배수구",
    "a rare word": "고라니",
    "a word nobody said": "코끼리",
}
FEW_ROUNDS = 3
ROWS_A_PAGE = 5
LATELY = 800


@dataclass(frozen=True)
class Question:
    """`ask` does it; of what is compared by the row, `ask` says how many rows.

    What takes long is asked for `rounds` alone, and not again to count its queries.
    """

    ask: Callable[[], object]
    by_row: bool = False
    rounds: int = 0
    counts_queries: bool = True


def questions() -> dict[str, Question]:
    return (
        _named("list", _public_lists())
        | _named("map", _maps())
        | _fuller()
        | {"duplicates": _known("횡단보도 옆 아스팔트가 파였어요")}
        | _named("search", {n: f"/search/?q={w}" for n, w in _words().items()})
        | _named("public", _other_pages())
        | _named("a resident", _residents(), BUSY)
        | _named("the desk", _desk(), DESK)
        | _named("an office", _office(), OFFICE)
        | _open311()
        | _by_row()
        | _night()
    )


def _named(group: str, paths: dict[str, str], who: str = "") -> dict[str, Question]:
    client = _client(who)
    return {f"{group}, {name}": _page(path, client) for name, path in paths.items()}


def _client(who: str = "", *, packed: bool = True) -> Client:
    headers = {"Accept-Encoding": "gzip" if packed else "identity"}
    client = SignedInClient(SERVER_NAME="127.0.0.1", headers=headers)
    if who:
        client.force_login(Person.objects.get(email=who))
    else:
        client.cookies.load({"csrftoken": "x" * 32})
    return client


def _page(path: str, client: Client) -> Question:
    def ask() -> object:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    return Question(ask)


def _public_lists() -> dict[str, str]:
    newest = Issue.objects.order_by("-pk").values_list("pk", flat=True)
    before = newest[Issue.objects.count() // 2]
    return {
        "newest": "/issues/?state=",
        "a city": "/issues/?city=siheung",
        "a neighbourhood": f"/issues/?dong={DONG}",
        "a kind": f"/issues/?city=daegu&kind={KIND}",
        "open ones": "/issues/?city=daegu&state=open",
        "one state of a kind": f"/issues/?city=daegu&kind={KIND}&state=planned",
        "far back": f"/issues/?city=siheung&before={before}",
        "JSON": "/api/v1/issues/?city=daegu",
    }


def _maps() -> dict[str, str]:
    points = "/issues/points.geojson?box="
    boxes = {"a city": CITY_BOX, "a quarter of it": QUARTER_BOX}
    return {name: points + box for name, box in boxes.items()} | {
        "open ones of a city": f"{points}{CITY_BOX}&state=open",
        "GeoJSON of a quarter": f"/api/v1/issues.geojson?box={QUARTER_BOX}",
    }


def _fuller() -> dict[str, Question]:
    """A neighbourhood's map and page, by the report they show.

    In a thousand reports it has six of the twenty of a page, and a quarter of what
    two months leave on its map.
    """
    place = Person.objects.get(email=BUSY).followed_places.first()
    points = f"/issues/points.geojson?box={DONG_BOX}"
    page = f"/issues/places/{place.pk}/"
    return {
        "map, a dong, a point": Question(
            _holding(points, b'"Feature"', _client(packed=False)), by_row=True
        ),
        "a resident, a followed place, a report": Question(
            _holding(page, b"<article", _client(BUSY, packed=False)), by_row=True
        ),
    }


def _holding(path: str, mark: bytes, client: Client) -> Callable[[], int]:
    def ask() -> int:
        found = client.get(path).content.count(mark)
        assert found, path
        return found

    return ask


def _other_pages() -> dict[str, str]:
    return {
        **{
            f"figures of {days} days": f"/issues/figures/?city=daegu&days={days}"
            for days in (30, 90, 365)
        },
        "one report": f"/issues/{_middle().pk}/",
        "RSS of a city": "/issues/feeds/siheung.rss",
        "Atom of a city": "/issues/feeds/daegu.atom",
        "place": f"/places/{DONG}/",
    }


def _residents() -> dict[str, str]:
    return {
        "own reports": "/issues/mine/",
        "followed reports": "/issues/mine/?which=followed",
        "own reports as JSON": "/api/v1/issues/mine/",
        "start page": "/",
    }


def _desk() -> dict[str, str]:
    _short_pages()
    reports = "/admin/issues/issue/"
    one = _middle()
    filters = {
        "new ones": "queue=new",
        "overdue ones": "queue=overdue",
        "photos to look at": "queue=photos",
        "objections": "queue=appealed",
        "mine": "queue=mine",
        "closed ones": "is=closed",
        "planned ones": "state__exact=planned",
        "a category": f"category={one.category_id}",
        "a neighbourhood": f"neighbourhood={one.neighbourhood_id}",
        "a department": f"department={one.department_id}",
        "spam": "hidden__exact=spam",
        "no such channel": "channel__exact=staff",
        "by day received": f"o={_column('received')}",
        "most met first": f"o=-{_column('met')}",
        "far back": "p=40",
    }
    return (
        {"today": "/admin/", "list": reports}
        | {f"list of {name}": f"{reports}?{query}" for name, query in filters.items()}
        | {
            f"search for {name}": f"{reports}?q={words}"
            for name, words in _words().items()
        }
        | {"one report": f"{reports}{_beside_another().pk}/change/"}
        | _tables()
    )


def _office() -> dict[str, str]:
    """Somebody of a department sees its reports alone: a few of those of the city."""
    reports = "/admin/issues/issue/"
    return {
        "today": "/admin/",
        "list": reports,
        "list of overdue ones": f"{reports}?queue=overdue",
        "search for a common word": f"{reports}?q={WORDS['a common word']}",
    } | _tables()


def _tables() -> dict[str, str]:
    return {
        f"table of {name}s": f"/admin/issues/{name}/"
        for name in ("change", "photo", "verdict", "reminder")
    }


def _words() -> dict[str, str]:
    """A sentence that was said so often that it fills a page in both as well."""
    daegu = Issue.objects.public().filter(city__code="daegu").order_by("-pk")
    said = daegu.values_list("words", flat=True)[:LATELY]
    ((sentence, _often),) = Counter(one.split(".")[0] for one in said).most_common(1)
    return WORDS | {"a sentence": sentence}


def _column(name: str) -> int:
    """The number an address sorts by."""
    return IssueTable.list_display.index(name) + 1


def _short_pages() -> None:
    """Five rows a page: with few reports a filter would not fill a longer one."""
    for model in (Issue, Change, Photo, Verdict, Reminder):
        site._registry[model].list_per_page = ROWS_A_PAGE


def _middle() -> Issue:
    """One of Daegu that came to an end, from the middle of the first weeks."""
    return _mended()[60]


def _beside_another() -> Issue:
    """One near which lies another, so that both archives have that to show."""
    other = Issue.objects.open().exclude(pk=OuterRef("pk"))
    near = Exists(other.filter(square=OuterRef("square"), is_public=True))
    found = _mended().filter(near, category__radius_m__gt=0).first()
    assert found
    return found


def _mended() -> QuerySet[Issue]:
    mended = Issue.objects.filter(city__code="daegu", state="resolved", is_public=True)
    return mended.order_by("-pk")


def _known(words: str) -> Question:
    kind = Category.objects.get(city__code="siheung", code=KIND)
    return Question(lambda: known_already(kind, (126.7386, 37.3463), words))


def _open311() -> dict[str, Question]:
    """At most a thousand requests of 90 days: compared by the request."""
    address = "/open311/v2/requests.{}?jurisdiction_id=daegu.go.kr"
    client = _client(packed=False)
    asked = {
        "JSON": address.format("json"),
        "XML": address.format("xml"),
        "open ones": address.format("json") + "&status=open",
        "one service": address.format("json") + f"&service_code={KIND}",
    }
    one = f"/open311/v2/requests/{_middle().pk}.json?jurisdiction_id=daegu.go.kr"
    return {
        f"Open311, {name}, a request": replace(
            _counted(path, client), rounds=FEW_ROUNDS * 3
        )
        for name, path in asked.items()
    } | {"Open311, one request": _page(one, client)}


def _counted(path: str, client: Client) -> Question:
    def ask() -> int:
        body = b"".join(client.get(path))
        return body.count(b"service_request_id") // (2 if b"<?xml" in body else 1)

    return Question(ask, by_row=True)


def _by_row() -> dict[str, Question]:
    """Files of everything: SQLite takes what is noted of so many in portions."""
    guest, desk = _client(packed=False), _client(DESK, packed=False)
    bulk = "/open311/v2/requests.csv?jurisdiction_id=daegu.go.kr"
    sheet = "/admin/issues/issue/sheet.csv"
    return {
        f"{name}, a row": Question(
            _lines(path, client),
            by_row=True,
            rounds=FEW_ROUNDS,
            counts_queries=False,
        )
        for name, path, client in (
            ("Open311, all as CSV", bulk, guest),
            ("the desk, list as CSV", sheet, desk),
        )
    }


def _lines(path: str, client: Client) -> Callable[[], int]:
    return lambda: b"".join(client.get(path)).count(b"\n") - 1


def _night() -> dict[str, Question]:
    """What beat wakes; the learning by the report it learns from."""
    return {
        "a minute's sweep": Question(_sweep),
        "reminders, a report still open": Question(_remind, by_row=True),
        "news of followed places": Question(news.tell_of_places),
        "plan of learning, a report": Question(
            _plan, by_row=True, counts_queries=False
        ),
        "learning, a report": Question(
            _learn, by_row=True, rounds=1, counts_queries=False
        ),
    }


def _sweep() -> Any:
    return telling.changes_to_tell(), verdicts.due_verdicts()


def _remind() -> int:
    """A work day on which everybody was told already."""
    day = after_work_days(timezone.localdate(), 0)
    morning = timezone.make_aware(datetime.combine(day, time(9, 5)))
    with time_machine.travel(morning, tick=False):
        reminding.remind_of_late_work()
    return Issue.objects.open().count()


def _plan() -> int:
    """Counts what each city could learn from, and asks more of one that has enough."""
    learning.plan_learning()
    cities = City.objects.values_list("pk", flat=True)
    return sum(
        min(Issue.objects.filter(city=pk).count(), learning.MOST) for pk in cities
    )


def _learn() -> int:
    """Daegu learns anew."""
    city = City.objects.get(code="daegu")
    Learned.objects.filter(city=city).delete()
    row = Learned.objects.create(city=city, number=1)
    gc.collect()
    assert learning.learn(row.pk)
    row.refresh_from_db()
    Learned.objects.filter(pk=row.pk).delete()
    return row.reports

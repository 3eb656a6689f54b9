"""A city's archive of reports for `bench_issues`, written straight to the database.

Fifty-five reports a day around the real centres of every neighbourhood of both cities,
in sentences put together from words residents use. A thousand are the first weeks, a
hundred thousand are five years: the same cities, later. Most reports of this month are
still open, few of those before; in the archive one in a hundred never ended. Who sent
them, and what became of them, is written by issues_lives.py.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from livinglab.issues.grams import grams_of
from livinglab.issues.grid import square_of
from livinglab.issues.models import Category, Issue, Photo
from livinglab.issues.work_days import after_work_days
from livinglab.places.models import Neighbourhood
from tests.bench.issues_lives import Crowd, live

A_DAY = 55
AT_ONCE = 2000
WITH_PHOTO = 0.3
SPREAD = 0.006  # of a degree: a neighbourhood is about a kilometre wide
WHERE = [
    "정문 앞",
    "후문 쪽",
    "사거리",
    "횡단보도 옆",
    "놀이터 입구",
    "버스정류장 뒤",
    "초등학교 담장 밑",
    "시장 골목",
    "공원 산책로",
    "지하차도 안",
    "육교 계단",
    "아파트 단지 밖",
    "주민센터 주차장",
    "전철역 2번 출구",
    "강변길",
]
WHAT = [
    "보도블록이 들떠 있어요",
    "가로등이 밤새 깜빡거려요",
    "아스팔트가 깊게 파였어요",
    "쓰레기가 쌓여 있어요",
    "배수구가 낙엽으로 막혔어요",
    "신호등이 고장 났어요",
    "표지판이 쓰러졌어요",
    "맨홀 뚜껑이 흔들려요",
    "나뭇가지가 부러졌어요",
    "냄새가 심하게 나요",
    "소음이 새벽까지 나요",
    "점자블록이 깨졌어요",
    "킥보드가 길을 막아요",
    "벤치가 부서졌어요",
    "난간이 흔들려요",
    "물이 새어 나와요",
    "전선이 늘어졌어요",
]
MORE = [
    "아이들이 다니는 길이라 걱정돼요",
    "비가 오면 더 심해요",
    "어르신이 넘어질 뻔했어요",
    "일주일째 그대로예요",
    "밤에 특히 위험해요",
    "유아차가 지나가기 어려워요",
    "",
    "",
]
OPEN_ONES = ("received", "routed", "in_progress", "planned", "waiting", "reopened")
RARE = ("고라니", "싱크홀")  # one report in five hundred


def fill(count: int) -> int:
    """Write so many reports with their photos and what the search looks in."""
    dice = random.Random(count)
    places = list(Neighbourhood.objects.defer("polygon").select_related("city"))
    kinds = _kinds()
    with transaction.atomic():
        crowd = Crowd.gather(count)
        reports = _reports(count, dice, places, kinds)
        while batch := list(islice(reports, AT_ONCE)):
            for issue in batch:
                issue.reporter_id = crowd.sender(dice)
            made = Issue.objects.bulk_create(batch)
            Photo.objects.bulk_create(_photos(made, dice))
            _grams(made)
            live(made, crowd, dice)
    _settle()
    return count


def _settle() -> None:
    """What a server does behind: rows are counted, the log is written back."""
    if connection.vendor == "postgresql":
        steps = ["VACUUM ANALYZE"]
    else:
        steps = ["ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"]
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step)


def _kinds() -> dict[int, list[Category]]:
    found: dict[int, list[Category]] = {}
    offered = Category.objects.filter(is_public=True, notice_ko="")
    for kind in offered.select_related("department"):
        found.setdefault(kind.city_id, []).append(kind)
    return found


def _reports(
    count: int,
    dice: random.Random,
    places: list[Neighbourhood],
    kinds: dict[int, list[Category]],
) -> Iterator[Issue]:
    now = timezone.now()
    for n in range(count):
        place = dice.choice(places)
        age = timedelta(days=(count - n) / A_DAY)
        yield _report(dice, place, dice.choice(kinds[place.city_id]), now - age, now)


def _report(
    dice: random.Random,
    place: Neighbourhood,
    kind: Category,
    at: datetime,
    now: datetime,
) -> Issue:
    lon = place.centre_lon + dice.gauss(0, SPREAD)
    lat = place.centre_lat + dice.gauss(0, SPREAD)
    due = after_work_days(at.date(), kind.close_days)
    facts = _state(dice, at, now) | _seen(dice)
    return Issue(
        key=UUID(int=dice.getrandbits(128)),
        city_id=place.city_id,
        neighbourhood=place,
        category=kind,
        department=kind.department,
        words=_words(dice),
        lon=lon,
        lat=lat,
        square=square_of(lon, lat),
        place_from=Issue.PlaceFrom.DEVICE,
        channel=Issue.Channel.WEB,
        supporters=dice.choice((0, 0, 0, 1, 2, 7)),
        seen_at=at,
        received_at=at,
        answer_due_on=due,
        due_on=due,
        **facts,
    )


def _seen(dice: random.Random) -> dict[str, Any]:
    """Most are public; some kinds never, some were hidden, a few are suspected."""
    chance = dice.random()
    if chance > 0.03:
        return {"is_public": True}
    hidden = "" if chance > 0.015 else "spam" if chance > 0.001 else "suspected"
    return {"is_public": False, "hidden": hidden}


def _state(dice: random.Random, at: datetime, now: datetime) -> dict[str, Any]:
    age = (now - at).days
    still_open = 0.6 if age < 20 else 0.15 if age < 60 else 0.01
    answered = at + timedelta(days=dice.random() * min(age, 6))
    if dice.random() < still_open:
        state = dice.choice(OPEN_ONES)
        facts: dict[str, Any] = {"state": state, "changed_at": at}
        if state == "waiting":
            facts["paused_on"] = answered.date()
        return facts if state == "received" else facts | {"answered_at": answered}
    closed = at + timedelta(days=dice.random() * min(age, 20))
    state = dice.choices(
        ("resolved", "passed_on", "no_action", "withdrawn"), (8, 1, 1, 0.2)
    )
    return {
        "state": state[0],
        "closed_at": closed,
        "changed_at": closed,
        "answered_at": min(answered, closed),
    }


def _words(dice: random.Random) -> str:
    rare = f" {dice.choice(RARE)}" if dice.random() < 0.002 else ""
    said = f"{dice.choice(WHERE)} {dice.choice(WHAT)}. {dice.choice(MORE)}{rare}"
    return said.strip()


def _photos(issues: list[Issue], dice: random.Random) -> list[Photo]:
    return [
        Photo(
            key=UUID(int=dice.getrandbits(128)),
            issue=issue,
            thumb="t.webp",
            card="c.webp",
            full="f.webp",
            width=2048,
            height=1536,
            digest=f"{issue.pk}",
            is_public=True,
        )
        for issue in issues
        if dice.random() < WITH_PHOTO
    ]


def _grams(issues: list[Issue]) -> None:
    """As `services.indexing` writes them, many reports at once."""
    rows = [(pair, issue.pk) for issue in issues for pair in sorted(_pairs(issue))]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy("COPY issues_gram (pair, issue_id) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        cursor.executemany(
            "INSERT INTO issues_gram (pair, issue_id) VALUES (%s, %s)", rows
        )


def _pairs(issue: Issue) -> set[int]:
    kind, place = issue.category, issue.neighbourhood
    names = (kind.name_ko, kind.name_en, place.name_ko, place.name_en)
    return grams_of((issue.words, *names))

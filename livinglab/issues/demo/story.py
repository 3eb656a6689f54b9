"""Plans become reports: through the verbs everybody uses, then moved back in time."""

import json
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from livinglab.issues.demo.past import EXTENDED_DAYS, Told, move_back
from livinglab.issues.demo.pictures import drawn
from livinglab.issues.demo.plan import SEOUL, Event, ReportPlan, plan_reports
from livinglab.issues.errors import OutsideTheCity
from livinglab.issues.models import Category, Issue, Verdict
from livinglab.issues.services import answering, verdicts
from livinglab.issues.services.following import follow_place, support_issue
from livinglab.issues.services.learning import plan_learning
from livinglab.issues.services.merging import merge_issue
from livinglab.issues.services.photos import ReadyPhoto, release_photo, store_photos
from livinglab.issues.services.reporting import Said, report_issue
from livinglab.issues.work_days import after_work_days
from livinglab.kernel.demonstrating import Scene
from livinglab.kernel.images import CleanPhoto, clean_photo
from livinglab.people.models import Person, Role
from livinglab.places.models import City, Neighbourhood

AT_ONCE = 25
MERGED_AFTER = timedelta(hours=3)
CAST, CAST_SHARE = 3, 0.15
DONGS = 6


def tell_reports(scene: Scene) -> None:
    """Reports of each place's city, in the order they arrive; what is there stays."""
    facts = json.loads((settings.SEEDS_DIR / "demo_reports.json").read_text("utf-8"))
    towns = [Town(scene, code, facts) for code in scene.places]
    everything = [(town, plan) for town in towns for plan in town.plans]
    everything.sort(key=lambda one: one[1].received)
    for start in range(0, len(everything), AT_ONCE):
        if scene.leaving.is_set():
            return
        portion = everything[start : start + AT_ONCE]
        with transaction.atomic(), override("ko"):
            _tell(portion)
        scene.move(start + len(portion), len(everything))
    with override("ko"):
        for town in towns:
            town.follow_places()
    plan_learning()


def _tell(portion: Sequence[tuple["Town", ReportPlan]]) -> None:
    """A portion stands or falls together; a killed start goes on with the next."""
    keys = [plan.key for _town, plan in portion]
    known = Issue.objects.in_bulk(keys, field_name="key")
    told = (town.tell(plan, known.get(plan.key)) for town, plan in portion)
    move_back([one for some in told for one in some])


@cache
def picture_of(scene: str) -> CleanPhoto:
    """Each scene is drawn and cleaned once; many reports show it."""
    png = drawn(scene, 1)
    return clean_photo(BytesIO(png), size=len(png))


class Town:
    """One city of the demonstration: its people, its places, its plans."""

    def __init__(self, scene: Scene, code: str, facts: Mapping[str, Any]) -> None:
        home = Neighbourhood.objects.select_related("city").get(code=code)
        self.home = home
        self.city: City = home.city
        self.luck = random.Random(f"{scene.seed}:{code}")  # noqa: S311
        self.kinds = {
            kind.code: kind
            for kind in Category.objects.filter(city=home.city).prefetch_related(
                "questions"
            )
        }
        self.dongs = _nearest(home)
        self.people = _residents(home, scene.domain)
        self.desk = Person.objects.filter(
            roles__kind=Role.Kind.COORDINATOR, roles__city=home.city
        ).first()
        self.joined: set[UUID] = set()
        self.plans = plan_reports(
            facts,
            city=home.city.code,
            count=scene.size or facts["reports_a_city"],
            now=_now(scene),
            seed=scene.seed,
        )
        self.after = {one.key: after for one, after in pairwise(self.plans)}

    def tell(self, plan: ReportPlan, known: Issue | None) -> list[Told]:
        """The report of a plan, unless it is there or lies beyond the rim.

        What is said again a little later is joined with it before its story goes on.
        """
        if known is not None or plan.key in self.joined:
            return []
        issue = self._begun(plan)
        if issue is None:
            return []
        again = self._said_again(issue, self.after.get(plan.key))
        times = [event.at for event in plan.events if self._live(issue, event)]
        return [Told(issue, plan.received, times), *again]

    def _begun(self, plan: ReportPlan) -> Issue | None:
        reporter = None if plan.by_guest else self._somebody()
        issue = self._made(plan, reporter)
        if issue is not None:
            self._show(issue, plan)
            self._support(issue, plan.supporters)
        return issue

    def follow_places(self) -> None:
        """The first people of the cast follow their dong."""
        for person in self.people[:3]:
            follow_place(self.home.name_ko, neighbourhood=self.home, by=person)

    def _somebody(self) -> Person:
        """Those one may sign in as report more than others, so that theirs is seen."""
        known = self.luck.random() < CAST_SHARE
        return self.luck.choice(self.people[:CAST] if known else self.people)

    def _support(self, issue: Issue, count: int) -> None:
        if not issue.is_public:
            return
        for person in self.luck.sample(self.people, min(count, len(self.people))):
            if person.pk != issue.reporter_id:
                support_issue(issue, by=person)

    def _made(self, plan: ReportPlan, reporter: Person | None) -> Issue | None:
        dong = self.dongs[plan.dong % len(self.dongs)]
        east, north = plan.shift
        said = Said(
            category=self.kinds[plan.code],
            lon=round(dong.centre_lon + east, 6),
            lat=round(dong.centre_lat + north, 6),
            place_from=Issue.PlaceFrom.DEVICE,
            words=plan.words,
            answers=self._answers(self.kinds[plan.code]),
            neighbourhood=dong,
            address=plan.landmark,
            key=plan.key,
            channel=Issue.Channel.SIMULATED,
        )
        try:
            return report_issue(said, by=reporter).issue
        except OutsideTheCity:  # beyond the rim of an outer dong
            return None

    def _answers(self, kind: Category) -> dict[str, list[str]]:
        """What must be answered is; a choice is the first of its list or the next."""
        said = {}
        for question in kind.questions.all():
            keys = [choice["key"] for choice in question.choices]
            if keys:
                said[question.code] = [self.luck.choice(keys)]
            elif question.is_required:
                said[question.code] = ["차가 서지 않았어요"]
        return said

    def _show(self, issue: Issue, plan: ReportPlan) -> None:
        """Its picture, looked at and released by the city."""
        if not plan.scene:
            return
        alt = f"모의 그림: {issue.category.name_ko}"
        ready = ReadyPhoto(clean=picture_of(plan.scene), alt=alt)
        for photo in store_photos(issue, [ready]):
            if self.desk is not None:
                release_photo(photo, by=self.desk)

    def _said_again(self, original: Issue, plan: ReportPlan | None) -> list[Told]:
        """The next report, where it is of the same thing and others may read both."""
        if self.desk is None or plan is None or not plan.repeats:
            return []
        if plan.code != original.category.code or not original.is_public:
            return []
        copy = self._begun(plan)
        if copy is None:
            return []
        self.joined.add(plan.key)
        merge_issue(copy, original, words="같은 내용이라 합쳤어요.", by=self.desk)
        merged = min(plan.received + MERGED_AFTER, timezone.now())
        return [Told(copy, plan.received, [merged])]

    def _live(self, issue: Issue, event: Event) -> bool:
        """One event of its life; False where it made no change."""
        if self.desk is None:
            return False
        if event.what in ("yes", "no"):
            return self._judge(issue, event)
        if event.what == "extended":
            later = after_work_days(issue.due_on, EXTENDED_DAYS)
            answering.extend_promise(issue, later, event.words, by=self.desk)
        elif event.what == "update":
            answering.add_update(issue, event.words, by=self.desk)
        elif event.what == "reply":
            return self._reply(issue, event)
        else:
            change = answering.answer_issue(
                issue, event.what, words=event.words, by=self.desk
            )
            verdicts.plan_verdicts(change)
        return True

    def _reply(self, issue: Issue, event: Event) -> bool:
        if issue.reporter is None:
            return False
        answering.reply_to_question(issue, event.words, by=issue.reporter)
        return True

    def _judge(self, issue: Issue, event: Event) -> bool:
        """Whoever stands behind it says whether it is fixed; a no opens it again."""
        asked = Verdict.objects.filter(issue=issue, answer="", round=1)
        waiting = list(asked.select_related("person", "issue").order_by("pk"))
        for verdict in waiting[:4] if event.what == "yes" else waiting[:1]:
            verdicts.give_verdict(
                verdict,
                event.what,
                words=event.words,
                stars=self.luck.choice([3, 4, 5, 5]) if event.what == "yes" else 2,
                by=verdict.person,
            )
        issue.refresh_from_db()
        return event.what == "no" and bool(waiting)


def _now(scene: Scene) -> datetime:
    """This moment, or the end of the day the demonstration was begun on."""
    end = datetime.combine(scene.today, time(23, 30), SEOUL)
    return min(timezone.now(), end)


def _nearest(home: Neighbourhood) -> list[Neighbourhood]:
    """The place itself and the dongs around it."""
    dongs = Neighbourhood.objects.filter(city=home.city_id, district=home.district_id)
    return sorted(
        dongs.without_shapes(),
        key=lambda dong: (
            (dong.centre_lon - home.centre_lon) ** 2
            + (dong.centre_lat - home.centre_lat) ** 2
        ),
    )[:DONGS]


def _residents(home: Neighbourhood, domain: str) -> list[Person]:
    invented = Person.objects.filter(email__endswith=f"@{domain}", neighbourhood=home)
    return list(invented.order_by("pk"))

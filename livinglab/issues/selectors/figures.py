"""The service level of a city: in all, by month, by category, by neighbourhood."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone

from livinglab.issues.models import Category, Change, Issue, ServiceCount, Verdict
from livinglab.issues.service_level import (
    FEWEST,
    Figures,
    Row,
    Tally,
    figures_of,
    unpacked,
)
from livinglab.issues.states import State
from livinglab.kernel.kept_parts import kept
from livinglab.places.models import City, Neighbourhood

SPANS = (30, 90, 365)  # in days: what is counted beforehand
FRESH = timedelta(hours=2)  # older than two counts: nobody counts any more
KEPT_MINUTES = 10
GROUPS = ("month", "category", "place")
FIELDS = (
    "pk",
    "category_id",
    "neighbourhood_id",
    "received_at",
    "answered_at",
    "answer_due_on",
    "closed_at",
    "due_on",
    "state",
)


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date

    @classmethod
    def of_days(cls, days: int) -> "Span":
        today = timezone.localdate()
        return cls(today - timedelta(days=days - 1), today)

    @property
    def start(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time()))

    @property
    def end(self) -> datetime:
        return timezone.make_aware(
            datetime.combine(self.last + timedelta(days=1), time())
        )


@dataclass(frozen=True)
class Line:
    """Figures under a name: a month, a category, a neighbourhood."""

    name: str
    figures: Figures


@dataclass(frozen=True)
class ServiceLevel:
    """A city's figures over a span, and when they were counted."""

    span: Span
    counted_at: datetime
    whole: Figures
    months: list[Line]
    categories: list[Line]
    places: list[Line]


def service_level(city: City, days: int) -> ServiceLevel:
    """A city's figures of the last days: as counted beforehand, else counted now.

    What was counted now is kept for ten minutes.
    """
    fresh = ServiceCount.objects.filter(counted_at__gt=timezone.now() - FRESH)
    row = fresh.filter(city=city, days=days).first()
    minute = int(timezone.now().timestamp() // (KEPT_MINUTES * 60))
    facts = ("service level", city.pk, days, row.counted_at if row else minute)
    return kept(facts, partial(_service_level, city, days, row))


def figures_between(city_id: int, span: Span) -> Figures:
    """A city's figures over any span, counted now."""
    rows = [row for _keys, row in _rows(city_id, span)]
    return figures_of(rows, timezone.localdate())


def tally_between(city_id: int, span: Span) -> Tally:
    """The same, and of each month, category and neighbourhood."""
    today = timezone.localdate()
    rows = list(_rows(city_id, span))
    return Tally(
        whole=figures_of((row for _keys, row in rows), today),
        groups={by: _grouped(rows, by, today) for by in GROUPS},
    )


def _service_level(city: City, days: int, row: ServiceCount | None) -> ServiceLevel:
    if row is not None:
        span, tally = Span(row.first, row.last), unpacked(row.figures)
        return _named(city, span, tally, row.counted_at)
    span = Span.of_days(days)
    return _named(city, span, tally_between(city.pk, span), timezone.now())


def _named(city: City, span: Span, tally: Tally, counted_at: datetime) -> ServiceLevel:
    """In the reader's language.

    A few reports of a kind that is never published are no line of their own.
    """
    categories = {f"{one.pk}": one for one in Category.objects.filter(city=city)}
    kinds = {
        key: figures
        for key, figures in tally.groups["category"].items()
        if key in categories
        and (categories[key].is_public or figures.reports >= FEWEST)
    }
    names = {key: one.name for key, one in categories.items()}
    months = tally.groups["month"]
    return ServiceLevel(
        span=span,
        counted_at=counted_at,
        whole=tally.whole,
        months=[Line(key, months[key]) for key in sorted(months)],
        categories=_lines(kinds, names),
        places=_lines(tally.groups["place"], dict(_place_names(city))),
    )


def _lines(group: Mapping[str, Figures], names: Mapping[str, str]) -> list[Line]:
    """The most first; what has no name any more is left out."""
    lines = [Line(names[key], group[key]) for key in group if key in names]
    return sorted(lines, key=lambda line: (-line.figures.reports, line.name))


def _place_names(city: City) -> Iterator[tuple[str, str]]:
    for place in Neighbourhood.objects.of_city(city).without_shapes():
        yield f"{place.pk}", place.name


def _grouped(
    rows: list[tuple[dict[str, str], Row]], by: str, today: date
) -> dict[str, Figures]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for keys, row in rows:
        groups[keys[by]].append(row)
    return {key: figures_of(group, today) for key, group in groups.items()}


def counted(city_id: int, span: Span) -> QuerySet[Issue]:
    """Reports that say something of the service.

    Without what is held back or hidden as spam, taken back, or known from another.
    """
    rows = Issue.objects.filter(
        city=city_id, received_at__gte=span.start, received_at__lt=span.end
    )
    left_out = (Issue.Hidden.SPAM, Issue.Hidden.SUSPECTED)
    return rows.exclude(hidden__in=left_out).exclude(
        state__in=(State.WITHDRAWN, State.DUPLICATE)
    )


def _rows(city_id: int, span: Span) -> Iterator[tuple[dict[str, str], Row]]:
    """Each report's row with what it is grouped by; three questions in all."""
    issues = counted(city_id, span)
    extended = set(_extended(issues))
    voices, stars = _said(issues)
    for (
        pk,
        category,
        place,
        received,
        answered,
        answer_due,
        closed,
        due,
        state,
    ) in issues.values_list(*FIELDS):
        month = f"{timezone.localtime(received):%Y-%m}"
        yield (
            {"month": month, "category": f"{category}", "place": f"{place}"},
            Row(
                received=received,
                answer_due=answer_due,
                due=due,
                answered=answered,
                answered_on=timezone.localdate(answered) if answered else None,
                closed=closed,
                closed_on=timezone.localdate(closed) if closed else None,
                waits=state == State.WAITING,
                extended=pk in extended,
                confirmed=voices.get(pk, ()),
                stars=stars.get(pk, ()),
            ),
        )


def _extended(issues: QuerySet[Issue]) -> Iterable[int]:
    moved = Change.objects.filter(what=Change.What.EXTENDED, issue__in=issues)
    return moved.values_list("issue_id", flat=True)


def _said(
    issues: QuerySet[Issue],
) -> tuple[dict[int, list[bool]], dict[int, list[int]]]:
    """Yes or no of whoever was asked, and their stars; who cannot tell says nothing."""
    voices: dict[int, list[bool]] = defaultdict(list)
    stars: dict[int, list[int]] = defaultdict(list)
    answers = Verdict.objects.filter(issue__in=issues).exclude(answer="")
    for issue, answer, star in answers.values_list("issue_id", "answer", "stars"):
        if answer != Verdict.Answer.UNSURE:
            voices[issue].append(answer == Verdict.Answer.YES)
        if star:
            stars[issue].append(star)
    return voices, stars

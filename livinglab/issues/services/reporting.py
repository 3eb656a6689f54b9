"""Report what is wrong: once, at its place, to whom it concerns, with a promise."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from livinglab.issues.answers import Asked, Wrong, check
from livinglab.issues.errors import IssueRefused, OutsideTheCity, TooMany
from livinglab.issues.events import issue_reported
from livinglab.issues.grid import square_of
from livinglab.issues.models import (
    Category,
    Change,
    Department,
    Follow,
    Issue,
    Question,
    RoutingRule,
)
from livinglab.issues.models.issues import MOST_ADDRESS, MOST_WORDS
from livinglab.issues.routing import Routed, Rule, department_of
from livinglab.issues.selectors.trust import trust_of
from livinglab.issues.services.claiming import stand_behind
from livinglab.issues.services.indexing import index_words
from livinglab.issues.services.placing import outside_all_cities
from livinglab.issues.states import State
from livinglab.issues.suspicion import looks_like_spam
from livinglab.issues.trust import LEEWAY, Leeway
from livinglab.issues.work_days import after_work_days
from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.kernel.plain import plain
from livinglab.people.models import Guest, Person
from livinglab.places.models import Neighbourhood
from livinglab.places.selectors import neighbourhoods_at

# A phone's clock may run ahead a little; a report from tomorrow is an error.
CLOCK_SLACK = timedelta(minutes=5)
OLDEST = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody says is wrong, as it comes from a page, a phone or software."""

    category: Category
    lon: float
    lat: float
    place_from: str
    words: str = ""
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # Asked near a border, where several neighbourhoods may be meant.
    neighbourhood: Neighbourhood | None = None
    address: str = ""
    seen_at: datetime | None = None
    email: str = ""
    phone: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    channel: str = Issue.Channel.WEB
    is_from_a_crowd: bool = False  # then somebody looks before it is published


@dataclass(frozen=True)
class Reported:
    """The report, and whether this call made it."""

    issue: Issue
    is_new: bool


def report_issue(
    said: Said, *, by: Person | None, guest: Guest | None = None
) -> Reported:
    """Take a report, once for each key, and promise a day.

    The key is made on the sender's phone and shown to nobody else: whoever knows it
    sent the report, also after signing in or out meanwhile.
    Raises IssueRefused, OutsideTheCity, TooMany.
    """
    if known := _known(said.key, by):
        return known
    place = place_of(said)
    answers = check_said(said, place)
    try:
        with transaction.atomic():
            leeway = LEEWAY[trust_of(by)]
            _refuse_too_many(by or guest, leeway)
            issue = _store(said, place, answers, leeway, by=by, guest=guest)
    except IntegrityError:
        if known := _known(said.key, by):  # the same key from another tab just now
            return known
        raise
    return Reported(issue, True)


def _known(key: uuid.UUID, by: Person | None) -> Reported | None:
    issue = Issue.objects.filter(key=key).first()
    if issue is None:
        return None
    if by and issue.reporter_id is None:
        issue = claim_issue(key, by=by)
    elif by and issue.reporter_id != by.pk:
        raise IssueRefused(
            _("This report was sent before, by somebody else."), field="key"
        )
    return Reported(issue, False)


def place_of(said: Said) -> Neighbourhood:
    """The neighbourhood of a report; asks where a border leaves it open."""
    found = neighbourhoods_at(said.lon, said.lat)
    here = [
        place for place in found.candidates if place.city_id == said.category.city_id
    ]
    if not found.candidates:
        raise outside_all_cities()
    if not here:
        raise OutsideTheCity(
            _("This place belongs to %(city)s. Please report it there.")
            % {"city": found.candidates[0].city.name},
            field="place",
            city=found.candidates[0].city.code,
        )
    meant = said.neighbourhood
    nearby = [place.pk for place in (*here, *found.nearby)]
    if meant and meant.pk in nearby and meant.city_id == said.category.city_id:
        return meant
    return here[0]


def check_said(said: Said, place: Neighbourhood) -> dict[str, str | list[str]]:
    """The answers as they are stored; refuses what cannot be taken."""
    category = said.category
    if not category.takes_reports or not category.is_offered:
        raise IssueRefused(
            category.notice or _("This kind of report is not taken here any more."),
            field="category",
        )
    _check_length("words", said.words, MOST_WORDS)
    _check_length("address", said.address, MOST_ADDRESS)
    _check_moment(said.seen_at)
    questions = list(category.questions.all())
    checked = check(map(_asked, questions), said.answers)
    if checked.wrong:
        _refuse_answers(questions, checked.wrong)
    return checked.answers


def answers_of(said: Said) -> dict[str, str | list[str]]:
    """As they would be stored, whatever else may be wrong."""
    questions = map(_asked, said.category.questions.all())
    return check(questions, said.answers).answers


def _check_length(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise IssueRefused(
            _("The text is longer than %(most)s characters. Please shorten it.")
            % {"most": f"{most:,}"},
            field=field,
        )


def _check_moment(seen_at: datetime | None) -> None:
    now = timezone.now()
    if seen_at and not now - OLDEST <= seen_at <= now + CLOCK_SLACK:
        raise IssueRefused(
            _("When was this seen? The time lies in the future or too far back."),
            field="seen_at",
        )


def _asked(question: Question) -> Asked:
    return Asked(
        code=question.code,
        datatype=question.datatype,
        is_required=question.is_required,
        keys=frozenset(choice["key"] for choice in question.choices),
    )


def _refuse_answers(questions: Iterable[Question], wrong: Mapping[str, Wrong]) -> None:
    texts = {question.code: question.text for question in questions}
    raise IssueRefused(
        " ".join(
            wrong_answer(texts.get(code, code), kind) for code, kind in wrong.items()
        ),
        field="answers",
        wrong={code: str(kind) for code, kind in wrong.items()},
    )


def wrong_answer(question: str, kind: Wrong) -> str:
    """One sentence on one answer."""
    sentences = {
        Wrong.MISSING: _("Please answer: %(question)s"),
        Wrong.NO_NUMBER: _("Please answer with a number: %(question)s"),
        Wrong.NO_DATE: _("Please answer with a day and time: %(question)s"),
        Wrong.NOT_IN_LIST: _("Please choose from the list: %(question)s"),
        Wrong.TOO_LONG: _("Please answer more briefly: %(question)s"),
        Wrong.SEVERAL_LINES: _("Please answer in one line: %(question)s"),
        Wrong.UNKNOWN: _("This is not asked here: %(question)s"),
    }
    return sentences[kind] % {"question": question}


def _refuse_too_many(by: Person | Guest | None, leeway: Leeway) -> None:
    """A guest's browser counts here; without its cookie, the network at the door."""
    if by is None:
        return
    whose = {"guest" if isinstance(by, Guest) else "reporter": by}
    now = timezone.now()
    for most, span, unit in (
        (leeway.an_hour, timedelta(hours=1), _("hour")),
        (leeway.a_day, timedelta(days=1), _("day")),
    ):
        recent = Issue.objects.filter(**whose, received_at__gt=now - span)
        if recent.count() >= most:
            raise TooMany(
                _("That were %(most)d reports within one %(unit)s. Please go on later.")
                % {"most": most, "unit": unit}
            )


def _store(
    said: Said,
    place: Neighbourhood,
    answers: dict[str, str | list[str]],
    leeway: Leeway,
    *,
    by: Person | None,
    guest: Guest | None,
) -> Issue:
    issue = _written(said, place, answers, leeway, by=by, guest=guest)
    Change.objects.create(
        issue=issue,
        what=Change.What.STATE,
        state=State.RECEIVED,
        by=by,
        department=issue.department,
        due_on=issue.due_on,
        at=issue.received_at,
    )
    if by:
        require(by, "issues.report_issue", issue)
        Follow.objects.create(issue=issue, person=by, why=Follow.Why.REPORTED)
    index_words(issue)
    after_commit(issue_reported.send_robust, Issue, issue_id=issue.pk)
    return issue


def _written(
    said: Said,
    place: Neighbourhood,
    answers: dict[str, str | list[str]],
    leeway: Leeway,
    *,
    by: Person | None,
    guest: Guest | None,
) -> Issue:
    now = timezone.now()
    today = timezone.localdate(now)
    category = said.category
    is_suspect = said.channel != Issue.Channel.STAFF and (
        leeway.is_held_back
        or said.is_from_a_crowd
        or looks_like_spam(said.words, most_links=leeway.links)
    )
    return Issue.objects.create(
        key=said.key,
        city_id=category.city_id,
        neighbourhood=place,
        category=category,
        department=department_for(said, place, now),
        words=plain(said.words).strip(),
        answers=answers,
        language=(get_language() or "ko")[:2],
        lon=said.lon,
        lat=said.lat,
        square=square_of(said.lon, said.lat),
        address=plain(said.address).strip(),
        place_from=said.place_from,
        reporter=by,
        guest=None if by else guest,
        contact_email=said.email,
        contact_phone=said.phone,
        channel=said.channel,
        is_public=category.is_public and not is_suspect,
        hidden=Issue.Hidden.SUSPECTED if is_suspect else Issue.Hidden.NOT,
        seen_at=said.seen_at or now,
        received_at=now,
        changed_at=now,
        answer_due_on=after_work_days(today, category.answer_days),
        due_on=after_work_days(today, category.close_days),
    )


def department_for(said: Said, place: Neighbourhood, now: datetime) -> Department:
    """Who gets a report: the first rule that fits, else its category's department."""
    report = Routed(
        category=said.category.pk,
        neighbourhood=place.pk,
        words=said.words,
        hour=timezone.localtime(now).hour,
    )
    rules = RoutingRule.objects.filter(city_id=said.category.city_id, is_active=True)
    usual = said.category.department
    chosen = department_of(report, map(rule_of, rules), usual.pk)
    return usual if chosen == usual.pk else Department.objects.get(pk=chosen)


def rule_of(row: RoutingRule) -> Rule:
    """A row of routing rules as the pure rule it stands for."""
    hours = None
    if row.from_hour is not None and row.to_hour is not None:
        hours = (row.from_hour, row.to_hour)
    return Rule(
        department=row.department_id,
        category=row.category_id,
        neighbourhood=row.neighbourhood_id,
        words=tuple(row.words),
        hours=hours,
    )


@transaction.atomic
def claim_issue(key: uuid.UUID, *, by: Person) -> Issue:
    """Make the report one sent as a guest one's own, with the key of its sending."""
    if not Issue.objects.filter(key=key, reporter=None).update(reporter=by, guest=None):
        raise IssueRefused(_("This report cannot be claimed with this link."))
    issue = Issue.objects.get(key=key)
    require(by, "issues.claim_issue", issue)
    stand_behind(issue, by.pk)
    return issue


@transaction.atomic
def join_reports(guest_id: int, person_id: int) -> int:
    """What a guest of this browser reported becomes the person's at sign-in."""
    theirs = Issue.objects.filter(guest_id=guest_id, reporter=None).order_by("pk")
    joined = list(theirs.select_for_update(no_key=True).values_list("pk", flat=True))
    mine = Issue.objects.filter(pk__in=joined)
    mine.update(reporter_id=person_id, guest=None)
    for issue in mine.select_related("duplicate_of").order_by("pk"):
        stand_behind(issue, person_id)
    return len(joined)

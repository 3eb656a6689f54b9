"""What reporting holds about a person, how it is given out, and how it goes."""

import csv
from collections.abc import Iterator, Sequence
from functools import partial
from io import StringIO
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models import (
    Appeal,
    Department,
    Follow,
    FollowedPlace,
    Issue,
    KeptList,
    Verdict,
)
from livinglab.issues.selectors.of_person import (
    photos_by,
    reports_of,
    words_by,
)
from livinglab.issues.services.erasure import (
    erase_person,
    leaving_questions,
    what_stays,
)
from livinglab.kernel.personal_data import FileOut, Held, apart, holds, stored_pieces
from livinglab.kernel.sheets import MARK, guarded
from livinglab.people.models import Person


def _mine(model: type[Model], person: Person) -> QuerySet[Any]:
    return model._default_manager.filter(person=person).order_by("pk")


def _desks(person: Person) -> QuerySet[Any]:
    desks: QuerySet[Any] = Department.members.through.objects.all()
    return desks.filter(person=person).order_by("pk")


def _objections(person: Person) -> QuerySet[Appeal]:
    return Appeal.objects.filter(by=person).order_by("pk")


def files(person: Person) -> Iterator[FileOut]:
    """The reports as a table people can read, and every photo one took as it is kept.

    Whoever reported nothing gets no empty table.
    """
    if reports_of(person).exists():
        yield FileOut(
            "reports/reports.csv",
            _table(person),
            _("your reports as a table, for spreadsheets"),
        )
    for photo in photos_by(person).iterator(chunk_size=100):
        yield FileOut(
            f"reports/{photo.issue_id or 'unsent'}/{photo.pk}.webp",
            stored_pieces(photo.full),
            _("a photo of a report, named by its numbers"),
        )


def _table(person: Person) -> Iterator[bytes]:
    """A line at a time, in the language of whoever reported."""
    with translation.override(person.language):
        heads = [
            gettext("number"), gettext("day"), gettext("kind"), gettext("place"),
            gettext("words"), gettext("state"), gettext("promised for"),
        ]  # fmt: skip
    yield MARK + _line(heads)
    rows = reports_of(person).select_related("category", "neighbourhood")
    for issue in rows.iterator(chunk_size=100):
        with translation.override(person.language):
            line = _row(issue)
        yield line


def _row(issue: Issue) -> bytes:
    place = f"{issue.neighbourhood.name} {issue.address}".strip()
    day = timezone.localdate(issue.received_at)
    state = str(Issue.Status(issue.state).label)
    return _line(
        [issue.pk, day, issue.category.name, place, issue.words, state, issue.due_on]
    )


def _line(cells: Sequence[Any]) -> bytes:
    out = StringIO()
    csv.writer(out).writerow(map(guarded, cells))
    return out.getvalue().encode()


HELD = [
    Held(
        "issues.Issue",
        _("What you reported, and what became of it"),
        reports_of,
        (
            "id",
            "key",
            "category__code",
            "words",
            "answers",
            "lon",
            "lat",
            "address",
            "neighbourhood__code",
            "contact_email",
            "contact_phone",
            "channel",
            "state",
            "is_public",
            "hidden",
            "seen_at",
            "received_at",
            "due_on",
            "closed_at",
        ),
    ),
    Held(
        "issues.Photo",
        _("Photos you took (see the folder reports)"),
        photos_by,
        ("id", "issue", "alt", "width", "height", "is_public", "covered", "added_at"),
    ),
    Held(
        "issues.Change",
        _("What you wrote to reports, your own and those of others"),
        words_by,
        ("issue", "what", "state", "words", "blanked_words", "blanked_why", "at"),
    ),
    Held(
        "issues.Follow",
        _("Reports you stand behind or follow"),
        partial(_mine, Follow),
        ("issue", "why", "since"),
    ),
    Held(
        "issues.FollowedPlace",
        _("Places you follow"),
        partial(_mine, FollowedPlace),
        ("name", "neighbourhood__code", "lon", "lat", "radius_m", "since"),
    ),
    Held(
        "issues.Verdict",
        _("Your answers to “is it fixed?”"),
        partial(_mine, Verdict),
        ("issue", "round", "asked_at", "answer", "stars", "words", "answered_at"),
    ),
    Held(
        "issues.Appeal",
        _("Where you objected to the hiding of a report or a text"),
        _objections,
        ("issue", "word", "words", "at", "decision", "answer", "decided_at"),
    ),
    Held(
        "issues.KeptList",
        _("Lists of reports you come back to at work"),
        partial(_mine, KeptList),
        ("name", "query", "made_at"),
    ),
    Held(
        "issues.Department_members",
        _("Departments you work for"),
        _desks,
        ("department__code",),
    ),
]

holds(
    "issues",
    label=_("Reports"),
    held=HELD,
    erase=erase_person,
    files=files,
    questions=leaving_questions,
    stays=what_stays,
)
apart(
    _("Kinds of reports and who deals with them: rules of a city."),
    "issues.Department",
    "issues.Category",
    "issues.Question",
    "issues.RoutingRule",
    "issues.AnswerTemplate",
)
apart(
    _("What the city did about a report; who did it is emptied when they leave."),
    "issues.Note",
    "issues.Outcome",
    "issues.Reminder",
)
apart(
    _("Pairs of letters to search by; they go with the words they are of."),
    "issues.Gram",
)
apart(
    _("What the lab learned of words and categories, without anybody's text."),
    "issues.Learned",
)
apart(
    _("How well a city keeps its promises, in numbers without anybody."),
    "issues.ServiceCount",
)

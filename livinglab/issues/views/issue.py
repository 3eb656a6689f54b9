"""A report's page: where it stands, what happened, what one can do."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from livinglab.issues.http import name_on_page
from livinglab.issues.models import Question
from livinglab.issues.selectors.cards import excerpt
from livinglab.issues.selectors.doors import Doors, doors_of
from livinglab.issues.selectors.story import (
    own_photos,
    stamp_of,
    story_of,
    texts_out_of_sight,
)
from livinglab.issues.selectors.story_rows import Rows, is_at_desk
from livinglab.issues.selectors.story_version import page_for
from livinglab.issues.selectors.unsent import Unsent, unsent_of
from livinglab.issues.services.reads import ON_ITS_PAGE, note_read
from livinglab.issues.services.voices import MOST_PHOTOS_A_WORD
from livinglab.issues.services.voices import MOST_WORDS as MOST_WORDS_ADDED
from livinglab.issues.states import State
from livinglab.issues.timeline_words import promise_of
from livinglab.issues.words import tone_of
from livinglab.kernel.errors import Refused
from livinglab.kernel.kept_parts import gap, kept, kept_forms
from livinglab.people.http import visitor_of
from livinglab.people.models import Person

STARS = range(5, 0, -1)


@dataclass(frozen=True)
class Refusal:
    """Why a form of the page was not taken; a button alone has no form."""

    why: Refused
    form: str


@require_safe
def issue_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One report, for whoever may see it."""
    person = visitor_of(request)
    issue = page_for(pk, person)
    if issue is None:
        raise Http404
    note_read(issue, by=person, where=ON_ITS_PAGE)
    return show(request, issue, person)


def show(
    request: HttpRequest,
    issue: Any,
    person: Person | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The page with everything that was typed and not sent, refused or signed out."""
    doors, rows = doors_of(issue, person), Rows(issue, person)
    unsent = _unsent(issue, person)
    facts = ("report", doors.is_near, is_at_desk(issue), *stamp_of(issue))
    drawn = kept(facts, partial(_drawn, rows, is_near=doors.is_near))
    draw = partial(_body, request, rows, doors, drawn)
    written_as = name_on_page(person) if person else ""
    if refusal or unsent or texts_out_of_sight(rows):
        body = SafeString(draw(written_as, unsent, refusal))  # noqa: S308  a template's
    else:
        reader = (person and person.pk, doors, issue.hidden, issue.is_public)
        empty = partial(draw, gap("written_as"), {}, None)
        now = {"written_as": written_as}
        body = kept_forms(request, ("body", reader, *facts), empty, now)
    context = {"issue": issue, "drawn": drawn, "body": body}
    status = refusal.why.status if refusal else 200
    return render(request, "issues/issue.html", context, status=status)


def _body(
    request: HttpRequest,
    rows: Rows,
    doors: Doors,
    drawn: dict[str, str],
    written_as: str,
    unsent: dict[str, Unsent],
    refusal: Refusal | None,
) -> str:
    """What this reader sees and can do, with what they typed."""
    typed = {form: one.typed for form, one in unsent.items()}
    if refusal:
        typed[refusal.form] = request.POST.dict()
    issue, person, away = rows.issue, rows.person, texts_out_of_sight(rows)
    mine = ("own photos", person and person.pk, issue.reporter_id, *stamp_of(issue))
    context = {
        "issue": issue,
        "person": person,
        "doors": doors,
        "drawn": drawn,
        "own_photos": kept(mine, partial(own_photos, rows)),
        "texts_away": [
            (text, typed.get(f"object-word-{text.pk}", {})) for text in away
        ],
        "open_forms": {*doors.forms, *(f"object-word-{text.pk}" for text in away)},
        "written_as": written_as,
        "refusal": refusal,
        "typed": typed,
        "unsent": unsent,
        "most_words": MOST_WORDS_ADDED,
        "most_photos": MOST_PHOTOS_A_WORD,
        "stars": STARS,
    }
    return render_to_string("issues/_body.html", context, request)


def _unsent(issue: Any, person: Person | None) -> dict[str, Unsent]:
    if person is None or not issue.has_unsent:
        return {}
    return unsent_of(issue.pk, person)


def _drawn(rows: Rows, *, is_near: bool) -> dict[str, str]:
    """What says the same to everybody who stands as near, drawn once."""
    issue, story = rows.issue, story_of(rows, is_near=is_near)
    is_withdrawn = issue.state == State.WITHDRAWN
    released = [photo for photo in story.photos if photo.is_released]
    context = {
        "story": story,
        "issue": issue,
        "is_near": is_near,
        "words": "" if is_withdrawn else issue.words,
        "tone": tone_of(issue.state),
        "promise": promise_of(issue, timezone.localdate()),
        "is_late": issue.is_late(timezone.localdate()),
        "answers": [] if is_withdrawn or not issue.answers else _answers(issue),
    }
    return {
        "top": render_to_string("issues/_report.html", context),
        "story": render_to_string("issues/_story.html", context),
        "summary": excerpt("" if is_withdrawn else issue.words),
        "image": settings.SITE_URL.rstrip("/") + released[0].full.url
        if released
        else "",
    }


def _answers(issue: Any) -> list[tuple[str, str]]:
    """The questions of its kind that were answered, in the reader's words."""
    found = []
    kind = issue.category
    facts = ("questions of a kind", kind.pk, kind.changed_at)
    questions: list[Question] = kept(facts, lambda: list(kind.questions.all()))
    for question in questions:
        given = issue.answers.get(question.code)
        if not given:
            continue
        names = question.choice_names() if question.is_list else {}
        several = given if isinstance(given, list) else [given]
        said = ", ".join(names.get(one) or str(one) for one in several)
        found.append((question.text, said))
    return found

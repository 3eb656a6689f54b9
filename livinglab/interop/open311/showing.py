"""Reports, categories and questions as GeoReport v2 shows them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from livinglab.interop.open311.writing import Listed
from livinglab.issues.grid import published
from livinglab.issues.models import Category, Change, Issue, Photo, Question
from livinglab.issues.selectors.story import KEPT_QUIET
from livinglab.issues.states import OPEN, State

# Answered at once; never published; handed out as a token while it is held back.
REALTIME, BLACKBOX = "realtime", "blackbox"


def when(moment: datetime | None) -> str:
    """W3C date of the city's own clock, without fractions; empty when unknown."""
    if moment is None:
        return ""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def service(category: Category, *, has_questions: bool) -> dict[str, Any]:
    """One kind of report."""
    return {
        "service_code": category.code,
        "service_name": category.name,
        "description": category.description,
        "metadata": has_questions,
        "type": REALTIME if category.is_public else BLACKBOX,
        "keywords": ",".join(category.synonyms),
        "group": category.get_group_display(),
    }


def definition(category: Category, questions: Iterable[Question]) -> dict[str, Any]:
    """The questions of one kind of report."""
    return {
        "service_code": category.code,
        "attributes": Listed(
            "attributes", "attribute", [attribute(one) for one in questions]
        ),
    }


def attribute(question: Question) -> dict[str, Any]:
    """One question; `values` stand only where there is a list."""
    shown: dict[str, Any] = {
        "variable": True,
        "code": question.code,
        "datatype": question.datatype,
        "required": question.is_required,
        "datatype_description": question.hint,
        "order": question.position,
        "description": question.text,
    }
    if question.is_list:
        names = question.choice_names()
        shown["values"] = Listed(
            "values", "value", [{"key": key, "name": names[key]} for key in names]
        )
    return shown


def requests(issues: list[Issue], *, site: str) -> Listed:
    """Reports, each with its last words of the city and its first released photo."""
    said = _last_words(issues)
    photos = _first_photos(issues)
    return Listed(
        "service_requests",
        "request",
        [
            request(
                issue,
                notes=said.get(issue.pk, ""),
                photo=_address(photos.get(issue.pk), site),
            )
            for issue in issues
        ],
    )


def request(issue: Issue, *, notes: str, photo: str) -> dict[str, Any]:
    """One report."""
    is_open = issue.state in OPEN
    lon, lat = published(issue.lon, issue.lat)
    return {
        "service_request_id": str(issue.pk),
        "status": "open" if is_open else "closed",
        "status_notes": notes or issue.get_state_display(),
        "service_name": issue.category.name,
        "service_code": issue.category.code,
        "description": "" if issue.state == State.WITHDRAWN else issue.words,
        "agency_responsible": issue.department.name,
        "service_notice": "",
        "requested_datetime": when(issue.received_at),
        "updated_datetime": when(issue.changed_at if is_open else issue.closed_at),
        "expected_datetime": _promised(issue),
        "address": _where(issue),
        "address_id": "",
        "zipcode": "",
        "lat": lat,
        "long": lon,
        "media_url": photo,
    }


def _where(issue: Issue) -> str:
    """In the reporter's words, which go with a withdrawal; else the neighbourhood."""
    said = "" if issue.state == State.WITHDRAWN else issue.address
    return said or f"{issue.neighbourhood.name}, {issue.city.name}"


def _promised(issue: Issue) -> str:
    """The end of the promised day."""
    day = datetime.combine(issue.due_on, datetime.max.time())
    return when(timezone.make_aware(day))


def _last_words(issues: Iterable[Issue]) -> Mapping[int, str]:
    """The newest words of the city for each report, in one question.

    Why something was hidden is said to its author alone, also when it is shown again.
    """
    said = Change.objects.filter(
        issue__in=[issue.pk for issue in issues], by_city=True
    ).exclude(Q(words="") | Q(what__in=KEPT_QUIET))
    return dict(said.order_by("pk").values_list("issue_id", "words"))


def _first_photos(issues: Iterable[Issue]) -> Mapping[int | None, Photo]:
    released = Photo.objects.public().filter(issue__in=[one.pk for one in issues])
    return {photo.issue_id: photo for photo in released.order_by("-position", "-pk")}


def _address(photo: Photo | None, site: str) -> str:
    if photo is None:
        return ""
    return site + reverse("issues:photo", args=[photo.key, "full"])

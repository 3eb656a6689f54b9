"""GeoReport v2: discovery, services, requests, tokens. No cookies, no sign-in."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from livinglab.interop.errors import GeoRefused
from livinglab.interop.models import Jurisdiction
from livinglab.interop.open311 import asking, showing
from livinglab.interop.open311.writing import Listed
from livinglab.interop.services.keys import key_of, require_city
from livinglab.interop.services.requests import send_request
from livinglab.interop.views.answering import Answer, georeport
from livinglab.interop.views.asked import field, fields, jurisdiction, several
from livinglab.issues.models import Category, Issue
from livinglab.issues.states import CLOSED, OPEN
from livinglab.kernel.pace import keep_pace
from livinglab.kernel.plain import plain

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


@georeport()
def discovery(request: HttpRequest) -> Answer:
    """Where the service is and what it speaks."""
    changed = showing.when(_definitions_changed())
    address = settings.SITE_URL + "/open311/v2"
    kind = "test" if settings.DEMO or settings.DEBUG else "production"
    endpoint = {
        "specification": SPECIFICATION,
        "url": address,
        "changeset": changed,
        "type": kind,
        "formats": Listed("formats", "format", ["text/xml", "application/json"]),
    }
    cities = [f"{one.code}: {one.contact}" for one in Jurisdiction.objects.all()]
    return {
        "changeset": changed,
        "contact": "; ".join(cities) or settings.DEFAULT_FROM_EMAIL,
        "key_service": _("Keys are given by the city's coordinators: %(email)s")
        % {"email": settings.DEFAULT_FROM_EMAIL},
        "endpoints": Listed("endpoints", "endpoint", [endpoint]),
    }


def _definitions_changed() -> Any:
    """When a category or a question last changed."""
    newest = Category.objects.order_by("-changed_at").first()
    return newest.changed_at if newest else timezone.now()


@georeport()
def services(request: HttpRequest) -> Answer:
    """Kinds of reports."""
    where = jurisdiction(request)
    listed = _offered(where).prefetch_related("questions")
    return Listed(
        "services",
        "service",
        [
            showing.service(one, has_questions=bool(one.questions.all()))
            for one in listed
        ],
    )


def _offered(where: Jurisdiction) -> Any:
    return Category.objects.offered().filter(city=where.city_id, notice_ko="")


@georeport()
def service_definition(request: HttpRequest, code: str) -> Answer:
    """The questions of a kind; 404 where there are none."""
    where = jurisdiction(request)
    category = _offered(where).filter(code=plain(code)).first()
    questions = list(category.questions.all()) if category else []
    if category is None or not questions:
        raise GeoRefused(404, _("There is no definition for this service_code."))
    return showing.definition(category, questions)


@csrf_exempt
@georeport("GET", "HEAD", "POST")
def requests(request: HttpRequest) -> Answer:
    """List reports, or send one with a key."""
    if request.method == "POST":
        return _send(request)
    where = jurisdiction(request)
    public = Issue.objects.public().filter(city=where.city_id)
    try:
        found, rows = _asked_for(public, request.GET)
    except ValueError as problem:
        raise GeoRefused(
            400,
            _(
                "%(argument)s cannot be understood: dates are like "
                "2026-11-22T09:00:00+09:00, at most 90 days apart; status is open, "
                "closed or both."
            )
            % {"argument": problem},
        ) from problem
    return _shown(found, rows)


def _asked_for(public: Any, asked: QueryDict) -> tuple[Any, slice]:
    """The reports that are meant, and which of them; ids override all other wishes."""
    if ids := asking.words(several(asked, "service_request_id")):
        meant = asking.numbers(ids)[: asking.MOST]
        return public.filter(pk__in=meant), asking.Page().rows
    page = asking.page(field(asked, "page"), field(asked, "page_size"))
    return _filtered(public, asked), page.rows


def _filtered(public: Any, asked: QueryDict) -> Any:
    span = asking.span(
        asking.moment(field(asked, "start_date"), "start_date"),
        asking.moment(field(asked, "end_date"), "end_date"),
        timezone.now() + timedelta(seconds=1),
    )
    states = asking.states(several(asked, "status"))
    found = public.filter(received_at__range=(span.start, span.end))
    if len(states) == 1:
        found = found.filter(state__in=sorted(OPEN if "open" in states else CLOSED))
    if codes := asking.words(several(asked, "service_code")):
        found = found.filter(category__code__in=codes[: asking.MOST])
    return found


def _shown(found: Any, rows: slice) -> Listed:
    newest = found.order_by("-received_at", "-pk").select_related(
        "category", "department", "neighbourhood", "city"
    )
    newest = newest.defer("neighbourhood__polygon", "city__outline")
    return showing.requests(list(newest[rows]), site=settings.SITE_URL)


@georeport()
def one_request(request: HttpRequest, pk: str) -> Answer:
    """One report; hidden and private ones do not exist here."""
    where = jurisdiction(request)
    public = Issue.objects.public().filter(city=where.city_id)
    found = public.filter(pk__in=asking.numbers([pk]))
    if not found.exists():
        raise GeoRefused(404, _("There is no request with this id."))
    return _shown(found, asking.Page().rows)


def _send(request: HttpRequest) -> Answer:
    key = key_of(field(request.POST, "api_key"))
    keep_pace("interop.send", key.pk)
    where = jurisdiction(request)
    require_city(key, where)
    photos = [
        (photo, photo.size or 0)
        for name in request.FILES
        if name == "media" or name.startswith("photo")
        for photo in request.FILES.getlist(name)
    ]
    issue = send_request(fields(request.POST), photos, key=key, where=where)
    answer: dict[str, Any] = {"service_notice": "", "account_id": ""}
    if issue.is_public:
        answer = {"service_request_id": str(issue.pk)} | answer
    elif issue.category.is_public:  # held back: its id comes when somebody has looked
        answer = {"token": issue.key.hex} | answer
    return Listed("service_requests", "request", [answer]), 201


@georeport()
def token(request: HttpRequest, word: str) -> Answer:
    """The id behind a token; empty until there is one."""
    where = jurisdiction(request)
    sent = Issue.objects.filter(city=where.city_id, channel=Issue.Channel.OPEN311)
    try:
        issue = sent.filter(key=uuid.UUID(word)).first()
    except ValueError:
        issue = None
    if issue is None:
        raise GeoRefused(404, _("There is no such token."))
    pk = str(issue.pk) if issue.is_public else ""
    return Listed(
        "service_requests", "request", [{"service_request_id": pk, "token": word}]
    )


@georeport()
def nameless(request: HttpRequest, resource: str) -> Answer:
    """`services/.xml`: one of them is asked for, and which one is not said."""
    jurisdiction(request)
    names = {"services": "service_code", "requests": "service_request_id"}
    name = names.get(resource, "token")
    raise GeoRefused(400, _("%(argument)s is missing.") % {"argument": name})

"""GeoReport v2: discovery, services, requests, tokens. No cookies, no sign-in."""

import csv
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.interop.errors import GeoRefused
from livinglab.interop.models import Jurisdiction
from livinglab.interop.open311 import asking, showing
from livinglab.interop.open311.writing import CONTENT_TYPES, Listed, written
from livinglab.interop.services.keys import key_of, require_city
from livinglab.interop.services.requests import send_request
from livinglab.issues.models import Category, Issue
from livinglab.issues.states import CLOSED, OPEN

MOST = 1000
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
Thing = Listed | dict[str, Any]
Answer = Thing | tuple[Thing, int]


def georeport(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
    """Answer in the asked format, refusals too."""

    @wraps(view)
    def answering(request: HttpRequest, fmt: str, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, **kwargs)
        except GeoRefused as refusal:
            answer = _errors(refusal), refusal.status
        thing, status = answer if isinstance(answer, tuple) else (answer, 200)
        response = HttpResponse(
            written(thing, _root(thing), fmt),
            status=status,
            content_type=CONTENT_TYPES[fmt],
        )
        # Open data: any page may read it; nothing here knows a person.
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answering


def _root(thing: Thing) -> str:
    if isinstance(thing, Listed):
        return thing.name
    return "service_definition" if "attributes" in thing else "discovery"


def _errors(refusal: GeoRefused) -> Listed:
    return Listed(
        "errors",
        "error",
        [
            {"code": refusal.status, "description": sentence}
            for sentence in refusal.sentences
        ],
    )


@require_safe
@georeport
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


def _jurisdiction(request: HttpRequest) -> Jurisdiction:
    """The city asked for; may be left out where there is only one."""
    form = request.POST if request.method == "POST" else request.GET
    code = form.get("jurisdiction_id", "").strip()
    cities = Jurisdiction.objects.select_related("city")
    if code:
        if found := cities.filter(code=code).first():
            return found
        raise GeoRefused(404, _("This jurisdiction_id is not known."))
    if cities.count() == 1:
        return cities.get()
    raise GeoRefused(400, _("jurisdiction_id is missing."))


@require_safe
@georeport
def services(request: HttpRequest) -> Answer:
    """Kinds of reports."""
    where = _jurisdiction(request)
    offered = Category.objects.offered().filter(city=where.city_id, notice_ko="")
    listed = offered.prefetch_related("questions")
    return Listed(
        "services",
        "service",
        [
            showing.service(one, has_questions=bool(one.questions.all()))
            for one in listed
        ],
    )


@require_safe
@georeport
def service_definition(request: HttpRequest, code: str) -> Answer:
    """The questions of a kind; 404 where there are none."""
    where = _jurisdiction(request)
    offered = Category.objects.offered().filter(city=where.city_id, notice_ko="")
    category = offered.filter(code=code).first()
    questions = list(category.questions.all()) if category else []
    if category is None or not questions:
        raise GeoRefused(404, _("There is no definition for this service_code."))
    return showing.definition(category, questions)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@georeport
def requests(request: HttpRequest) -> Answer:
    """List reports, or send one with a key."""
    if request.method == "POST":
        return _send(request)
    where = _jurisdiction(request)
    asked = request.GET
    public = Issue.objects.public().filter(city=where.city_id)
    if ids := asking.words(asked.get("service_request_id", "")):
        found = public.filter(
            pk__in=[int(one) for one in ids if one.isdecimal()][:MOST]
        )
    else:
        found = _filtered(public, asked)
    return _shown(found)


def _filtered(public: Any, asked: Any) -> Any:
    try:
        span = asking.span(
            asking.moment(asked.get("start_date", ""), "start_date"),
            asking.moment(asked.get("end_date", ""), "end_date"),
            timezone.now() + timedelta(seconds=1),
        )
        states = asking.states(asked.get("status", ""))
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
    found = public.filter(received_at__range=(span.start, span.end))
    if len(states) == 1:
        found = found.filter(state__in=sorted(OPEN if "open" in states else CLOSED))
    if codes := asking.words(asked.get("service_code", "")):
        found = found.filter(category__code__in=codes)
    return found


def _shown(found: Any) -> Listed:
    newest = found.order_by("-received_at", "-pk").select_related(
        "category", "department", "neighbourhood", "city"
    )[:MOST]
    return showing.requests(list(newest), site=settings.SITE_URL)


@require_safe
@georeport
def one_request(request: HttpRequest, pk: str) -> Answer:
    """One report; hidden and private ones do not exist here."""
    where = _jurisdiction(request)
    found = Issue.objects.public().filter(city=where.city_id)
    found = (
        found.filter(pk=int(pk)) if pk.isdecimal() and len(pk) < 18 else found.none()
    )
    if not found.exists():
        raise GeoRefused(404, _("There is no request with this id."))
    return _shown(found)


def _send(request: HttpRequest) -> Answer:
    key = key_of(request.POST.get("api_key", ""))
    where = _jurisdiction(request)
    require_city(key, where)
    photos = [
        (photo, photo.size or 0)
        for name in request.FILES
        if name == "media" or name.startswith("photo")
        for photo in request.FILES.getlist(name)
    ]
    form = {name: request.POST.getlist(name) for name in request.POST}
    issue = send_request(form, photos, key=key, where=where)
    answer: dict[str, Any] = {"service_notice": "", "account_id": ""}
    if issue.is_public:
        answer = {"service_request_id": str(issue.pk)} | answer
    elif issue.category.is_public:  # held back: its id comes when somebody has looked
        answer = {"token": issue.key.hex} | answer
    return Listed("service_requests", "request", [answer]), 201


@require_safe
@georeport
def token(request: HttpRequest, word: str) -> Answer:
    """The id behind a token; empty until there is one."""
    where = _jurisdiction(request)
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


BULK = (
    "service_request_id",
    "requested_datetime",
    "updated_datetime",
    "closed_date",
    "status_description",
    "status_notes",
    "source",
    "service_name",
    "service_subtype",
    "description",
    "agency_responsible",
    "address",
    "lat",
    "long",
)


@require_safe
def bulk(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """All public reports as CSV: positions coarsened, free text left out."""
    try:
        where = _jurisdiction(request)
    except GeoRefused as refusal:
        return HttpResponse(str(refusal), status=refusal.status)
    response = StreamingHttpResponse(
        _bulk_lines(where), content_type="text/csv; charset=utf-8"
    )
    name = f"{where.city.code}-requests.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Echo:
    """What csv.writer writes into; hands each line on."""

    def write(self, line: str) -> str:
        return line


def _bulk_lines(where: Jurisdiction) -> Iterator[str]:
    lines = csv.writer(_Echo())
    yield "\ufeff" + lines.writerow(BULK)
    found = Issue.objects.public().filter(city=where.city_id).order_by("pk")
    for issue in found.select_related(
        "category", "department", "neighbourhood"
    ).iterator(chunk_size=500):
        yield lines.writerow(
            [
                issue.pk,
                showing.when(issue.received_at),
                showing.when(issue.changed_at),
                showing.when(issue.closed_at),
                "open" if issue.is_open else "closed",
                issue.get_state_display(),
                issue.channel,
                issue.category.name,
                issue.category.get_group_display(),
                "",
                issue.department.name,
                issue.neighbourhood.name,
                round(issue.lat, 3),
                round(issue.lon, 3),
            ]
        )

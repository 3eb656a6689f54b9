"""What search engines may look at, and where it stands."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from livinglab.goals.models import Goal
from livinglab.issues.models import Issue
from livinglab.issues.states import State
from livinglab.places.models import City, Neighbourhood

FRONT = [
    "pages:home",
    "pages:about",
    "pages:search",
    "energy:home",
    "energy:how",
    "issues:list",
    "issues:map",
    "issues:figures",
    "goals:list",
    "places:list",
    "legal:terms",
    "legal:privacy",
]
NOT_FOR_MACHINES = [
    "/admin/",
    "/api/v1/",
    "/energy/homes/",
    "/issues/mine/",
    "/issues/places/",
    "/me/",
    "/outbox/",
]
NEWEST_REPORTS = 1000


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be found; what belongs to people is not asked for."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_MACHINES)]
    lines += ["", f"Sitemap: {_whole(reverse('pages:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that has something to say to everybody."""
    context = {"addresses": [_whole(path) for path in _paths()]}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml")


def _paths() -> Iterator[str]:
    yield from (reverse(name) for name in FRONT)
    goals = Goal.objects.order_by("code").values_list("code", flat=True)
    cities = City.objects.order_by("code").values_list("code", flat=True)
    places = Neighbourhood.objects.order_by("code").values_list("code", flat=True)
    reports = Issue.objects.public().exclude(state=State.WITHDRAWN)
    newest = reports.values_list("pk", flat=True)[:NEWEST_REPORTS]
    yield from (reverse("issues:issue", args=[pk]) for pk in newest)
    yield from (reverse("goals:goal", args=[code]) for code in goals)
    yield from (reverse("places:city", args=[code]) for code in cities)
    yield from (reverse("places:neighbourhood", args=[code]) for code in places)


def _whole(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"

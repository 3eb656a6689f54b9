"""제보 목록과 지도: what residents told the city, newest first, and where."""

from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from livinglab.issues.models import Category, Issue
from livinglab.issues.models.departments import in_the_readers_language
from livinglab.issues.selectors.boxes import Box, in_box
from livinglab.issues.selectors.listing import (
    LEFT_OUT,
    ON_THE_MAP_PAGE,
    Listed,
    Wanted,
    listed,
    wanted_of,
)
from livinglab.issues.states import OPEN as OPEN_STATES
from livinglab.issues.states import State
from livinglab.issues.views.maps import drawn_map
from livinglab.issues.words import age_of_day, tone_of
from livinglab.kernel.http import wants_fragment
from livinglab.kernel.kept_parts import kept_part
from livinglab.people.http import visitor_of
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood

POINTS_KEPT = "public, max-age=60"
ON_A_POINT = (
    "pk",
    "lon",
    "lat",
    "category__name_ko",
    "category__name_en",
    "state",
    "received_at",
)


@require_safe
def issue_list(request: HttpRequest) -> HttpResponse:
    """What `?city=`, `?dong=`, `?kind=`, `?state=` mean; htmx gets the list alone."""
    person = visitor_of(request)
    wanted = wanted_of(request.GET, person)
    found = listed(wanted)
    body = kept_part(
        ("reports", wanted.address(), found.rows), partial(_body, wanted, found)
    )
    if wants_fragment(request):
        response = HttpResponse(body)
    else:
        context = {"body": body, **_around(wanted, person)}
        response = render(request, "issues/issue_list.html", context)
    response["Vary"] = "HX-Request"
    return response


def _body(wanted: Wanted, found: Listed) -> str:
    """One page of cards and the way to the next."""
    more = ""
    if found.next_before is not None:
        more = wanted.address(before=found.next_before)
    context = {
        "wanted": wanted,
        "cards": found.cards(),
        "more": more,
        "first": wanted.address(before=None),
    }
    return render_to_string("issues/_issues.html", context)


@require_safe
def issue_map(request: HttpRequest) -> HttpResponse:
    """The same reports on a map, and the newest of them as a list for everybody."""
    person = visitor_of(request)
    wanted = wanted_of(request.GET, person)
    found = listed(wanted, most=ON_THE_MAP_PAGE)
    points = reverse("issues:points") + wanted.address(before=None)
    city = wanted.city.code if wanted.city else ""
    context = {
        "map": drawn_map(points=points, city=city),
        "body": kept_part(
            ("reports of the map", wanted.address(), found.rows),
            partial(_beside_the_map, found),
        ),
        **_around(wanted, person),
    }
    return render(request, "issues/issue_map.html", context)


def _beside_the_map(found: Listed) -> str:
    return render_to_string("issues/_issues.html", {"cards": found.cards()})


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """GeoJSON of a box (`?box=west,south,east,north`), under the list's filters."""
    box = Box.of(request.GET.get("box", ""))
    rows = in_box(box, wanted_of(request.GET), fields=ON_A_POINT) if box else []
    words = PointWords(timezone.localdate())
    answer = {
        "type": "FeatureCollection",
        "features": [_feature(row, words) for row in rows],
    }
    response = JsonResponse(answer, content_type="application/geo+json")
    response["Cache-Control"] = POINTS_KEPT
    return response


class PointWords:
    """Words that many points share, each said once."""

    def __init__(self, today: date) -> None:
        self.states = {one.value: str(one.label) for one in Issue.Status}
        self.tones = {one.value: tone_of(one) for one in Issue.Status}
        self.page = reverse("issues:list")
        self.title = lru_cache(in_the_readers_language)
        self.age = partial(_age, get_language() or "", today)
        self.zone = timezone.get_current_timezone()


@lru_cache(maxsize=1024)
def _age(language: str, today: date, day: date) -> str:
    """For everybody who reads the language that is active now."""
    return age_of_day(day, today)


def _feature(row: dict[str, Any], words: PointWords) -> dict[str, Any]:
    names = row["category__name_ko"], row["category__name_en"]
    day = row["received_at"].astimezone(words.zone).date()
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
        "properties": {
            "id": row["pk"],
            "url": f"{words.page}{row['pk']}/",
            "title": words.title(*names),
            "state": words.states[row["state"]],
            "tone": words.tones[row["state"]],
            "age": words.age(day),
        },
    }


def _around(wanted: Wanted, person: Person | None) -> dict[str, Any]:
    """What stands above the list: filters, and the way to follow the place."""
    return {
        "wanted": wanted,
        "person": person,
        "filters": kept_part(
            ("filters of reports", wanted.address(before=None)),
            partial(_filters, wanted),
        ),
    }


def _filters(wanted: Wanted) -> str:
    """Cities first; neighbourhoods and kinds of the chosen one."""
    names = Neighbourhood.objects.select_related("city").only(
        "code", "name_ko", "name_en", "city__code", "city__name_ko", "city__name_en"
    )
    places = list(names.order_by("city", "name_ko"))
    cities = list({place.city_id: place.city for place in places}.values())
    context: dict[str, Any] = {
        "wanted": wanted,
        "everywhere": wanted.address(city=None, dong=None, kind=None, before=None),
        "cities": [
            (city, wanted.address(city=city, dong=None, kind=None, before=None))
            for city in cities
        ],
        "states": _states(wanted),
    }
    if wanted.city:
        mine = wanted.city.pk
        context["dongs"] = [place for place in places if place.city_id == mine]
        kinds = Category.objects.offered().filter(city=mine, is_public=True)
        context["kinds"] = [kind for kind in kinds if kind.takes_reports]
    return render_to_string("issues/_filters.html", context)


def _states(wanted: Wanted) -> list[tuple[str, str]]:
    """Every state people may ask for, in the words they read."""
    labels = dict(Issue.Status.choices)
    shown = [state for state in State if state not in LEFT_OUT]
    shown.sort(key=lambda state: state not in OPEN_STATES)
    return [(str(state), str(labels[state])) for state in shown]

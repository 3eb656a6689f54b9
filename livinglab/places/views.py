"""우리 동네: the cities, their neighbourhoods, and what other apps know of them."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from livinglab.kernel.cards import cards_for
from livinglab.kernel.numbers import number_said
from livinglab.places.http import keep_place
from livinglab.places.models import City, Neighbourhood
from livinglab.places.selectors import drawn_city, neighbourhood_of, shapes_version

KEPT_S = 600


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """Every neighbourhood of the lab by city, or those that match the words."""
    words = request.GET.get("q", "").strip()[:40]
    places = Neighbourhood.objects.without_shapes().order_by(
        "city", "district__code", "name_ko"
    )
    if words:
        places = places.named_like(words)
    context = {
        "words": words,
        # Asked only when the list is not kept: nearly everybody wants the whole.
        "cities": partial(_by_city, places),
        "keep_s": 0 if words else KEPT_S,
        "mine": _own_neighbourhood(request),
    }
    return render(request, "places/place_list.html", context)


@require_safe
def city(request: HttpRequest, code: str) -> HttpResponse:
    """One city as a whole."""
    where = get_object_or_404(City, code=code)
    context = {"city": where, "cards": cards_for("city", _person(request), where)}
    return render(request, "places/city.html", context)


@require_safe
def neighbourhood(request: HttpRequest, code: str) -> HttpResponse:
    """One neighbourhood, with the cards the other apps put here."""
    places = Neighbourhood.objects.without_shapes()
    place = get_object_or_404(places, code=code)
    context = {"place": place, "cards": cards_for("place", _person(request), place)}
    return render(request, "places/neighbourhood.html", context)


@require_safe
def shapes(request: HttpRequest, code: str) -> HttpResponse:
    """The shapes of a city's neighbourhoods; kept for ever under a version."""
    where = get_object_or_404(City.objects.defer("outline"), code=code)
    response = HttpResponse(drawn_city(where), content_type="application/geo+json")
    is_current = request.GET.get("v") == shapes_version(where)
    kept = "public, max-age=31536000, immutable" if is_current else "no-cache"
    response["Cache-Control"] = kept
    return response


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """A guest's neighbourhood, kept in this browser; an empty choice forgets it."""
    wanted = number_said(request.POST.get("place", ""))
    places = Neighbourhood.objects.without_shapes()
    place = get_object_or_404(places, pk=wanted) if wanted is not None else None
    keep_place(request, place)
    return redirect("/#my-place")


def _person(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _own_neighbourhood(request: HttpRequest) -> Neighbourhood | None:
    """Where the signed-in person said to live; this floor knows no people app."""
    key = getattr(request.user, "neighbourhood_id", None)
    if key is None:
        return None
    return neighbourhood_of(key)


def _by_city(places: Any) -> list[dict[str, Any]]:
    """Cities in order, each with its districts and their neighbourhoods."""
    cities: dict[int, dict[str, Any]] = {}
    for place in places:
        entry = cities.setdefault(
            place.city_id, {"city": place.city, "count": 0, "districts": {}}
        )
        entry["count"] += 1
        key = place.district_id or 0
        group = entry["districts"].setdefault(
            key, {"district": place.district, "places": []}
        )
        group["places"].append(place)
    for entry in cities.values():
        entry["districts"] = list(entry["districts"].values())
    return list(cities.values())

"""내 제보, and the places one follows."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from livinglab.issues.forms.places import DongForm, StreetForm
from livinglab.issues.models import FollowedPlace
from livinglab.issues.selectors.halves import half, half_written
from livinglab.issues.selectors.mine import (
    Followed,
    Page,
    followed_reports,
    my_reports,
    place_of,
    places_of,
    reports_around,
)
from livinglab.issues.services import drafts
from livinglab.issues.services.following import (
    MOST_PLACES,
    follow_place,
    unfollow_place,
)
from livinglab.issues.views.maps import drawn_map
from livinglab.kernel.acting import acting_of
from livinglab.kernel.kept_parts import kept_forms
from livinglab.kernel.stamps import Row
from livinglab.people.http import person_of
from livinglab.people.models import Person
from livinglab.places.maps import map_stand
from livinglab.places.models import Neighbourhood


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What one reported; with `?which=followed` what one stands behind."""
    person = person_of(request)
    is_followed = request.GET.get("which") == "followed"
    before = request.GET.get("before", "")
    pages = followed_reports if is_followed else my_reports
    start = int(before) if before.isdecimal() and len(before) < 16 else None
    page = pages(person, before=start)
    halves = () if is_followed or start else half_written(person)
    is_oneself = acting_of(person) is None
    facts = ("my reports", person.pk, is_followed, is_oneself, page.rows, halves)
    draw = partial(_mine, request, page, halves, is_followed=is_followed)
    context = {"body": kept_forms(request, facts, draw)}
    return render(request, "issues/mine.html", context)


def _mine(
    request: HttpRequest, page: Page, halves: tuple[Row, ...], *, is_followed: bool
) -> str:
    context = {
        "page": page,
        "cards": page.cards(),
        "is_followed": is_followed,
        "questions": page.asked(),
        "halves": [half(row) for row in halves],
    }
    return render_to_string("issues/_mine.html", context, request)


@require_POST
@login_required
def let_go(request: HttpRequest, key: UUID) -> HttpResponse:
    """A half-written report goes, with its photos."""
    if not drafts.let_go(person_of(request), key):
        raise Http404
    messages.success(request, _("The half-written report is gone."))
    return redirect("issues:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def places(request: HttpRequest) -> HttpResponse:
    """Every place one follows, and the way to add one."""
    person = person_of(request)
    if request.method == "POST":
        return _follow(request, person)
    known = places_of(person)
    facts = ("followed places", person.pk, known, map_stand())
    draw = partial(_places, request, known)
    return _places_page(request, kept_forms(request, facts, draw))


def _follow(request: HttpRequest, person: Person) -> HttpResponse:
    """Another one, or the form again with what is wrong."""
    which = request.POST.get("which", "")
    dong = DongForm(request.POST if which == "dong" else None)
    street = StreetForm(request.POST if which == "street" else None)
    if dong.is_valid():
        place = dong.place()
        follow_place(place.name, neighbourhood=place, by=person)
        return _followed(request)
    if street.is_valid():
        said = street.cleaned_data
        follow_place(
            said["name"],
            point=(said["lon"], said["lat"]),
            radius_m=said["radius_m"],
            by=person,
        )
        return _followed(request)
    body = _places(request, places_of(person), dong, street)
    return _places_page(request, body, status=422)


def _places(
    request: HttpRequest,
    known: list[Followed],
    dong: DongForm | None = None,
    street: StreetForm | None = None,
) -> str:
    context = {
        "places": known,
        "dong": dong or DongForm(),
        "street": street or StreetForm(),
        "map": drawn_map(pick=True),
    }
    return render_to_string("issues/_places.html", context, request)


def _places_page(request: HttpRequest, body: str, status: int = 200) -> HttpResponse:
    context = {"body": body, "most": MOST_PLACES}
    return render(request, "issues/places.html", context, status=status)


def _followed(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("You hear of new reports there."))
    return redirect("issues:places")


@require_safe
@login_required
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported at one of them lately."""
    found = place_of(person_of(request), pk)
    if found is None:
        raise Http404
    context = {"place": found, "cards": reports_around(found)}
    return render(request, "issues/place.html", context)


@require_POST
@login_required
def follow_dong(request: HttpRequest, code: str) -> HttpResponse:
    """The button above a neighbourhood's list."""
    places = Neighbourhood.objects.without_shapes()
    dong = get_object_or_404(places, code=code)
    follow_place(dong.name, neighbourhood=dong, by=person_of(request))
    return _followed(request)


@require_POST
@login_required
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a place go."""
    person = person_of(request)
    found = get_object_or_404(FollowedPlace.objects.filter(person=person), pk=pk)
    unfollow_place(found, by=person)
    messages.success(request, _("You hear no more of this place."))
    return redirect("issues:places")

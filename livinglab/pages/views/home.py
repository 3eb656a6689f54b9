"""홈: the front door of visitors, residents and caregivers."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.views.decorators.http import require_safe

from livinglab.kernel.acting import acting_of
from livinglab.kernel.cards import Task, areas_of, cards_for, tasks_of
from livinglab.people.http import visitor_of_parts
from livinglab.people.models import Person
from livinglab.places.http import chosen_place

SPOTS = ("home-first", "home")
SHOWN_TASKS = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Each app's cards for this person or for a visitor, and what they ask."""
    person = visitor_of_parts(request, areas_of(*SPOTS))
    acting = acting_of(person)
    place = chosen_place(request) if acting is None else None
    first, cards = (cards_for(spot, person, place) for spot in SPOTS)
    context = {
        "person": person,
        "first": [card for card in first if card.template],
        "cards": [card for card in cards if card.template],
        "tasks": [t for t in tasks_of([*first, *cards]) if _may_open(person, t)],
        "shown_tasks": SHOWN_TASKS,
    }
    return render(request, "pages/home.html", context)


def _may_open(person: Person | None, task: Task) -> bool:
    """Whoever acts for somebody is asked only what was handed over."""
    acting = acting_of(person)
    if acting is None:
        return True
    page = resolve(urlsplit(task.url).path).view_name
    return acting.area_with_page(page) is not None

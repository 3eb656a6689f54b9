"""홈: the front door of visitors, residents and caregivers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.kernel.cards import cards_for, tasks_of
from livinglab.people.http import visitor_of
from livinglab.places.http import chosen_place

SHOWN_TASKS = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Each app's cards for this person or for a visitor, and what they ask."""
    person = visitor_of(request)
    place = chosen_place(request)
    first = cards_for("home-first", person, place)
    cards = cards_for("home", person, place)
    context = {
        "person": person,
        "first": [card for card in first if card.template],
        "cards": [card for card in cards if card.template],
        "tasks": tasks_of([*first, *cards]),
        "shown_tasks": SHOWN_TASKS,
    }
    return render(request, "pages/home.html", context)

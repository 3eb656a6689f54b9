"""Leaving, thinking again, and the proof that everything is gone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from livinglab.people import selectors
from livinglab.people.forms import LeaveForm
from livinglab.people.http import helping_of, oneself, person_of
from livinglab.people.models import Person
from livinglab.people.proof import recently_proven
from livinglab.people.services.leaving import ask_to_leave, leaving_questions, stay


@require_safe
@login_required
def leave(request: HttpRequest) -> HttpResponse:
    """What leaving means; within the days of grace, the way back."""
    person = _alone(request)
    if person.is_leaving:
        context = {
            "leaving": person.leaving,
            "may_stay": not selectors.lacks_guardian(person),
        }
        return render(request, "people/leaving_now.html", context)
    form = LeaveForm(questions=leaving_questions(person))
    return render(request, "people/leave.html", {"form": form})


@require_POST
@recently_proven
def ask(request: HttpRequest) -> HttpResponse:
    """The button: from here on the person is signed out everywhere."""
    person = _alone(request)
    form = LeaveForm(request.POST, questions=leaving_questions(person))
    if not form.is_valid():
        return render(request, "people/leave.html", {"form": form}, status=422)
    leaving = ask_to_leave(person, answers=form.answers())
    logout(request)
    return redirect("people:proof-of-leaving", number=leaving.number)


@require_POST
@login_required
def stay_after_all(request: HttpRequest) -> HttpResponse:
    """Within the week: everything goes on as before."""
    person = _alone(request)
    stay(person)
    update_session_auth_hash(request, person)
    messages.success(request, _("Good to have you. Everything is as it was."))
    return redirect("people:me")


def _alone(request: HttpRequest) -> Person:
    """Oneself also while leaving, but never in somebody's name."""
    return person_of(request) if helping_of(request) else oneself(request)


@require_safe
def proof(request: HttpRequest, number: str) -> HttpResponse:
    """For everybody who knows the number; it says nothing of the person."""
    context = _proof_or_404(number)
    response = render(request, "people/proof_of_leaving.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def proof_as_json(request: HttpRequest, number: str) -> JsonResponse:
    """The same as data."""
    told = _proof_or_404(number)["told"]
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _proof_or_404(number: str) -> dict[str, Any]:
    told = selectors.proof_of_leaving(number)
    if told is None:
        raise Http404
    return {"told": told, "number": number}

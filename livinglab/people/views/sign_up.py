"""Signing up after the address: dong, consents, and for a child the guardian."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.kernel.numbers import number_said
from livinglab.people.forms.sign_up import UNDER_14, ConsentsForm, GuardianForm
from livinglab.people.guests import SHORT
from livinglab.people.models import Person
from livinglab.people.services.sign_ups import Answers, finish_sign_up
from livinglab.people.stages import KEY, keep_answer, said_so_far
from livinglab.places.choices import neighbourhood_choices
from livinglab.places.models import Neighbourhood

Decorator = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]
PAGES = ["GET", "HEAD", "POST"]
at_sign_up: Decorator = login_stage_required(
    stage=KEY, redirect_urlname="account_signup"
)


@require_http_methods(PAGES)
@at_sign_up
def place(request: HttpRequest) -> HttpResponse:
    """Which dong; by name, by gu, or later."""
    if request.method == "POST":
        keep_answer(request, place=_code_of(request.POST.get("place", "")))
        return redirect("people:welcome-consents")
    wish = request.GET.get("q", "").strip()[:40]
    context = {
        "wish": wish,
        "groups": _groups(wish),
        "chosen": _chosen(request),
        **_steps(2),
    }
    return render(request, "people/welcome_place.html", context)


@require_http_methods(PAGES)
@at_sign_up
def consents(request: HttpRequest) -> HttpResponse:
    """Age, the two required consents, the free ones off."""
    said = said_so_far(request)
    form = ConsentsForm(request.POST or None, initial=said.get("consents"))
    if request.method == "POST" and form.is_valid():
        keep_answer(request, consents=form.cleaned_data, yes=form.optional_yeses)
        if form.cleaned_data["age"] == UNDER_14:
            return redirect("people:welcome-guardian")
        keep_answer(request, guardian="")
        return _finish(request)
    context = {"form": form, **_steps(3)}
    return render(request, "people/welcome_consents.html", context)


@require_http_methods(PAGES)
@at_sign_up
def guardian(request: HttpRequest) -> HttpResponse:
    """Whom we ask for somebody under 14."""
    said = said_so_far(request)
    if said.get("consents", {}).get("age") != UNDER_14:
        return redirect("people:welcome-consents")
    form = GuardianForm(
        request.POST or None,
        own_email=_somebody(request).email,
        initial={"email": said.get("guardian", "")},
    )
    if request.method == "POST" and form.is_valid():
        keep_answer(request, guardian=form.cleaned_data["email"])
        return _finish(request)
    context = {"form": form, **_steps(3)}
    return render(request, "people/welcome_guardian.html", context)


def _finish(request: HttpRequest) -> HttpResponse:
    """Write the answers down, then let allauth sign the person in."""
    said = said_so_far(request)
    answers = Answers(
        place=said.get("place", ""),
        language=(get_language() or "ko")[:2],
        purposes=said.get("yes", []),
        guardian_email=said.get("guardian", ""),
    )
    finish_sign_up(_somebody(request), answers)
    stage: Any = request._login_stage  # type: ignore[attr-defined]
    done: HttpResponseRedirect = stage.exit()
    return done


def _somebody(request: HttpRequest) -> Person:
    person: Person = request._login_stage.login.user  # type: ignore[attr-defined]
    return person


def _chosen(request: HttpRequest) -> Neighbourhood | None:
    """What was chosen on this page before, or as a guest."""
    as_guest = request.session.get(SHORT, {}).get("place", "")
    code = said_so_far(request).get("place") or as_guest
    found = Neighbourhood.objects.filter(code=code).first() if code else None
    return found or _somebody(request).neighbourhood


def _code_of(pk: str) -> str:
    """The code of a chosen dong; “later” and nonsense are none."""
    chosen = Neighbourhood.objects.filter(pk=number_said(pk) or 0).first()
    return chosen.code if chosen else ""


def _groups(wish: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """Every dong under its gu, or those whose name holds what was looked for."""
    wanted = wish.casefold().replace(" ", "")
    if not wanted:
        return neighbourhood_choices()
    found = (
        (group, [x for x in dongs if wanted in x[1].casefold().replace(" ", "")])
        for group, dongs in neighbourhood_choices()
    )
    return [(group, dongs) for group, dongs in found if dongs]


def _steps(now: int) -> dict[str, Any]:
    names = [_("Address"), pgettext("sign-up step", "Place"), _("Consent")]
    return {"steps": names, "step": now}

"""나: the overview, and what one tells of oneself."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.kernel.cards import cards_for
from livinglab.kernel.kept_parts import gap, kept_part
from livinglab.people import selectors
from livinglab.people.forms import ProfileForm
from livinglab.people.http import helping_of, person_of
from livinglab.people.models import Person
from livinglab.people.services.profile import change_profile

A_YEAR_S = 365 * 24 * 3600


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Everything about the signed-in person, a line each."""
    acts_for = helping_of(request)
    if acts_for is not None:
        return redirect("people:help", pk=acts_for.pk)
    before, after = _lines_of(person_of(request))
    return render(request, "people/me.html", {"before": before, "after": after})


def _lines_of(person: Person) -> list[str]:
    """The page before and after the inbox's line, which lives."""
    context = {
        "person": person,
        "state": selectors.my_state(person),
        "cards": cards_for("me", person),
        "inbox": gap("inbox"),
    }
    who = (person.pk, person.email, person.name, person.waits_for_guardian)
    facts = ("me", *who, context["state"], context["cards"])
    drawn = partial(render_to_string, "people/_me.html", context)
    return [SafeString(half) for half in kept_part(facts, drawn).split(gap("inbox"))]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """The name others see, the neighbourhood, the language."""
    person = person_of(request)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        change_profile(person, form.cleaned_data)
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        response = redirect("people:me")
        _remember_language(response, person.language)
        return response
    return render(request, "people/profile.html", {"form": form, "person": person})


def _remember_language(response: HttpResponse, language: str) -> None:
    """Pages follow the cookie, letters and notices the profile: both say the same."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR_S,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )

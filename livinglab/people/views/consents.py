"""What I agree to: switches, the words behind each, and what was said when."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from livinglab.people import selectors, services
from livinglab.people.consent_texts import TEXTS, text_of
from livinglab.people.forms import ConsentForm
from livinglab.people.http import person_of
from livinglab.people.models import Consent


@require_safe
@login_required
def consents(request: HttpRequest) -> HttpResponse:
    """Every purpose as a switch; what cannot be switched says why."""
    lines = selectors.consent_lines(person_of(request))
    context = {
        "free": [line for line in lines if not line.is_required],
        "required": [line for line in lines if line.is_required],
        "asked_again": [line for line in lines if line.asks_again],
    }
    return render(request, "people/consents.html", context)


@require_safe
@login_required
def consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """One purpose: what, why, how long, what a no does, and every yes and no."""
    person = person_of(request)
    if purpose not in TEXTS:
        raise Http404
    lines = selectors.consent_lines(person)
    context = {
        "line": next(line for line in lines if line.purpose == purpose),
        "said": selectors.said_about(person, purpose),
        "withdraws": "withdraw" in request.GET,
    }
    return render(request, "people/consent.html", context)


@require_POST
@login_required
def switch_consent(request: HttpRequest) -> HttpResponse:
    """One switch. A no that erases is asked once more, on the purpose's own page."""
    person = person_of(request)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return redirect("people:consents")
    purpose = form.cleaned_data["purpose"]
    if form.cleaned_data["agreed"]:
        if purpose == Consent.Purpose.HELPING:
            return redirect("people:invite-helper")
        services.give_consent(person, purpose)
        messages.success(request, _("Noted. Thank you."))
    elif text_of(purpose).erases and not form.cleaned_data["sure"]:
        return redirect(f"{_page_of(purpose)}?withdraw#withdraw")
    else:
        services.withdraw_consent(person, purpose)
        messages.success(request, _("Withdrawn. What hung on it goes now."))
    return redirect("people:consents")


def _page_of(purpose: str) -> str:
    return reverse("people:consent", args=[purpose])

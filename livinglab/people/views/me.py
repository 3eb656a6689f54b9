"""나: profile, consents as switches, who looked at my data."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.people import selectors, services
from livinglab.people.forms import ConsentForm, ProfileForm
from livinglab.people.http import person_of
from livinglab.people.models import Consent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Everything about the signed-in person on one page."""
    person = person_of(request)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("people:me")
    standing = selectors.standing_purposes(person)
    context = {
        "form": form,
        "purposes": [
            (value, label, value in standing)
            for value, label in Consent.Purpose.choices
        ],
        "reads": selectors.reads_of(person),
    }
    return render(request, "people/me.html", context)


@require_POST
@login_required
def switch_consent(request: HttpRequest) -> HttpResponse:
    """One switch of the consent list."""
    person = person_of(request)
    form = ConsentForm(request.POST)
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        if form.cleaned_data["agreed"]:
            services.give_consent(person, purpose)
        else:
            services.withdraw_consent(person, purpose)
    return redirect("people:me")

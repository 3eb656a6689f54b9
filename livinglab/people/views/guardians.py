"""A guardian's yes, no and no-longer; and the child who waits."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.kernel.numbers import number_said
from livinglab.people.forms.sign_up import GuardianForm
from livinglab.people.http import person_of
from livinglab.people.models import GuardianConsent, Person
from livinglab.people.proof import recently_proven
from livinglab.people.services.guardians import (
    answer_as_guardian,
    ask_guardian,
    consent_of_key,
    masked,
    question_of_key,
    withdraw_as_guardian,
)

Decorator = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]
page = require_http_methods(["GET", "HEAD", "POST"])
without_haste: Decorator = rate_limit(action="guardian")


@page
@never_cache
@without_haste
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """The page behind the letter: who asks, for what; yes or no."""
    question = question_of_key(key)
    if question is None:
        return render(request, "people/guardian_over.html", status=404)
    if request.method == "POST":
        agrees = request.POST.get("answer") == "yes"
        answer_as_guardian(question, agrees=agrees)
        return render(request, "people/guardian_thanks.html", {"agrees": agrees})
    context = {"question": question, "child": masked(question.child.email)}
    return render(request, "people/guardian_answer.html", context)


@page
@never_cache
@without_haste
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """The page behind the second letter: taking the consent back."""
    consent = consent_of_key(key)
    if consent is None:
        return render(request, "people/guardian_over.html", status=404)
    if request.method == "POST":
        withdraw_as_guardian(consent)
        return render(request, "people/guardian_thanks.html", {"agrees": False})
    context = {"consent": consent, "child": masked(consent.child.email)}
    return render(request, "people/guardian_withdraw.html", context)


@page
@login_required
def ask_again(request: HttpRequest) -> HttpResponse:
    """A child who waits sees what was asked, and may ask somebody else."""
    child = person_of(request)
    if not child.waits_for_guardian:
        return redirect("people:me")
    form = GuardianForm(request.POST or None, own_email=child.email)
    if request.method == "POST" and form.is_valid():
        ask_guardian(child, form.cleaned_data["email"])
        messages.success(request, _("The letter is on its way."))
        return redirect("people:ask-guardian")
    context = {"form": form, "question": child.guardian_consents.open().first()}
    return render(request, "people/guardian_ask.html", context)


@page
@recently_proven
def children(request: HttpRequest) -> HttpResponse:
    """For whom the signed-in person agreed as a guardian."""
    mine = _agreed_by(person_of(request))
    if request.method == "POST":
        chosen = get_object_or_404(
            mine, pk=number_said(request.POST.get("consent", ""))
        )
        withdraw_as_guardian(chosen)
        messages.success(request, _("Taken back. The account is being erased."))
        return redirect("people:children")
    rows = [(row, masked(row.child.email)) for row in mine.select_related("child")]
    return render(request, "people/children.html", {"rows": rows})


def _agreed_by(person: Person) -> "QuerySet[GuardianConsent]":
    """Known by the confirmed address the letter went to."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    addresses = [x.lower() for x in confirmed.values_list("email", flat=True)]
    return GuardianConsent.objects.standing().filter(email__in=addresses)

"""A helper: inviting one, being one, acting for somebody, and what was done."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from livinglab.people import selectors
from livinglab.people.acting import begin_acting, stop_acting
from livinglab.people.forms import HelpCodeForm, InviteForm
from livinglab.people.http import helping_of, oneself, person_of
from livinglab.people.models import Helping
from livinglab.people.proof import recently_proven
from livinglab.people.services.helping import (
    accept_help,
    confirm_help,
    end_help,
    invitation_of,
    invite_helper,
)

CODE_SHOWN_AS = "help_code"


@require_safe
@login_required
def helping(request: HttpRequest) -> HttpResponse:
    """Who helps me, and whom I help."""
    person = oneself(request)
    all_of_them = selectors.helpings_of(person)
    context = {
        "helpers": [one for one in all_of_them if one.person_id == person.pk],
        "helped": [one for one in all_of_them if one.helper_id == person.pk],
        "form": HelpCodeForm(),
        "acts_now": helping_of(request),
    }
    return render(request, "people/helping.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invite(request: HttpRequest) -> HttpResponse:
    """In what, until when; then the code, shown once."""
    person = person_of(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, code = invite_helper(person, **form.cleaned_data)
        request.session[CODE_SHOWN_AS] = [made.pk, code]
        return redirect("people:help", pk=made.pk)
    return render(request, "people/invite_helper.html", {"form": form})


@require_safe
@login_required
def help_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One help, for the two it is between: what, until when, what was done."""
    person = oneself(request)
    found = _visible(request, pk)
    shown_pk, code = request.session.pop(CODE_SHOWN_AS, (None, ""))
    context = {
        "helping": found,
        "is_helped": found.person_id == person.pk,
        "other": found.helper if found.person_id == person.pk else found.person,
        "acts": selectors.latest_acts(found),
        "code": code if shown_pk == found.pk else "",
    }
    return render(request, "people/help.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring_code(request: HttpRequest) -> HttpResponse:
    """The code somebody gave me: a look first, then my yes."""
    person = person_of(request)
    form = HelpCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/help_code.html", {"form": form})
    refused: HttpResponse | None = ratelimit.consume_or_429(
        request, action="help_code", user=person
    )
    if refused is not None:
        return refused
    code = form.cleaned_data["code"]
    if "accept" in request.POST:
        accepted = accept_help(code, by=person)
        messages.success(request, _("Thank you. Now it needs the other one's yes."))
        return redirect("people:help", pk=accepted.pk)
    found = invitation_of(code)
    if found is None:
        form.add_error(
            "code", _("This code is not valid any more. Please ask for a new one.")
        )
    return render(request, "people/help_code.html", {"form": form, "found": found})


@require_POST
@recently_proven
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's yes to whom they see."""
    person = person_of(request)
    mine = Helping.objects.filter(person=person).select_related("person", "helper")
    found = get_object_or_404(mine, pk=pk)
    confirm_help(found, by=person)
    messages.success(request, _("Your helper may act for you now."))
    return redirect("people:help", pk=found.pk)


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Either ends it at once."""
    found = _visible(request, pk)
    end_help(found, by=oneself(request))
    acts_now = helping_of(request)
    if acts_now is not None and acts_now.pk == found.pk:
        stop_acting(request)
    messages.success(request, _("Ended. Nothing more is done in that name."))
    return redirect("people:helping")


@require_POST
@login_required
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on the pages are about the helped person."""
    active = Helping.objects.active().filter(helper=oneself(request))
    found = get_object_or_404(active, pk=pk)
    begin_acting(request, found)
    handed = found.handed
    return redirect(handed[0].start if handed else "people:helping")


@require_POST
@login_required
def stop(request: HttpRequest) -> HttpResponse:
    """Oneself again."""
    stop_acting(request)
    return redirect("people:helping")


def _visible(request: HttpRequest, pk: int) -> Helping:
    mine = Helping.objects.visible_to(oneself(request))
    return get_object_or_404(mine.select_related("person", "helper"), pk=pk)

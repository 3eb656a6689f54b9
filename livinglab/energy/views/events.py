"""변화 알리기: what changed the home, so that the comparison stays fair."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.energy.forms.events import EventForm
from livinglab.energy.models import DeclaredEvent, Premises
from livinglab.energy.services.savings.declared import declare_event, take_back_event
from livinglab.kernel.errors import Invalid
from livinglab.people.http import person_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def events(request: HttpRequest, pk: int) -> HttpResponse:
    """What was declared so far, and the form for the next."""
    person = person_of(request)
    home = get_object_or_404(Premises.objects.visible_to(person), pk=pk)
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_event(home, **form.cleaned_data, by=person)
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Noted. The figures are computed again; older ones stay.")
            )
            return redirect("energy:events", pk)
    context = {
        "home": home,
        "form": form,
        "declared": home.declared_events.order_by("-on"),
    }
    status = 422 if form.errors else 200
    return render(request, "energy/events.html", context, status=status)


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It did not happen, or was entered wrongly."""
    person = person_of(request)
    homes = Premises.objects.visible_to(person)
    found = DeclaredEvent.objects.filter(premises__in=homes)
    event = get_object_or_404(found.select_related("premises"), pk=pk)
    home = event.premises_id
    take_back_event(event, by=person)
    messages.success(request, _("Taken back. The figures are computed again."))
    return redirect("energy:events", home)

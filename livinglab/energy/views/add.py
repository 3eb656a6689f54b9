"""데이터 넣기: four ways in; this page only shows the doors."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from livinglab.energy.models import Premises
from livinglab.energy.selectors.home_stand import named_home
from livinglab.people.http import person_of


@require_safe
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """For which home? With one home there is nothing to ask."""
    person = person_of(request)
    homes = list(Premises.objects.visible_to(person).order_by("pk"))
    if len(homes) == 1:
        return redirect("energy:add-to", homes[0].pk)
    if not homes:
        return redirect("energy:add-premises")
    return render(request, "energy/add_choose_home.html", {"homes": homes})


@require_safe
@login_required
def add_to(request: HttpRequest, pk: int) -> HttpResponse:
    """File, meter reading, bill or device."""
    person = person_of(request)
    home = named_home(person, pk)
    if home is None:
        raise Http404
    return render(request, "energy/add.html", {"home": home})

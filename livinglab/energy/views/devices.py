"""기기: a token for something that sends readings by itself, shown once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from livinglab.energy.models import Device, Premises
from livinglab.energy.services import devices
from livinglab.people.http import person_of


@require_POST
@login_required
def add_device(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a token; it is shown on the next page and never again."""
    person = person_of(request)
    home = get_object_or_404(Premises.objects.visible_to(person), pk=pk)
    name = request.POST.get("name", "").strip() or _("Measuring device")
    _device, token = devices.add_device(home, name=name, by=person)
    request.session[f"device-{pk}"] = token
    return redirect("energy:premises", pk)


@require_POST
@login_required
def revoke_device(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the token away; what was sent stays."""
    person = person_of(request)
    homes = Premises.objects.visible_to(person)
    found = Device.objects.filter(meter__premises__in=homes)
    device = get_object_or_404(found.select_related("meter__premises"), pk=pk)
    devices.revoke_device(device, by=person)
    messages.success(request, _("The device may not send any more."))
    return redirect("energy:premises", device.meter.premises_id)

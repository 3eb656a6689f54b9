"""검침 without a network: a form that knows only the homes kept on this phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.energy.forms.readings import ReadingForm


@require_safe
def offline_reading(request: HttpRequest) -> HttpResponse:
    """The same for everybody: the phone fills in its own homes and sends later."""
    context = {"form": ReadingForm(asks=True), "words": _words()}
    return render(request, "energy/offline_reading.html", context)


def _words() -> dict[str, str]:
    """What the island fills in once a home is chosen."""
    return {
        "title": _("Meter reading · %(home)s · %(kwh)s kWh"),
        "url": "/api/v1/premises/{home}/readings/",
        "seeAt": "/energy/homes/{home}/add/reading/",
    }

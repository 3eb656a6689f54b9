"""리빙랩 소개: the programme, its budget, what it promised, and our rules."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.pages.programme import Programme, programme
from livinglab.places.models import City


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the living lab is, who pays for it, and what happens with data."""
    found = programme()
    context = {"programme": found, "cities": _cities(found)}
    return render(request, "pages/about.html", context)


def _cities(found: Programme) -> list[dict[str, Any]]:
    """What each city set out to do, with the way to its page."""
    known = City.objects.defer("outline").in_bulk(field_name="code")
    return [
        {
            "name": known[aims.code].name,
            "aims": aims,
            "url": reverse("places:city", args=[aims.code]),
            "more": _("The city now"),
        }
        for aims in found.cities
        if aims.code in known
    ]

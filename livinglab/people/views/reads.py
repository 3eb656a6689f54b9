"""Who looked at my data, when, and why."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from livinglab.people import selectors
from livinglab.people.http import person_of

PAGE = 20
WHO = (("", _("Everybody")), ("staff", _("Staff")), ("helper", _("Helpers")))


@require_safe
@login_required
def reads(request: HttpRequest) -> HttpResponse:
    """A page of the log, newest first."""
    wanted = request.GET.get("who", "")
    who = wanted if wanted in dict(WHO) else ""
    found = selectors.data_reads(person_of(request), who)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "who": who, "choices": WHO}
    return render(request, "people/reads.html", context)

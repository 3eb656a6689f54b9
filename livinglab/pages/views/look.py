"""The view menu of every page: language, text size, contrast."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from livinglab.kernel.look import chosen, remember
from livinglab.people.models import Person
from livinglab.people.services.profile import change_profile


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """One press: keep the wish here and on the person, back to where they were."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    response = redirect(target)
    wishes = chosen(request.POST.dict())
    remember(response, wishes)
    # Whoever presses, also where they act for somebody else.
    if isinstance(request.user, Person) and wishes:
        change_profile(request.user, wishes)
    return response

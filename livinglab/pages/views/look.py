"""The view menu of every page: language, text size, contrast."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from livinglab.kernel.look import chosen, remember
from livinglab.people.models import Person
from livinglab.people.services.profile import change_profile


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """One press: keep the wish here and on the person, back to where they were."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()})
    # An address, never the name of a page: `redirect` would look such a name up.
    response = HttpResponseRedirect(target if is_ours and "/" in target else "/")
    wishes = chosen(request.POST.dict())
    remember(response, wishes)
    # Whoever presses, also where they act for somebody else.
    if isinstance(request.user, Person) and wishes:
        change_profile(request.user, wishes)
    return response

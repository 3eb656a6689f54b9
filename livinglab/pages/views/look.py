"""The view menu of every page: language, text size, contrast."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from livinglab.pages import look as looks


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """One press: keep the wish, back to where the person was."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    response = redirect(target)
    looks.remember(response, looks.chosen(request.POST.dict()))
    return response

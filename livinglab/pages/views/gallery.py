"""The living page of components, where one develops."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.pages.gallery import ENTRIES, sample_facts


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; not there in production."""
    if not settings.GALLERY:
        raise Http404
    context = {"entries": ENTRIES, **sample_facts()}
    return render(request, "pages/gallery.html", context)

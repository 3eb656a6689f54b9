"""Terms and privacy, in the reader's language, with their day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from livinglab.people import selectors


@require_safe
def legal_text(request: HttpRequest, kind: str, version: str = "") -> HttpResponse:
    """The version in force, or an older one by name."""
    language = (get_language() or "ko")[:2]
    text = selectors.legal_text(kind, language, version=version)
    if text is None:
        raise Http404
    versions = selectors.legal_versions(kind, language)
    context = {"text": text, "versions": versions}
    return render(request, "people/legal_text.html", context)

"""찾기: one field over everything the apps let be found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.kernel.http import wants_fragment
from livinglab.kernel.search import search as find
from livinglab.kernel.spelling import Words
from livinglab.people.http import visitor_of

EXAMPLES = ["정왕", "가로등", "ㅅㅊ", "Ansim", "전기요금"]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What fits `?q=`, in groups; `?in=` shows all of one group. htmx gets the list."""
    words = Words.of(request.GET.get("q", ""))
    only = request.GET.get("in", "")
    groups = find(words, visitor_of(request), only=only)
    context = {
        "words": words,
        "groups": groups,
        "count": sum(group.count for group in groups),
        "is_one_group": bool(only),
        "examples": EXAMPLES,
    }
    name = "pages/_found.html" if wants_fragment(request) else "pages/search.html"
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    return response

"""What was handed over from the phone's share sheet."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from livinglab.kernel.errors import NotAllowed, Refused
from livinglab.kernel.shell import taker_of, takers
from livinglab.pages.errors import CannotTake
from livinglab.people.http import visitor_of
from livinglab.people.models import Person


# The share sheet knows no token. The session cookie is SameSite=Lax, and a browser
# says where a request began: other sites cannot hand anything over.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """GET: the page that asks where to put it. POST: take it, or say why not."""
    if request.method != "POST":
        return _page(request)
    try:
        return _taken(request)
    except Refused as refusal:
        return _refused(request, refusal)


def _taken(request: HttpRequest) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        raise NotAllowed(_("Only your phone's share sheet can hand things over here."))
    files = request.FILES.getlist("files")
    if len(files) != 1:
        raise CannotTake(_("Please share one file at a time."))
    person = visitor_of(request)
    if person is None:
        return _please_sign_in(request)
    address = _put(files[0], person, request.POST.get("choice", ""))
    return JsonResponse({"url": address}) if _is_script(request) else redirect(address)


def _put(file: "UploadedFile[Any]", person: Person, choice: str) -> str:
    taker = taker_of(file.name or "", file.content_type or "")
    if taker is None or taker.receive is None:
        raise CannotTake(
            _(
                "This cannot be shared here. Photos and energy files can: CSV or "
                "Green Button XML. Nothing was stored."
            )
        )
    return taker.receive(person, file, choice)


def _please_sign_in(request: HttpRequest) -> HttpResponse:
    sentence = _("Please sign in first, then share it again. Nothing was stored.")
    if _is_script(request):
        return JsonResponse({"code": "signed_out", "detail": sentence}, status=401)
    return _page(request, 401, sentence=sentence, may_sign_in=True)


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if _is_script(request):
        body = {"code": refusal.code, "detail": str(refusal), **refusal.facts}
        return JsonResponse(body, status=refusal.status)
    return _page(request, refusal.status, sentence=str(refusal))


def _page(request: HttpRequest, status: int = 200, **said: Any) -> HttpResponse:
    """The list of what waits, and the pages a file may go on to."""
    pages = [{"page": one.page, "words": one.words} for one in takers() if one.words]
    context = {"choices": {"pages": pages}, **said}
    return render(request, "pages/share.html", context, status=status)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"

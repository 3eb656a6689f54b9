"""A photo leaves the house only through a question: may this person see it?"""

import uuid
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from livinglab.issues.models import Photo
from livinglab.issues.models.photos import SHOWN_TO_ALL, SIZES, taken_by
from livinglab.issues.models.scope import seen_by_staff
from livinglab.people.guests import guest_of
from livinglab.people.http import visitor_of

AVIF, WEBP = "image/avif", "image/webp"


@require_safe
def photo(request: HttpRequest, key: uuid.UUID, size: str) -> HttpResponse:
    """One size of a photo: released for everybody, else for whom it concerns.

    The full size is opened rather than shown on a page: it comes as the browser
    likes it best. The others have an address for each kind.
    """
    if size != "full":
        return _answer(request, key, size, wants_avif=False)
    response = _answer(request, key, size, wants_avif=_takes_avif(request))
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def lighter_photo(request: HttpRequest, key: uuid.UUID, size: str) -> HttpResponse:
    """The same in fewer bytes; as it was kept first while that is still being made."""
    return _answer(request, key, size, wants_avif=True)


def _answer(
    request: HttpRequest, key: uuid.UUID, size: str, *, wants_avif: bool
) -> HttpResponse:
    if size not in SIZES:
        raise Http404
    found = get_object_or_404(_seen_by(request), key=key)
    light: FieldFile = getattr(found, f"{size}_avif")
    kind = AVIF if wants_avif and light else WEBP
    tag = quote_etag(f"{found.digest[:32]}-{size}-{kind[6:]}")
    response = get_conditional_response(request, etag=tag)
    if response is None:
        file = light if kind == AVIF else getattr(found, size)
        response = HttpResponse(_bytes(file), content_type=kind)
        name = f"{size}.{kind[6:]}"  # not as the address says: it may be the other kind
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = tag
    # Covered or withdrawn later, a photo must vanish: shared caches ask again.
    kept = "public, max-age=300" if found.is_for_all else "private, no-store"
    response["Cache-Control"] = kept
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bytes(file: FieldFile) -> bytes:
    """Whole: a photo is small, and so it serves both kinds of servers alike."""
    try:
        with file.open("rb") as stored:
            return bytes(stored.read())
    except FileNotFoundError as gone:  # removed or covered since we asked
        raise Http404 from gone


def _takes_avif(request: HttpRequest) -> bool:
    """Whether the browser names it: `*/*` is what programs say that cannot read it."""
    return AVIF in request.headers.get("Accept", "")


def _seen_by(request: HttpRequest) -> Any:
    """Released ones; those of one's own reports and drafts; those of one's city."""
    for_all = ExpressionWrapper(SHOWN_TO_ALL, output_field=BooleanField())
    photos = Photo.objects.annotate(is_for_all=for_all)
    return photos.filter(SHOWN_TO_ALL | _concerns(request))


def _concerns(request: HttpRequest) -> Q:
    person = visitor_of(request)
    if person is not None:
        return taken_by(person) | seen_by_staff(person, "issue__")
    guest = guest_of(request)
    if guest is not None:
        return Q(issue__guest=guest, change=None) | Q(draft__guest=guest)
    return Q(pk__in=[])

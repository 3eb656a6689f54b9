"""A photo leaves the house only through a question: may this person see it?"""

import uuid

from django.db.models import Q
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from livinglab.issues.models import Photo
from livinglab.issues.models.photos import SHOWN_TO_ALL
from livinglab.issues.services.photos import SIZES
from livinglab.people.guests import guest_of
from livinglab.people.http import visitor_of


@require_safe
def photo(request: HttpRequest, key: uuid.UUID, size: str) -> FileResponse:
    """One size of a photo: released for everybody, else for whom it concerns."""
    found = get_object_or_404(Photo.objects.filter(_seen_by(request)), key=key)
    name = size if size in SIZES else "full"
    response = FileResponse(getattr(found, name).open("rb"), content_type="image/webp")
    # Covered or withdrawn later, a photo must vanish: shared caches ask again.
    kept = "public, max-age=300" if found.is_public else "private, no-store"
    response["Cache-Control"] = kept
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _seen_by(request: HttpRequest) -> Q:
    """Released ones; those of one's own reports and drafts; those of one's city."""
    person = visitor_of(request)
    if person is not None:
        cities = [*person.coordinated_city_ids, *person.evaluated_city_ids]
        own = Q(issue__reporter=person) | Q(draft__person=person)
        return SHOWN_TO_ALL | own | Q(issue__city__in=cities)
    guest = guest_of(request)
    if guest is not None:
        return SHOWN_TO_ALL | Q(issue__guest=guest) | Q(draft__guest=guest)
    return SHOWN_TO_ALL

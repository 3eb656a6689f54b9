"""The neighbourhood behind a request."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from livinglab.places.models import Neighbourhood
from livinglab.places.selectors import neighbourhood_of

GUEST, PLACE = "guest", "place"


def chosen_place(request: HttpRequest) -> Neighbourhood | None:
    """Where the signed-in person lives, else what this browser chose."""
    places = Neighbourhood.objects.without_shapes()
    key = getattr(request.user, "neighbourhood_id", None)
    if key is not None:
        return neighbourhood_of(key)
    code = _kept(request).get(PLACE)
    return places.filter(code=code).first() if code else None


def keep_place(request: HttpRequest, place: Neighbourhood | None) -> None:
    """Remember a guest's choice for this browser, or forget it."""
    kept = {name: value for name, value in _kept(request).items() if name != PLACE}
    if place is not None:
        kept[PLACE] = place.code
    request.session[GUEST] = kept


def _kept(request: HttpRequest) -> Mapping[str, Any]:
    kept = request.session.get(GUEST)
    return kept if isinstance(kept, dict) else {}

"""What the islands of reporting must know: addresses, limits, words they alone say."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.issues.models.photos import MOST_PHOTOS
from livinglab.kernel.images import MOST_BYTES
from livinglab.places.maps import map_cities

_ANY = "00000000-0000-4000-8000-000000000000"


def phone_facts() -> dict[str, Any]:
    """Context of the reporting page for its parts `_photos` and `_offline`."""
    return {"photo_props": _photo_props(), "offline_props": _offline_props()}


def cover_words() -> dict[str, str]:
    """Words of a rectangle that covers something."""
    return {"box": _("Rectangle %(number)s: covers this place")}


def _photo_props() -> dict[str, Any]:
    return {
        "most": MOST_PHOTOS,
        "maxBytes": MOST_BYTES,
        "words": {
            **cover_words(),
            "count": _("%(count)s of %(most)s photos"),
            "preparing": _("Making the photo smaller"),
            "tooMany": _("A report carries up to %(most)s photos."),
            "tooLarge": _("%(name)s is larger than 20 MB. Please choose another one."),
            "noPicture": _("%(name)s is not a photo. JPEG, PNG, WebP and HEIC work."),
        },
    }


def _offline_props() -> dict[str, Any]:
    done = reverse("report:done", args=[_ANY]).replace(_ANY, "{id}")
    return {
        "url": "/api/v1/issues/",
        "supportUrl": "/api/v1/issues/{issue}/support/",
        "metUrl": reverse("report:met", args=[0]).replace("0", "{issue}"),
        "editAt": reverse("report:form") + "?entry={id}",
        "doneAt": done,
        "seeAt": "/issues/{issue}/",
        "pointsUrl": "/api/v1/issues.geojson",
        "boxes": [",".join(map(str, city["box"])) for city in map_cities()],
        "words": {
            "title": _("Report: %(kind)s"),
            "untitled": _("A report"),
            "support": _("I met it too: %(kind)s"),
            "metres": _("%(metres)s m away"),
        },
    }

"""Where a member of staff goes from the desk: what is done now and then."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.issues.models import Category
from livinglab.kernel.dashboard import TodayLink
from livinglab.places.models import City


def desk_links(person: Any) -> list[TodayLink]:
    """Typing in what was reported by phone, and the figures of one's own cities."""
    worked = set(person.coordinated_city_ids)
    links = []
    if worked:
        enter = reverse("admin:issues_issue_enter")
        links.append(TodayLink(_("Enter a report by phone"), enter))
    mine = worked | set(person.evaluated_city_ids)
    cities = City.objects.defer("outline").filter(pk__in=mine)
    with_kinds = cities.filter(pk__in=Category.objects.values("city"))
    figures = reverse("issues:figures")
    return [
        *links,
        *(
            TodayLink(
                _("How %(city)s keeps its promises") % {"city": city},
                f"{figures}?city={city.code}",
            )
            for city in with_kinds
        ),
    ]

"""Where and of which kind: what a page or software sends, as places and categories."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, OutsideTheCity
from livinglab.issues.models import Category, Issue
from livinglab.places.models import City, Neighbourhood
from livinglab.places.selectors import PlaceAnswer, neighbourhoods_at


@dataclass(frozen=True)
class Spot:
    """A point in a neighbourhood; `others` may be meant as well near a border."""

    lon: float
    lat: float
    place_from: str
    neighbourhood: Neighbourhood
    others: tuple[Neighbourhood, ...] = ()

    @property
    def city(self) -> City:
        return self.neighbourhood.city

    @property
    def is_exact(self) -> bool:
        """Whether distances mean anything: a choice from the list names a dong."""
        return self.place_from != Issue.PlaceFrom.LIST


def spot_of(
    *, place_from: str, point: tuple[float, float] | None, neighbourhood: str = ""
) -> Spot:
    """The place of a report: a point, or a neighbourhood from the list as its centre.

    `neighbourhood` is a code; beside a point it answers the question of a border.
    Raises IssueRefused without either, OutsideTheCity.
    """
    if point is None or place_from == Issue.PlaceFrom.LIST:
        return _from_the_list(neighbourhood)
    found = neighbourhoods_at(*point)
    if not found.candidates:
        raise outside_all_cities()
    place, others = _meant(found, neighbourhood)
    return Spot(*point, place_from, place, others)


def outside_all_cities() -> OutsideTheCity:
    """Where reports are taken, for somebody who stands elsewhere."""
    names = ", ".join(city.name for city in City.objects.order_by("pk"))
    sentence = _(
        "This place is outside %(cities)s. Reports are taken only inside these cities."
    )
    return OutsideTheCity(sentence % {"cities": names}, field="place")


def _from_the_list(code: str) -> Spot:
    place = Neighbourhood.objects.without_shapes().filter(code=code).first()
    if place is None:
        raise IssueRefused(_("Please say where it is."), field="place")
    return Spot(place.centre_lon, place.centre_lat, Issue.PlaceFrom.LIST, place)


def _meant(
    found: PlaceAnswer, code: str
) -> tuple[Neighbourhood, tuple[Neighbourhood, ...]]:
    """The neighbourhood somebody named, if it is near enough, else the first."""
    first, *more = found.candidates
    for place in (*found.candidates, *found.nearby):
        if place.code == code:
            return place, ()
    return first, tuple(more)


def category_of(city: City, code: str) -> Category:
    """The kind of report of this city; raises IssueRefused with a sentence."""
    offered = Category.objects.offered().filter(city=city, code=code)
    category = offered.select_related("department", "city").first()
    if category is None:
        raise IssueRefused(_("Please choose what is wrong."), field="category")
    return category

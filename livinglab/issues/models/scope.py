"""Which reports are whose work: of one's cities, and where one belongs to
departments of a city, of these alone."""

from typing import TYPE_CHECKING

from django.db.models import Q

from livinglab.issues.models.departments import Department

if TYPE_CHECKING:
    from livinglab.people.models import Person


def worked_on_by(person: "Person", to: str = "") -> Q:
    """Reports a coordinator deals with; `to` leads to the report ("issue__").

    Whom a department names for broken promises reaches its reports as well.
    """
    cities = person.coordinated_city_ids
    if not cities:
        return Q(pk__in=[])
    bound = Department.objects.filter(members=person).values("city")
    theirs = Department.objects.filter(Q(members=person) | Q(escalates_to=person))
    return Q(**{f"{to}city__in": cities}) & (
        ~Q(**{f"{to}city__in": bound})
        | Q(**{f"{to}department__in": theirs.values("pk")})
    )


def seen_by_staff(person: "Person", to: str = "") -> Q:
    """Those, and the cities one evaluates."""
    evaluated = person.evaluated_city_ids
    worked = worked_on_by(person, to)
    return worked | Q(**{f"{to}city__in": evaluated}) if evaluated else worked


def read_at_the_desk(person: "Person", to: str = "") -> Q:
    """The same as `seen_by_staff`, of cities and departments that were looked up first.

    For long tables: a condition with questions in it says nothing of how many rows
    meet it, and the database would rather read every report of a city.
    """
    cities = person.coordinated_city_ids
    found = Department.objects.filter(
        Q(members=person) | Q(escalates_to=person), city__in=cities
    ).order_by()
    rows = found.values_list("city_id", "pk", "members")
    theirs = list(rows) if cities else []
    bound = {city for city, _pk, member in theirs if member == person.pk}
    whole = [city for city in cities if city not in bound]
    read = Q(**{f"{to}city__in": [*whole, *person.evaluated_city_ids]})
    if not bound:
        return read
    own = {pk for city, pk, _member in theirs if city in bound}
    return read | Q(**{f"{to}department__in": sorted(own)})

"""Count the service of every city beforehand; what is dropped is counted again."""

from django.utils import timezone

from livinglab.issues.models import ServiceCount
from livinglab.issues.selectors.figures import SPANS, Span, tally_between
from livinglab.issues.service_level import packed
from livinglab.places.models import City


def count_the_service() -> int:
    """Every span the page of figures offers, of every city; how many were counted."""
    cities = City.objects.filter(categories__isnull=False).distinct()
    every = list(cities.values_list("pk", flat=True))
    for city in every:
        for days in SPANS:
            _count(city, days)
    return len(every) * len(SPANS)


def _count(city_id: int, days: int) -> None:
    now, span = timezone.now(), Span.of_days(days)
    ServiceCount.objects.update_or_create(
        city_id=city_id,
        days=days,
        defaults={
            "first": span.first,
            "last": span.last,
            "counted_at": now,
            "figures": packed(tally_between(city_id, span)),
        },
    )

"""GeoReport Bulk: all public reports of a city as CSV, for open data."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from livinglab.interop.errors import GeoRefused
from livinglab.interop.models import Jurisdiction
from livinglab.interop.open311 import showing
from livinglab.interop.views.answering import refused
from livinglab.interop.views.asked import jurisdiction
from livinglab.issues.grid import published
from livinglab.issues.models import Issue
from livinglab.kernel.streaming import InPieces

BULK = (
    "service_request_id",
    "requested_datetime",
    "updated_datetime",
    "closed_date",
    "status_description",
    "status_notes",
    "source",
    "service_name",
    "service_subtype",
    "description",
    "agency_responsible",
    "address",
    "lat",
    "long",
)


@require_safe
def bulk(request: HttpRequest) -> HttpResponse | InPieces:
    """All public reports as CSV: positions coarsened, free text left out."""
    try:
        where = jurisdiction(request)
    except GeoRefused as refusal:
        return refused(refusal.status, refusal.sentences, "xml")
    response = InPieces(_bulk_lines(where), content_type="text/csv; charset=utf-8")
    name = f"{where.city.code}-requests.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


class _Echo:
    """What csv.writer writes into; hands each line on."""

    def write(self, line: str) -> str:
        return line


def _bulk_lines(where: Jurisdiction) -> Iterator[str]:
    lines = csv.writer(_Echo())
    yield "\ufeff" + lines.writerow(BULK)
    public = Issue.objects.public().filter(city=where.city_id)
    found = public.select_related("category", "department", "neighbourhood")
    found = found.defer("neighbourhood__polygon", "words", "answers").order_by("pk")
    for issue in found.iterator(chunk_size=500):
        lon, lat = published(issue.lon, issue.lat)
        yield lines.writerow(
            [
                issue.pk,
                showing.when(issue.received_at),
                showing.when(issue.changed_at),
                showing.when(issue.closed_at),
                "open" if issue.is_open else "closed",
                issue.get_state_display(),
                issue.channel,
                issue.category.name,
                issue.category.get_group_display(),
                "",
                issue.department.name,
                issue.neighbourhood.name,
                round(lat, 3),
                round(lon, 3),
            ]
        )

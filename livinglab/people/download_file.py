"""The file of a download as an answer, the same at both doors."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from livinglab.kernel.streaming import StoredFile
from livinglab.people.models import Download, Person
from livinglab.people.services.downloads import note_fetched


def file_of(person: Person, pk: int) -> StoredFile:
    """Streams a download that is ready; nobody keeps it on the way."""
    found = get_object_or_404(Download.objects.visible_to(person), pk=pk)
    if not found.is_ready:
        raise Http404
    note_fetched(found, by=person)
    day = timezone.localdate(found.ready_at)
    response = StoredFile(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"livinglab-{day:%Y-%m-%d}.zip",
        content_type="application/zip",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response

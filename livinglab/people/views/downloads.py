"""Everything about me in one file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.people.download_file import file_of
from livinglab.people.http import person_of
from livinglab.people.models import Download
from livinglab.people.proof import recently_proven
from livinglab.people.services.downloads import ask_download

SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def download(request: HttpRequest) -> HttpResponse:
    """What the file holds, the button, and what became of earlier ones."""
    person = person_of(request)
    if request.method == "POST":
        ask_download(person)
        messages.success(
            request, _("We are putting it together and tell you when it is ready.")
        )
        return redirect("people:download")
    rows = list(Download.objects.visible_to(person)[:SHOWN])
    is_due = any(row.state == Download.State.DUE for row in rows)
    context = {"downloads": rows, "is_due": is_due}
    return render(request, "people/download.html", context)


@require_safe
@recently_proven
def fetch(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself: for its owner, and only when they just showed who they are."""
    return file_of(person_of(request), pk)

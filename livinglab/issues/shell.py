"""What reporting offers the installed app: its form offline, and photos shared."""

from django.core.files import File
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from livinglab.issues.services.drafts import keep_half
from livinglab.issues.services.photos import SentPhoto
from livinglab.kernel.shell import public_pages, shell_pages, shortcut, takes
from livinglab.people.models import Person

REPORT = "/report/"


def receive_photo(person: Person, file: File[bytes], choice: str) -> str:
    """Where no worker took it: a report begun with this photo."""
    draft = keep_half(person, {}, [SentPhoto(file=file, size=file.size)])
    return reverse("report:half", args=[draft.key])


shell_pages(REPORT)
public_pages(r"/issues/", r"/issues/map/", r"/issues/\d+/")
shortcut("report", _("Report a problem"), url=REPORT, icon="camera", order=10)
takes(
    "report-photos",
    accept=("image/*",),
    page=REPORT,
    words=_("Report a problem"),
    takes_several=True,
    receive=receive_photo,
)

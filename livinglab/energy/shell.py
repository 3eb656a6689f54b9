"""What energy offers the installed app: a reading without a network, shared files."""

from django.core.files import File
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.energy.errors import ChooseHome, PremisesRefused
from livinglab.energy.models import Premises
from livinglab.energy.services.uploads import keep_upload
from livinglab.kernel.shell import public_pages, shell_pages, shortcut, takes
from livinglab.people.models import Person

READING = "/offline/reading/"


def receive_file(person: Person, file: File[bytes], choice: str) -> str:
    """Keep a shared file for a look, at the home that was chosen or the only one."""
    home = _home(person, choice)
    upload = keep_upload(home, file, name=file.name or "", by=person)
    return reverse("energy:upload", args=[upload.pk])


def _home(person: Person, choice: str) -> Premises:
    homes = list(Premises.objects.visible_to(person).order_by("pk"))
    if not homes:
        raise PremisesRefused(_("Please add your home first, then share the file."))
    chosen = [home for home in homes if str(home.pk) == choice]
    if chosen or len(homes) == 1:
        return (chosen or homes)[0]
    options = [{"value": str(home.pk), "words": home.name} for home in homes]
    raise ChooseHome(_("Which home is this file of?"), options=options)


public_pages(r"/energy/how/")
shell_pages(READING)
shortcut(
    "reading", gettext_lazy("Enter a reading"), url=READING, icon="gauge", order=20
)
takes(
    "usage-file",
    accept=(
        "text/csv",
        "text/xml",
        "application/xml",
        "application/gzip",
        ".csv",
        ".xml",
        ".gz",
    ),
    receive=receive_file,
)
# A photo of the meter: the number is read off it on the phone, the photo stays there.
takes("photo", accept=("image/*",), page=READING, words=gettext_lazy("Enter a reading"))

"""Who of the city read what others do not see: written down for its author."""

from datetime import timedelta

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.issues.models import Issue
from livinglab.people.models import DataRead, Person
from livinglab.people.services import log_read

# The buttons of a page lead back to it: one look, however many steps it takes.
ONE_LOOK = timedelta(hours=1)
ON_THE_DESK = gettext_lazy("admin site")
ON_ITS_PAGE = gettext_lazy("page of the report")
THROUGH_THE_API = gettext_lazy("the city's own software")


def note_read(issue: Issue, *, by: Person | None, where: str | Promise) -> None:
    """Note that somebody else opened a private or hidden report.

    A guest's has nobody to tell, and a public one is read by everybody.
    """
    author = issue.reporter
    if by is None or issue.is_public or author is None or author.pk == by.pk:
        return
    with translation.override(author.language):
        what = _("Report #%(number)s, not public") % {"number": issue.pk}
        why = str(where)
    lately = DataRead.objects.filter(
        person=author,
        reader=by,
        what=what,
        why=why,
        read_at__gt=timezone.now() - ONE_LOOK,
    )
    if not lately.exists():
        log_read(author, by=by, what=what, why=why)

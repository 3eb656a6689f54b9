"""Who of the city read what others do not see: written down for its author."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.issues.models import Issue
from livinglab.people.models import DataRead, Person
from livinglab.people.services import Look, log_read, log_reads

# The buttons of a page lead back to it: one look, however many steps it takes.
ONE_LOOK = timedelta(hours=1)
AT_ONCE = 500  # people who are told
ON_THE_DESK = gettext_lazy("admin site")
ON_ITS_PAGE = gettext_lazy("page of the report")
IN_A_FILE = gettext_lazy("a file of reports")
THROUGH_THE_API = gettext_lazy("the city's own software")


def note_read(issue: Issue, *, by: Person | None, where: str | Promise) -> None:
    """Note that somebody else opened a private or hidden report.

    A guest's has nobody to tell, and a public one is read by everybody.
    """
    if by is None or issue.is_public or issue.reporter_id == by.pk:
        return
    author = issue.reporter
    if author is None:
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


def note_reads(issues: Iterable[Issue], *, by: Person) -> int:
    """Note who took reports away in a file: a line for each author of private ones.

    Each file is a copy of its own, so each is written down.
    """
    theirs: dict[int, list[int]] = defaultdict(list)
    for issue in issues:
        if issue.reporter_id is not None and not issue.is_public:
            theirs[issue.reporter_id].append(issue.pk)
    authors = sorted(theirs)
    lots = [authors[at : at + AT_ONCE] for at in range(0, len(authors), AT_ONCE)]
    return sum(log_reads(_looks(lot, theirs), by=by) for lot in lots)


def _looks(authors: list[int], theirs: dict[int, list[int]]) -> Iterator[Look]:
    rows = Person.objects.select_related("neighbourhood")
    rows = rows.defer("neighbourhood__polygon")
    for author in rows.in_bulk(authors).values():
        with translation.override(author.language):
            yield Look(author, _named(theirs[author.pk]), str(IN_A_FILE))


def _named(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return _("Report #%(number)s, not public") % {"number": numbers[0]}
    count = len(numbers)
    said = ngettext(
        "%(count)d report, not public", "%(count)d reports, not public", count
    )
    return said % {"count": count}

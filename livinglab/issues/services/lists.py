"""Lists of reports a coordinator comes back to."""

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, TooMany
from livinglab.issues.models import KeptList
from livinglab.people.models import Person

MOST_LISTS = 20


@transaction.atomic
def keep_list(name: str, query: str, *, by: Person) -> KeptList:
    """Keep filters under a name; the same name again means the new ones."""
    if not name.strip():
        raise IssueRefused(_("Please give the list a name."), field="name")
    others = KeptList.objects.filter(person=by).exclude(name=name.strip()[:40])
    if others.count() >= MOST_LISTS:
        raise TooMany(
            _("You keep %(most)d lists. Please let one go first.")
            % {"most": MOST_LISTS}
        )
    kept, _new = KeptList.objects.update_or_create(
        person=by, name=name.strip()[:40], defaults={"query": query[:500]}
    )
    return kept


def let_list_go(pk: int, *, by: Person) -> None:
    """Only one's own lists are found here."""
    KeptList.objects.filter(pk=pk, person=by).delete()

"""Names of what changed, for the pages that are being looked at: hints only."""

from livinglab.issues.models import Change, Issue
from livinglab.kernel.realtime import announce_all

# After these a list shows other reports than before, whether or not this one is public.
MOVES_LISTS = frozenset({Change.What.HIDDEN, Change.What.SHOWN, Change.What.CATEGORY})


def announce_issue(issue_id: int, *, change_id: int | None = None) -> list[str]:
    """Tell whoever looks at the report, or at a list it stands in; the topics told.

    Of what nobody but a few may read, no list hears.
    """
    issue = Issue.objects.filter(pk=issue_id).values_list(
        "is_public", "city__code", "neighbourhood__code"
    )
    found = issue.first()
    if found is None:
        return []
    is_public, city, dong = found
    topics = [f"issue:{issue_id}"]
    if is_public or _moves_lists(change_id):
        topics += [f"issues:{city}", f"issues:{dong}"]
    announce_all(topics, "report")
    return topics


def _moves_lists(change_id: int | None) -> bool:
    if change_id is None:
        return False
    return Change.objects.filter(pk=change_id, what__in=MOVES_LISTS).exists()

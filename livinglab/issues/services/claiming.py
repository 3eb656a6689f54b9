"""A guest's report has a person now: they stand behind it, wherever it goes on."""

from livinglab.issues.models import Follow, Issue
from livinglab.issues.services.following import count_supporters
from livinglab.issues.services.verdicts import plan_late_verdict


def stand_behind(issue: Issue, person_id: int) -> None:
    """Follow one's report and the one it was joined with; be asked what is asked."""
    _follow(issue, person_id, Follow.Why.REPORTED)
    original = issue
    while original.duplicate_of is not None:
        original = original.duplicate_of
    if original.pk != issue.pk:
        is_mine = original.reporter_id == person_id
        why = Follow.Why.REPORTED if is_mine else Follow.Why.MET_IT_TOO
        _follow(original, person_id, why)
    plan_late_verdict(original, person_id)


def _follow(issue: Issue, person_id: int, why: str) -> None:
    """Whatever they followed it for before, the stronger reason counts."""
    follow, is_new = Follow.objects.get_or_create(
        issue=issue, person_id=person_id, defaults={"why": why}
    )
    if not is_new and follow.why != Follow.Why.REPORTED:
        follow.why = why
        follow.save(update_fields=["why"])
    count_supporters(issue)

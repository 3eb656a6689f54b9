"""What follows the events of reporting: hints only, the rows are there already."""

from typing import Any

from django.dispatch import receiver

from livinglab.issues.events import (
    issue_changed,
    issue_reported,
    issue_supported,
    outcome_noted,
    photos_due,
)
from livinglab.issues.models import Change
from livinglab.issues.services.live import announce_issue
from livinglab.issues.tasks import lighten_photos, tell_of_change, tell_of_outcome


@receiver(issue_reported)
def tell_the_reporter(sender: Any, *, issue_id: int, **more: Any) -> None:
    first = Change.objects.filter(issue=issue_id).order_by("pk").first()
    if first is not None:
        tell_of_change.delay(first.pk)


@receiver(issue_changed)
def tell_the_followers(sender: Any, *, change_id: int, **more: Any) -> None:
    tell_of_change.delay(change_id)


@receiver(outcome_noted)
def tell_who_stood_behind_it(sender: Any, *, outcome_id: int, **more: Any) -> None:
    tell_of_outcome.delay(outcome_id)


@receiver(photos_due)
def lighten_them_soon(sender: Any, **more: Any) -> None:
    lighten_photos.delay()


@receiver([issue_reported, issue_supported])
def tell_who_looks_at_lists(sender: Any, *, issue_id: int, **more: Any) -> None:
    announce_issue(issue_id)


@receiver(issue_changed)
def tell_who_looks_at_it(
    sender: Any, *, issue_id: int, change_id: int, **more: Any
) -> None:
    announce_issue(issue_id, change_id=change_id)

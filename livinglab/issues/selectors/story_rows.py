"""The photos and steps of a report, asked for once for everything its page shows."""

from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from livinglab.issues.models import Appeal, Change, Photo
from livinglab.issues.models.photos import taken_by
from livinglab.people.models import Person


def is_at_desk(issue: Any) -> bool:
    """Whether whoever reads the report from `page_of` works on it or evaluates."""
    return bool(getattr(issue, "is_at_my_desk", False))


class Rows:
    """Of a report from `page_of` and its reader; nothing is asked before it is used."""

    def __init__(self, issue: Any, person: Person | None) -> None:
        self.issue = issue
        self.person = person

    @cached_property
    def photos(self) -> list[Photo]:
        """Released ones, those of its author and of its reader; at its desk all."""
        if self.issue.photo_stamp is None:
            return []
        photos = Photo.objects.filter(issue=self.issue).select_related("change")
        if not is_at_desk(self.issue):
            photos = photos.filter(self._seen())
        found = list(photos)
        for photo in found:
            photo.issue = self.issue
        return found

    def _seen(self) -> Q:
        seen = Q(is_public=True)
        for who in {self.issue.reporter_id, self.person and self.person.pk} - {None}:
            seen |= taken_by(who)
        return seen

    @cached_property
    def changes(self) -> list[Change]:
        """Every step, the oldest first; of texts out of sight whether one objected."""
        waiting = Appeal.objects.filter(
            word=OuterRef("pk"), decision=Appeal.Decision.OPEN
        )
        changes = self.issue.changes.select_related("department").order_by("pk")
        return list(changes.annotate(has_objected=Exists(waiting)))

"""A report taken back while others stand behind it goes on without its reporter."""

import uuid
from typing import Any

from django.utils import timezone

from livinglab.issues.models import Change, Follow, Issue
from livinglab.issues.selectors.of_person import photos_by, words_by
from livinglab.issues.services.following import count_supporters
from livinglab.issues.services.indexing import index_words
from livinglab.issues.services.photos import remove_photo
from livinglab.issues.services.steps import Wanted, take_step
from livinglab.issues.states import State
from livinglab.people.models import Person


def is_others_too(issue: Issue) -> bool:
    """Whether somebody else met it, or reported it as well, and may read it."""
    if not (issue.is_open and issue.is_public):
        return False
    met = issue.follows.filter(why=Follow.Why.MET_IT_TOO)
    copies = issue.duplicates.exclude(reporter=issue.reporter_id)
    return met.exclude(person=issue.reporter_id).exists() or copies.exists()


def hand_on(issue: Issue, *, by: Person) -> Change:
    """Take their words, photos and name out of it; kind, place and promise stay.

    Nothing changes for the others, so nobody is told. Call inside a transaction.
    """
    for photo in photos_by(by).filter(issue=issue):
        remove_photo(photo, by=by)
    words_by(by).filter(issue=issue).update(words="", blanked_words="")
    is_waiting = issue.state == State.WAITING  # nobody is left to answer
    wanted = Wanted(
        what=Change.What.STATE,
        state=State.ROUTED if is_waiting else "",
        named=State.WITHDRAWN,
        fields=_nobodys(),
        kept={"told_at": timezone.now()},
        by_city=False,
    )
    change = take_step(issue, wanted, by=by)
    index_words(issue)
    issue.follows.filter(person=by).delete()
    count_supporters(issue)
    return change


def _nobodys() -> dict[str, Any]:
    """Nothing of whoever wrote it, and no key to claim it with."""
    said = {"words": "", "answers": {}, "address": ""}
    whose = {"reporter": None, "guest": None, "key": uuid.uuid4()}
    return said | whose | {"contact_email": "", "contact_phone": ""}

"""What goes when somebody leaves: their name always, their words if they wish."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from livinglab.issues.models import (
    Appeal,
    Change,
    Follow,
    FollowedPlace,
    Issue,
    KeptList,
    Photo,
    Verdict,
)
from livinglab.issues.services.following import count_supporters
from livinglab.issues.services.indexing import forget_words
from livinglab.issues.services.photos import SIZES
from livinglab.kernel.personal_data import Answers, Question
from livinglab.people.models import Person
from livinglab.people.services.files import erase_file_later

WORDS, KEEP, ERASE = "reports", "keep", "erase"


def leaving_questions(person: Person) -> list[Question]:
    """Whether published reports keep their words, without a name."""
    if not Issue.objects.filter(reporter=person, is_public=True).exists():
        return []
    return [
        Question(
            key=WORDS,
            words=_("What happens to the text and photos of your published reports?"),
            options=(
                (KEEP, _("They stay, without any name")),
                (ERASE, _("They are erased; kind, place and outcome stay")),
            ),
            usual=KEEP,
        )
    ]


@transaction.atomic
def erase_person(person: Any, answers: Answers) -> dict[str, int]:
    """Unname reports, erase what only this person saw, and what they followed."""
    mine = Issue.objects.filter(reporter=person)
    emptied = mine if answers.get(WORDS) == ERASE else mine.filter(is_public=False)
    gone = {
        "issues.Issue": mine.count(),
        "issues.Photo": _erase_photos(Photo.objects.filter(issue__in=list(emptied)))
        + _erase_photos(Photo.objects.filter(draft__person=person)),
        "issues.FollowedPlace": FollowedPlace.objects.filter(person=person).count(),
        "issues.Verdict": Verdict.objects.filter(person=person).count(),
        "issues.Appeal": Appeal.objects.filter(by=person).count(),
        "issues.KeptList": KeptList.objects.filter(person=person).count(),
    }
    forget_words(emptied)
    emptied.update(words="", answers={}, address="")
    # Whoever withdrew or wrote to the city did so in their own words.
    for change in _own_changes(person):
        change.words = ""
        change.save(update_fields=["words"])
    # What was taken out of sight nobody needs any more.
    theirs = Change.objects.filter(by=person, by_city=False)
    theirs.exclude(blanked_words="").update(blanked_words="")
    mine.update(reporter=None, guest=None, contact_email="", contact_phone="")
    gone["issues.Follow"] = _unfollow(person)
    gone["issues.Department_members"] = person.departments.count()
    person.departments.clear()
    FollowedPlace.objects.filter(person=person).delete()
    Verdict.objects.filter(person=person).delete()
    Appeal.objects.filter(by=person).delete()
    KeptList.objects.filter(person=person).delete()
    return gone


def _erase_photos(found: QuerySet[Photo]) -> int:
    photos = list(found)
    for photo in photos:
        for size in SIZES:
            erase_file_later(getattr(photo, size).name)
        photo.delete()
    return len(photos)


def _own_changes(person: Person) -> Any:
    from_them = Issue.objects.filter(reporter=person).values("pk")
    return Change.objects.filter(by=person, by_city=False, issue__in=from_them)


def _unfollow(person: Person) -> int:
    follows = Follow.objects.filter(person=person)
    behind = list(Issue.objects.filter(follows__in=follows))
    count = follows.count()
    follows.delete()
    for issue in behind:
        count_supporters(issue)
    return count

"""What goes when somebody leaves: their name always, their words if they wish."""

import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.issues.grid import centre_of, published, square_of
from livinglab.issues.models import (
    Appeal,
    Follow,
    FollowedPlace,
    Issue,
    KeptList,
    Photo,
    Verdict,
)
from livinglab.issues.selectors.of_person import (
    photos_by,
    reports_of,
    words_by,
)
from livinglab.issues.services.following import count_supporters
from livinglab.issues.services.indexing import forget_words
from livinglab.issues.services.live import announce_issue
from livinglab.issues.states import State
from livinglab.kernel.commit import after_commit
from livinglab.kernel.personal_data import Answers, Question, Stays
from livinglab.people.law import Basis, on_record
from livinglab.people.models import Person
from livinglab.people.services.files import erase_file_later

WORDS, KEEP, ERASE = "reports", "keep", "erase"
NAMELESS_REPORTS = on_record(
    Basis(
        code="nameless_reports",
        what=gettext_lazy(
            "Your reports without your name: kind, day, place and what the city did"
        ),
        why=gettext_lazy(
            "The city goes on with what is broken, and others stand behind it. "
            "Text and photos stay only where they were published and you wished so."
        ),
        basis=gettext_lazy("A rule of the programme itself, no duty of law"),
        is_law=False,
        years=None,
    )
)


def leaving_questions(person: Person) -> list[Question]:
    """Whether published reports keep their words, without a name."""
    if not _shown_to_all(reports_of(person)).exists():
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


def what_stays(person: Person, answers: Answers) -> list[Stays]:
    """Reports without their person: the city goes on with what is broken."""
    count = reports_of(person).count()
    return [Stays(NAMELESS_REPORTS.code, count)] if count else []


@transaction.atomic
def erase_person(person: Person, answers: Answers) -> dict[str, int]:
    """Unname reports, erase what only this person saw, and what they followed."""
    mine = list(reports_of(person).values_list("pk", flat=True))
    reports = Issue.objects.filter(pk__in=mine)
    kept = _shown_to_all(reports)
    if answers.get(WORDS) == ERASE:
        kept = kept.none()
    emptied = reports.exclude(pk__in=kept.values("pk"))
    stay = Photo.objects.public().filter(issue__in=kept)
    gone = {
        "issues.Photo": _erase_photos(photos_by(person).exclude(pk__in=stay)),
        "issues.Change.words": _blank_own_words(person),
        "issues.Issue.words": _empty(emptied),
        "issues.Issue.reporter": _unname(reports),
        "issues.Follow": _unfollow(person),
        "issues.Department_members": person.departments.count(),
    }
    person.departments.clear()
    for rows in (
        FollowedPlace.objects.filter(person=person),
        Verdict.objects.filter(person=person),
        Appeal.objects.filter(by=person),
        KeptList.objects.filter(person=person),
    ):
        gone[rows.model._meta.label] = rows.count()
        rows.delete()
    return gone


def _shown_to_all(reports: QuerySet[Issue]) -> QuerySet[Issue]:
    """Published, and not taken back by their author."""
    return reports.filter(is_public=True).exclude(state=State.WITHDRAWN)


def _erase_photos(found: QuerySet[Photo]) -> int:
    photos = list(found)
    for photo in photos:
        for name in photo.stored_names:
            erase_file_later(name)
        photo.delete()
    return len(photos)


def _blank_own_words(person: Person) -> int:
    """What they wrote to the city, or added to a report of others, goes with them."""
    rows = words_by(person)
    touched = list(rows.values_list("issue_id", flat=True).distinct().order_by())
    count = rows.update(words="", blanked_words="")
    # Pages and other software learn by this that a report reads differently.
    Issue.objects.filter(pk__in=touched).update(changed_at=timezone.now())
    for pk in touched:
        after_commit(announce_issue, pk)
    return count


def _empty(reports: QuerySet[Issue]) -> int:
    """Text, answers and address go; the place is told to a few hundred metres."""
    forget_words(reports)
    count = 0
    for issue in reports:
        count += bool(issue.words)
        issue.words, issue.answers, issue.address = "", {}, ""
        if not issue.is_public:
            issue.lon, issue.lat = centre_of(issue.square)
        issue.save(update_fields=["words", "answers", "address", "lon", "lat"])
    return count


def _unname(reports: QuerySet[Issue]) -> int:
    """Nobody's, also for the phone it came from; the place as it was published."""
    count = 0
    for issue in reports:
        issue.key, issue.reporter, issue.guest = uuid.uuid4(), None, None
        issue.contact_email = issue.contact_phone = ""
        if issue.is_public:
            issue.lon, issue.lat = published(issue.lon, issue.lat)
            issue.square = square_of(issue.lon, issue.lat)
        issue.changed_at = timezone.now()
        issue.save(
            update_fields=[
                "key", "reporter", "guest", "contact_email", "contact_phone",
                "lon", "lat", "square", "changed_at",
            ]
        )  # fmt: skip
        after_commit(announce_issue, issue.pk)
        count += 1
    return count


def _unfollow(person: Person) -> int:
    follows = Follow.objects.filter(person=person)
    behind = list(Issue.objects.filter(follows__in=follows))
    count = follows.count()
    follows.delete()
    for issue in behind:
        count_supporters(issue)
    return count

"""Stand behind a report, follow it, follow a place."""

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.issues.errors import StepRefused, TooMany
from livinglab.issues.events import issue_supported
from livinglab.issues.models import Follow, FollowedPlace, Issue
from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood

MOST_REPORTS = 200
MOST_PLACES = 10
FARTHEST_M = 1000


@transaction.atomic
def support_issue(issue: Issue, *, by: Person) -> Issue:
    """ "I met it too": counts once, and follows."""
    require(by, "issues.support_issue", issue)
    if not issue.is_open:
        raise StepRefused(
            _("This report is closed. If it is there again, please report it anew.")
        )
    _follow(issue, by, Follow.Why.MET_IT_TOO)
    count_supporters(issue)
    after_commit(issue_supported.send_robust, Issue, issue_id=issue.pk)
    return issue


@transaction.atomic
def follow_issue(issue: Issue, *, by: Person) -> None:
    """Be told what becomes of it."""
    require(by, "issues.follow_issue", issue)
    _follow(issue, by, Follow.Why.CURIOUS)


def _follow(issue: Issue, person: Person, why: str) -> None:
    """Once a person; having met it counts for more than being curious.

    Whoever reported it stays its reporter, also after hearing no more for a while.
    """
    why = Follow.Why.REPORTED if issue.reporter_id == person.pk else why
    if Follow.objects.filter(person=person).count() >= MOST_REPORTS:
        raise TooMany(
            _("You follow %(most)d reports. Please let some go first.")
            % {"most": MOST_REPORTS}
        )
    follow, is_new = Follow.objects.get_or_create(
        issue=issue, person=person, defaults={"why": why}
    )
    if not is_new and follow.why == Follow.Why.CURIOUS != why:
        follow.why = why
        follow.save(update_fields=["why"])


@transaction.atomic
def unfollow_issue(issue: Issue, *, by: Person) -> None:
    """Hear no more of it; one's own report stays one's own, and one's to reopen."""
    require(by, "issues.unfollow_issue", issue)
    Follow.objects.filter(issue=issue, person=by).delete()
    count_supporters(issue)


def count_supporters(issue: Issue) -> None:
    """Keep the number beside the report: lists never count. Its reporter is none."""
    met = issue.follows.filter(why=Follow.Why.MET_IT_TOO)
    issue.supporters = met.exclude(person=issue.reporter_id).count()
    issue.save(update_fields=["supporters"])


@transaction.atomic
def follow_place(
    name: str,
    *,
    neighbourhood: Neighbourhood | None = None,
    point: tuple[float, float] | None = None,
    radius_m: int = 300,
    by: Person,
) -> FollowedPlace:
    """Be told of new reports in a neighbourhood, or around a point ("my street")."""
    require(by, "issues.follow_place")
    if FollowedPlace.objects.filter(person=by).count() >= MOST_PLACES:
        raise TooMany(
            _("You follow %(most)d places. Please let one go first.")
            % {"most": MOST_PLACES}
        )
    lon, lat = point or (None, None)
    if neighbourhood is not None:
        place, _new = FollowedPlace.objects.get_or_create(
            person=by, neighbourhood=neighbourhood, defaults={"name": name[:40]}
        )
        return place
    return FollowedPlace.objects.create(
        person=by,
        name=name[:40],
        lon=lon,
        lat=lat,
        radius_m=min(max(radius_m, 50), FARTHEST_M),
    )


def unfollow_place(place: FollowedPlace, *, by: Person) -> None:
    """Only one's own places are found here."""
    require(by, "issues.follow_place")
    FollowedPlace.objects.filter(pk=place.pk, person=by).delete()

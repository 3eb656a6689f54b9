"""Who may do what with reports: read it like a table."""

from livinglab.issues.models import (
    Appeal,
    Change,
    Department,
    Issue,
    Photo,
    Verdict,
)
from livinglab.kernel.permissions import rule
from livinglab.people.models import Person
from livinglab.places.models import City


def _works_on(person: Person, issue: Issue) -> bool:
    """A coordinator of the city; one of a department only with its reports.

    Whom a department names for broken promises deals with them as well.
    """
    if not person.coordinates(issue.city_id):
        return False
    of_city = Department.objects.filter(city=issue.city_id)
    theirs = set(of_city.filter(members=person).values_list("pk", flat=True))
    if not theirs or issue.department_id in theirs:
        return True
    return of_city.filter(pk=issue.department_id, escalates_to=person).exists()


@rule("issues.read_issue")
def may_read(person: Person, issue: Issue) -> bool:
    return Issue.objects.visible_to(person).filter(pk=issue.pk).exists()


@rule("issues.report_issue")
def may_report(person: Person, issue: Issue) -> bool:
    """Everybody in their own name; guests come without a person."""
    return issue.reporter_id == person.pk


@rule("issues.enter_report")
def may_enter(person: Person, city: City) -> bool:
    """What somebody reported by phone, in one's own city."""
    return person.coordinates(city.pk)


@rule("issues.claim_issue")
def may_claim(person: Person, issue: Issue) -> bool:
    """What a guest sent is whoever's who holds its key."""
    return issue.reporter_id in (None, person.pk)


@rule("issues.support_issue")
def may_support(person: Person, issue: Issue) -> bool:
    return may_read(person, issue)


@rule("issues.follow_issue")
def may_follow(person: Person, issue: Issue) -> bool:
    return may_read(person, issue)


@rule("issues.unfollow_issue")
def may_unfollow(person: Person, issue: Issue) -> bool:
    """Always: also what was hidden since."""
    return True


@rule("issues.follow_place")
def may_follow_place(person: Person, thing: object) -> bool:
    """Places of one's own, each for oneself."""
    return True


@rule("issues.answer_issue")
def may_answer(person: Person, issue: Issue) -> bool:
    return _works_on(person, issue)


@rule("issues.route_issue")
def may_route(person: Person, issue: Issue) -> bool:
    return _works_on(person, issue)


@rule("issues.merge_issue")
def may_merge(person: Person, issue: Issue) -> bool:
    return _works_on(person, issue)


@rule("issues.hide_issue")
def may_hide(person: Person, issue: Issue) -> bool:
    return _works_on(person, issue)


@rule("issues.note_outcome")
def may_note_outcome(person: Person, issue: Issue) -> bool:
    return _works_on(person, issue)


@rule("issues.withdraw_issue")
def may_withdraw(person: Person, issue: Issue) -> bool:
    return issue.reporter_id == person.pk


@rule("issues.reply_to_question")
def may_reply(person: Person, issue: Issue) -> bool:
    return issue.reporter_id == person.pk


@rule("issues.add_own_photos")
def may_add_photos(person: Person, issue: Issue) -> bool:
    return issue.reporter_id == person.pk


@rule("issues.cover_photo")
def may_cover(person: Person, photo: Photo) -> bool:
    """Whoever sent it, and the city; not whose report others added it to."""
    if photo.issue is None:
        return False
    return photo.is_taken_by(person.pk) or _works_on(person, photo.issue)


@rule("issues.remove_photo")
def may_remove(person: Person, photo: Photo) -> bool:
    return may_cover(person, photo)


@rule("issues.add_word")
def may_add_word(person: Person, issue: Issue) -> bool:
    """Who reported it or follows it, as long as they may read it."""
    follows = issue.reporter_id == person.pk or issue.follows.filter(person=person)
    return bool(follows) and may_read(person, issue)


@rule("issues.reopen_issue")
def may_reopen(person: Person, issue: Issue) -> bool:
    """Who reported or met it, and whoever was asked if it is fixed; the city too.

    Also those who wish to hear no more of it.
    """
    if issue.reporter_id == person.pk or _works_on(person, issue):
        return True
    stands_behind = issue.follows.filter(person=person).exclude(why="curious")
    return stands_behind.exists() or issue.verdicts.filter(person=person).exists()


@rule("issues.give_verdict")
def may_give_verdict(person: Person, verdict: Verdict) -> bool:
    return verdict.person_id == person.pk


@rule("issues.appeal_hiding")
def may_appeal(person: Person, issue: Issue) -> bool:
    return issue.reporter_id == person.pk


@rule("issues.appeal_blanking")
def may_appeal_blanking(person: Person, word: Change) -> bool:
    """Whoever wrote the text."""
    return not word.by_city and word.by_id == person.pk


@rule("issues.decide_appeal")
def may_decide(person: Person, appeal: Appeal) -> bool:
    return _works_on(person, appeal.issue)


@rule("issues.edit_catalogue")
def may_edit(person: Person, city: City) -> bool:
    """Kinds of reports, departments, routing rules and answers of one's own city."""
    return person.coordinates(city.pk)

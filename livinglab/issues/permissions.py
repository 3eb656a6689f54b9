"""Who may do what with reports: read it like a table."""

from livinglab.issues.models import Appeal, Department, Issue, Verdict
from livinglab.kernel.permissions import rule
from livinglab.people.models import Person
from livinglab.places.models import City


def _works_on(person: Person, issue: Issue) -> bool:
    """A coordinator of the city; one of a department only with its reports."""
    if not person.coordinates(issue.city_id):
        return False
    theirs = set(
        Department.objects.filter(city=issue.city_id, members=person).values_list(
            "pk", flat=True
        )
    )
    return not theirs or issue.department_id in theirs


@rule("issues.read_issue")
def may_read(person: Person, issue: Issue) -> bool:
    return Issue.objects.visible_to(person).filter(pk=issue.pk).exists()


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


@rule("issues.add_word")
def may_add_word(person: Person, issue: Issue) -> bool:
    """Who reported it or follows it, as long as they may read it."""
    follows = issue.reporter_id == person.pk or issue.follows.filter(person=person)
    return bool(follows) and may_read(person, issue)


@rule("issues.reopen_issue")
def may_reopen(person: Person, issue: Issue) -> bool:
    """Who reported or met it; the city too."""
    stands_behind = issue.follows.filter(person=person).exclude(why="curious")
    return _works_on(person, issue) or stands_behind.exists()


@rule("issues.give_verdict")
def may_give_verdict(person: Person, verdict: Verdict) -> bool:
    return verdict.person_id == person.pk


@rule("issues.appeal_hiding")
def may_appeal(person: Person, issue: Issue) -> bool:
    return issue.reporter_id == person.pk


@rule("issues.decide_appeal")
def may_decide(person: Person, appeal: Appeal) -> bool:
    return _works_on(person, appeal.issue)


@rule("issues.edit_catalogue")
def may_edit(person: Person, city: City) -> bool:
    """Kinds of reports, departments, routing rules and answers of one's own city."""
    return person.coordinates(city.pk)

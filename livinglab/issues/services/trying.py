"""Try a routing rule on past reports before it counts; nothing is changed."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from livinglab.issues.models import Department, Issue, RoutingRule
from livinglab.issues.models.scope import seen_by_staff
from livinglab.issues.routing import Routed, Rule, department_of
from livinglab.issues.services.reporting import rule_of
from livinglab.kernel.permissions import require
from livinglab.people.models import Person

BACK = timedelta(days=180)
MOST = 1000
SHOWN = 30


@dataclass(frozen=True)
class Moved:
    """A past report that would have gone elsewhere."""

    issue: Issue
    before: Department
    after: Department


@dataclass(frozen=True)
class Trial:
    """What the rule would have done."""

    looked_at: int
    moved: int
    ended_there: int  # of the moved ones, in the end with the rule's department anyway
    examples: list[Moved]


def try_rule(rule: RoutingRule, *, by: Person) -> Trial:
    """Route the city's past reports with and without this rule, new or changed."""
    require(by, "issues.edit_catalogue", rule.city)
    others = list(
        RoutingRule.objects.filter(city=rule.city_id, is_active=True).exclude(
            pk=rule.pk
        )
    )
    without = [rule_of(row) for row in others]
    turn = (rule.position, rule.pk or float("inf"))
    with_it = [
        *(rule_of(row) for row in others if (row.position, row.pk) < turn),
        rule_of(rule),
        *(rule_of(row) for row in others if (row.position, row.pk) >= turn),
    ]
    since = timezone.now() - BACK
    past = Issue.objects.filter(city=rule.city_id, received_at__gt=since)
    issues = list(past.select_related("category", "department")[:MOST])
    shown = set(past.filter(seen_by_staff(by)).values_list("pk", flat=True))
    return _compared(rule, issues, without, with_it, shown=shown)


def _compared(
    rule: RoutingRule,
    issues: list[Issue],
    without: list[Rule],
    with_it: list[Rule],
    *,
    shown: set[int],
) -> Trial:
    """All are counted; examples are of one's own desk alone."""
    named = {row.pk: row for row in Department.objects.filter(city=rule.city_id)}
    moved = []
    for issue in issues:
        report = _as_routed(issue)
        usual = issue.category.department_id
        before = department_of(report, without, usual)
        after = department_of(report, with_it, usual)
        if before != after:
            moved.append(Moved(issue, named[before], named[after]))
    return Trial(
        looked_at=len(issues),
        moved=len(moved),
        ended_there=sum(one.issue.department_id == one.after.pk for one in moved),
        examples=[one for one in moved if one.issue.pk in shown][:SHOWN],
    )


def _as_routed(issue: Issue) -> Routed:
    return Routed(
        category=issue.category_id,
        neighbourhood=issue.neighbourhood_id,
        words=issue.words,
        hour=timezone.localtime(issue.received_at).hour,
    )

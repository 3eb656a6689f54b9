"""Whoever calls again: their reports, found by the number or address they left.

Only among the reports one deals with: whoever evaluates never learns who called.
"""

import re

from django.db.models import Q, QuerySet

from livinglab.issues.models import Issue
from livinglab.issues.models.scope import seen_by_staff, worked_on_by
from livinglab.people.models import Person

NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{6,18}")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# As Korean numbers are written in groups: mobile, Seoul, other places, short ones.
GROUPS = ((3, 4, 4), (2, 4, 4), (3, 3, 4), (2, 3, 4), (4, 4))
MOST = 50


def called_from(
    issues: QuerySet[Issue], asked: str, *, by: Person
) -> QuerySet[Issue] | None:
    """Those whose reporter left this number or address; None if it is neither."""
    asked = asked.strip()
    if ADDRESS.fullmatch(asked):
        left = Q(contact_email__iexact=asked)
    elif asked.startswith(("0", "+")) and NUMBER.fullmatch(asked):
        left = Q(contact_phone__in=ways_to_write(asked))
    else:
        return None
    return issues.filter(worked_on_by(by)).filter(left)


def ways_to_write(number: str) -> list[str]:
    """The number as it was typed, bare, and in each usual grouping."""
    bare = re.sub(r"[^0-9+]", "", number)
    found = {number, bare}
    for groups in GROUPS:
        if sum(groups) == len(bare):
            found |= {sign.join(_cut(bare, groups)) for sign in ("-", " ")}
    return sorted(found)


def _cut(bare: str, groups: tuple[int, ...]) -> list[str]:
    pieces = []
    for length in groups:
        pieces.append(bare[:length])
        bare = bare[length:]
    return pieces


def others_of_reporter(issue: Issue, *, by: Person) -> list[Issue]:
    """Other reports of whoever sent this one, the newest first, as far as one reads.

    An account is known by itself; a guest by the number or address they left.
    """
    same = contact = Q(pk__in=[])
    if issue.reporter_id:
        same |= Q(reporter=issue.reporter_id)
    if issue.contact_phone:
        contact |= Q(contact_phone__in=ways_to_write(issue.contact_phone))
    if issue.contact_email:
        contact |= Q(contact_email__iexact=issue.contact_email)
    theirs = same & seen_by_staff(by) | contact & worked_on_by(by)
    rows = Issue.objects.filter(theirs, city=issue.city_id)
    rows = rows.exclude(pk=issue.pk).select_related("category").order_by("-pk")
    return list(rows[:MOST])

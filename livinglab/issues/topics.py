"""Who may hear that a report, or the reports of a place, changed."""

from typing import Any

from livinglab.issues.models import Issue
from livinglab.kernel.numbers import number_said
from livinglab.kernel.realtime import topic
from livinglab.people.models import Person


@topic("issue", area="issues")
def readers_hear_of_a_report(person: Any, key: str) -> bool:
    """`issue:17`: whoever may read it now."""
    reader = person if isinstance(person, Person) else None
    return Issue.objects.visible_to(reader).filter(pk=number_said(key) or 0).exists()


@topic("issues", is_public=True)
def everybody_hears_of_public_reports(person: Any, key: str) -> bool:
    """`issues:siheung`, `issues:4139059100`: the lists of a city and a dong."""
    return True

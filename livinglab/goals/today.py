"""What waits for a coordinator about goals."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.goals.models import Goal
from livinglab.kernel.dashboard import TodayCard, todays_work


@todays_work
def goals_without_measurement(person: Any) -> list[TodayCard]:
    if not person.operates and not person.coordinated_city_ids:
        return []
    goals = Goal.objects.filter(measurements=None)
    if not person.operates:
        goals = goals.filter(city__in=person.coordinated_city_ids)
    return [
        TodayCard(
            title=_("Goals without a measurement"),
            count=goals.count(),
            url=reverse("admin:goals_goal_changelist") + "?measured=no",
            note=_("A goal nobody measured says nothing to residents."),
        )
    ]

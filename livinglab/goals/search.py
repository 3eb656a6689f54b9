"""What of goals can be found."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from livinglab.goals.models import Goal
from livinglab.kernel.search import Hit, searched
from livinglab.kernel.spelling import Words


@searched("goals", _("Goals of the programme"), order=20)
def goals(words: Words, person: Any) -> list[Hit]:
    """By name, code, city or what stands on the sheet."""
    found = ((goal, _fit(words, goal)) for goal in Goal.objects.select_related("city"))
    return [_hit(goal, fit) for goal, fit in found if fit is not None]


def _fit(words: Words, goal: Goal) -> int | None:
    city = goal.city
    around = (city.name_ko, city.name_en)
    return words.fit(goal.name_ko, goal.name_en, goal.code, around=around)


def _hit(goal: Goal, fit: int) -> Hit:
    note = f"{goal.city.name} · {goal.get_kind_display()}"
    return Hit(goal.name, reverse("goals:goal", args=[goal.code]), note, "target", fit)

"""Who may do what with goals. Reading is open to everybody."""

from livinglab.goals.models import Goal
from livinglab.kernel.permissions import rule
from livinglab.people.models import Person


@rule("goals.change_goal")
def may_change(person: Person, goal: Goal) -> bool:
    return person.coordinates(goal.city_id)


@rule("goals.record_measurement")
def may_record(person: Person, goal: Goal) -> bool:
    return person.coordinates(goal.city_id)

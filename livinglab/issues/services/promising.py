"""Who would get a report, and by when: said before anything is sent."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from livinglab.issues.models import Department
from livinglab.issues.services.reporting import Said, department_for
from livinglab.issues.work_days import after_work_days
from livinglab.places.models import Neighbourhood


@dataclass(frozen=True)
class Promise:
    """What the city promises for a report, if it were sent now."""

    department: Department
    answer_on: date
    due_on: date
    is_public: bool


def promise_for(said: Said, place: Neighbourhood) -> Promise:
    """The same department and days the report gets when it is sent."""
    now = timezone.now()
    today = timezone.localdate(now)
    category = said.category
    return Promise(
        department=department_for(said, place, now),
        answer_on=after_work_days(today, category.answer_days),
        due_on=after_work_days(today, category.close_days),
        is_public=category.is_public,
    )

"""Everything the database knows of reports."""

from livinglab.issues.models.counted import ServiceCount
from livinglab.issues.models.departments import (
    Category,
    Department,
    Question,
    RoutingRule,
)
from livinglab.issues.models.desk import Appeal, KeptList
from livinglab.issues.models.following import Follow, FollowedPlace
from livinglab.issues.models.grams import Gram
from livinglab.issues.models.history import AnswerTemplate, Change, Note, Verdict
from livinglab.issues.models.issues import Issue
from livinglab.issues.models.learned import Learned
from livinglab.issues.models.outcomes import Outcome
from livinglab.issues.models.photos import Photo
from livinglab.issues.models.reminders import Reminder

__all__ = [
    "AnswerTemplate",
    "Appeal",
    "Category",
    "Change",
    "Department",
    "Follow",
    "FollowedPlace",
    "Gram",
    "Issue",
    "KeptList",
    "Learned",
    "Note",
    "Outcome",
    "Photo",
    "Question",
    "Reminder",
    "RoutingRule",
    "ServiceCount",
    "Verdict",
]

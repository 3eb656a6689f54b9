"""Everything the database knows of reports."""

from livinglab.issues.models.departments import (
    Category,
    Department,
    Question,
    RoutingRule,
)
from livinglab.issues.models.following import Follow, FollowedPlace
from livinglab.issues.models.history import AnswerTemplate, Change, Note, Verdict
from livinglab.issues.models.issues import Issue
from livinglab.issues.models.photos import Photo

__all__ = [
    "AnswerTemplate",
    "Category",
    "Change",
    "Department",
    "Follow",
    "FollowedPlace",
    "Issue",
    "Note",
    "Photo",
    "Question",
    "RoutingRule",
    "Verdict",
]

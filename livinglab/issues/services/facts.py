"""What every notice of a report says of it."""

from typing import Any

from livinglab.issues.models import Issue

MOST_WORDS = 300


def about_issue(issue: Issue) -> str:
    """What all notices of a report are about, so that they can be taken back."""
    return f"issue:{issue.pk}"


def facts_of(issue: Issue) -> dict[str, Any]:
    """What every notice of a report says of it, in both languages."""
    category, department = issue.category, issue.department
    return {
        "issue": issue.pk,
        "category": [category.name_ko, category.name_en],
        "department": [department.name_ko, department.name_en],
    }

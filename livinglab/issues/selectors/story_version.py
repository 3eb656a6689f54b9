"""Where the data stand behind a report's page."""

from collections.abc import Hashable

from livinglab.kernel.stamps import stamps

_PAGE = """
SELECT i.version, i.changed_at, i.supporters, i.is_public, i.state, i.duplicate_of_id,
i.words, k.changed_at, d.name_ko, d.name_en, n.name_ko,
(SELECT t.is_public FROM issues_issue t WHERE t.id = i.duplicate_of_id),
(SELECT SUM(p.id) FROM issues_photo p WHERE p.issue_id = i.id),
(SELECT SUM(p.id + p.covered * 1000) FROM issues_photo p
 WHERE p.issue_id = i.id AND p.is_public),
(SELECT COUNT(*) FROM issues_outcome o WHERE o.issue_id = i.id)
FROM issues_issue i
JOIN issues_category k ON k.id = i.category_id
JOIN issues_department d ON d.id = i.department_id
JOIN places_neighbourhood n ON n.id = i.neighbourhood_id
WHERE i.id = %s
"""


def issue_version(pk: int) -> Hashable:
    """Another answer whenever the page of a report says something else."""
    return stamps(_PAGE, pk)

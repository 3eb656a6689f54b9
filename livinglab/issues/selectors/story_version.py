"""Where the data stand behind a report's page."""

from collections.abc import Hashable
from typing import Any

from django.utils import timezone

from livinglab.issues.models import Appeal
from livinglab.issues.selectors.story import page_of
from livinglab.issues.selectors.unsent import kind_of
from livinglab.kernel.kept_parts import is_back, kept
from livinglab.kernel.stamps import stamps
from livinglab.people.models import Person

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


# Everything `page_of` reads for a resident; another row whenever any of it changed.
_RESIDENT = """
SELECT i.*, k.changed_at, d.*, n.name_ko, n.name_en, n.code, c.name_ko, c.name_en,
c.code, t.state, t.is_public, t.category_id, y.changed_at,
(SELECT SUM(p.id + p.covered * 1000 + CASE WHEN p.is_public THEN p.id * 7 ELSE 0 END)
 FROM issues_photo p WHERE p.issue_id = i.id),
(SELECT COUNT(*) FROM issues_outcome o WHERE o.issue_id = i.id),
(SELECT f.why FROM issues_follow f WHERE f.issue_id = i.id AND f.person_id = %s),
(SELECT MAX(v.id) FROM issues_verdict v JOIN issues_change e ON e.id = v.closing_id
 WHERE v.issue_id = i.id AND v.person_id = %s AND v.answer = '' AND v.ask_at <= %s
 AND e.at = i.closed_at),
(SELECT MAX(a.id) FROM issues_appeal a WHERE a.issue_id = i.id AND a.word_id IS NULL
 AND a.by_id = %s AND a.decision = %s),
(SELECT MAX(b.id) FROM issues_change b WHERE b.issue_id = i.id AND b.by_id = %s
 AND b.blanked_why <> ''),
(SELECT MAX(u.id) FROM people_draft u WHERE u.person_id = %s AND u.kind LIKE %s
 AND u.expires_at > %s)
FROM issues_issue i
JOIN issues_category k ON k.id = i.category_id
JOIN issues_department d ON d.id = i.department_id
JOIN places_neighbourhood n ON n.id = i.neighbourhood_id
JOIN places_city c ON c.id = i.city_id
LEFT JOIN issues_issue t ON t.id = i.duplicate_of_id
LEFT JOIN issues_category y ON y.id = t.category_id
WHERE i.id = %s
"""


def page_for(pk: int, person: Person | None) -> Any:
    """What `page_of` finds, or None; of a resident who comes back the one kept.

    A report stands as long as the light question answers alike; whoever works for a
    city is asked about anew each time, as their duties may change.
    """

    def find() -> Any:
        return page_of(pk, person).first()

    if person is None or person.coordinated_city_ids or person.evaluated_city_ids:
        return find()
    if not is_back(("page of a report", pk, person.pk)):
        return find()
    me, now, unsent = person.pk, timezone.now(), f"{kind_of(pk)}%"
    is_open = Appeal.Decision.OPEN.value
    rows = stamps(_RESIDENT, me, me, now, me, is_open, me, me, unsent, now, pk)
    return kept(("page of a report", me, rows), find) if rows else None

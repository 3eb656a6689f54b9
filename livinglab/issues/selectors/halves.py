"""Reports somebody began and did not send, to go on with or to let go."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from livinglab.issues.models.departments import in_the_readers_language
from livinglab.issues.selectors.cards import Picture, excerpt, picture
from livinglab.issues.words import age_in_words
from livinglab.kernel.stamps import Row, moment_of, stamps
from livinglab.people.models import Draft, Person

KIND = "report"
# The first of what came under `category`: each database says it in a way of its own.
_CATEGORY = {
    "sqlite": "JSON_EXTRACT(d.words, '$.category[0]')",
    "postgresql": "d.words #>> '{category,0}'",
}
_HALVES = """
SELECT d.key, CAST(d.words AS varchar), d.updated_at,
(SELECT COUNT(*) FROM issues_photo a WHERE a.draft_id = d.id),
k.name_ko, k.name_en, p.key, p.width, p.height, p.alt
FROM people_draft d
LEFT JOIN issues_category k ON k.id = (
  SELECT MIN(c.id) FROM issues_category c WHERE c.code = {category})
LEFT JOIN issues_photo p ON p.id = (
  SELECT f.id FROM issues_photo f WHERE f.draft_id = d.id
  ORDER BY f.position, f.id LIMIT 1)
WHERE d.person_id = %s AND d.kind = %s AND d.expires_at > %s
ORDER BY d.updated_at DESC, d.id DESC
"""


@dataclass(frozen=True)
class Half:
    """What is shown of one: its kind and words as far as they were chosen."""

    key: UUID
    title: str
    words: str
    age: str
    photo: Picture | None
    photos: int


def half_written(person: Person) -> tuple[Row, ...]:
    """The newest first, as the database has them: one question however many."""
    sql = _HALVES.replace("{category}", _CATEGORY[connection.vendor])
    return stamps(sql, person.pk, KIND, timezone.now())


def half(row: Row) -> Half:
    """A row in the reader's words; cities word the same kind alike, or nearly so."""
    key, written, updated_at, photos, korean, english, *photo = row
    words = json.loads(written)
    return Half(
        key=UUID(str(key)),
        title=in_the_readers_language(korean, english) if korean else "",
        words=excerpt(_first(words, "words") or _first(words, "address")),
        age=age_in_words(moment_of(updated_at)),
        photo=_picture(*photo) if photo[0] else None,
        photos=photos,
    )


def _picture(key: object, width: int, height: int, alt: str) -> Picture:
    return picture(UUID(str(key)), width, height, alt, "thumb")


def said(draft: Draft, name: str) -> str:
    """A field of the form, kept as the list of what came under its name."""
    return _first(draft.words, name)


def _first(words: dict[str, Any], name: str) -> str:
    kept = words.get(name)
    first = kept[0] if isinstance(kept, list) and kept else kept or ""
    return str(first)

"""Which reports say these words: photos and their files, whose. Run on the lab's data.

python -m tests.journeys.reports_with "움푹 파인 길"
"""

import json
import sys

import django

django.setup()

from django.core.files.storage import default_storage  # noqa: E402

from livinglab.issues.models import Issue  # noqa: E402


def found(words: str) -> list[dict[str, object]]:
    """One line a report."""
    return [
        {
            "id": issue.pk,
            "photos": issue.photos.count(),
            "alts": [photo.alt for photo in issue.photos.all()],
            "files": [
                default_storage.path(name)
                for photo in issue.photos.all()
                for name in photo.stored_names
            ],
            "reporter": str(issue.reporter or ""),
            "supporters": issue.supporters,
            "said": [change.words for change in issue.changes.filter(by_city=False)],
            "kind": issue.category.code,
            "place": issue.neighbourhood.name_ko,
            "place_from": issue.place_from,
        }
        for issue in Issue.objects.filter(words=words).select_related("category")
    ]


if __name__ == "__main__":
    print(json.dumps(found(sys.argv[1])))

"""Keep what the search looks in beside the reports; dropped, it is made again."""

from collections.abc import Iterable

from django.db import transaction

from livinglab.issues.grams import grams_of
from livinglab.issues.models import Gram, Issue

ROWS_AT_ONCE = 2000


@transaction.atomic
def index_words(issue: Issue) -> None:
    """What a report can be found by: its own words, its kind, its place."""
    Gram.objects.filter(issue=issue).delete()
    Gram.objects.bulk_create(_grams(issue), batch_size=ROWS_AT_ONCE)


def forget_words(issues: Iterable[Issue]) -> None:
    """Nothing of these reports can be found by its words any more."""
    Gram.objects.filter(issue__in=[issue.pk for issue in issues]).delete()


def index_everything() -> int:
    """Make all of it again, for instance after kinds were renamed; how many reports."""
    count = 0
    reports = Issue.objects.select_related("category", "neighbourhood")
    for issue in reports.iterator(chunk_size=ROWS_AT_ONCE):
        index_words(issue)
        count += 1
    return count


def _grams(issue: Issue) -> list[Gram]:
    kind, place = issue.category, issue.neighbourhood
    texts = (
        issue.words,
        issue.address,
        kind.name_ko,
        kind.name_en,
        place.name_ko,
        place.name_en,
    )
    return [Gram(pair=pair, issue=issue) for pair in sorted(grams_of(texts))]

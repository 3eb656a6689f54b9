"""Which reports say these words? Asked of the pairs of letters kept beside them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from livinglab.issues.grams import pair_number, words_of
from livinglab.issues.models import Category, Gram, Issue
from livinglab.issues.selectors.listing import LEFT_OUT
from livinglab.kernel.stamps import stamps
from livinglab.places.models import Neighbourhood

MOST = 30
MOST_PAIRS = 6
FEW = 1000
_COLUMNS = (
    "issue_id",
    "issue__state",
    "issue__received_at",
    Substr("issue__words", 1, 120),
    "issue__category__name_ko",
    "issue__category__name_en",
    "issue__category__group",
    "issue__neighbourhood__name_ko",
    "issue__neighbourhood__name_en",
)
# Beyond a thousand a pair is common, and how common no longer matters.
_COUNT = """(SELECT COUNT(*) FROM (
SELECT 1 FROM issues_gram WHERE pair = %s LIMIT 1000) known)"""


def issues_saying(words: str, *, most: int = MOST) -> list[Issue]:
    """The newest public reports in which every pair of the words stands."""
    pairs = _asked(words)
    if not pairs:
        return []
    counts = _counts(pairs)
    if not all(counts.values()):
        return []
    rarest, *others = sorted(pairs, key=lambda pair: counts[pair])
    return _with_all(rarest, others, most)


def those_saying(issues: QuerySet[Issue], words: str) -> QuerySet[Issue]:
    """Those of the reports in which every pair of the words stands.

    All of them if nothing was asked. Of a letter alone, which is no pair, the words
    themselves are read.
    """
    if not words.strip():
        return issues
    pairs = _asked(words)
    if not pairs:
        letters = words_of(words)
        said = Q(*(Q(words__icontains=letter) for letter in letters))
        return issues.filter(said) if letters else issues.none()
    counts = _counts(pairs)
    rarest, *others = sorted(pairs, key=lambda pair: counts[pair])
    found = _grams(rarest, others).values_list("issue_id", flat=True)
    few = list(found[: FEW + 1])
    if len(few) <= FEW:
        return issues.filter(pk__in=few)
    for pair in pairs:  # so many that a page of them is soon found along the reports
        there = Gram.objects.filter(pair=pair, issue_id=OuterRef("pk"))
        issues = issues.filter(Exists(there))
    return issues


def _asked(words: str) -> list[int]:
    """The pairs to look for: spread over what was typed, each once."""
    pairs = [
        pair_number(one, other)
        for word in words_of(words)
        for one, other in zip(word, word[1:], strict=False)
    ]
    once = list(dict.fromkeys(pairs))
    step = max(len(once) // MOST_PAIRS, 1)
    return once[::step][:MOST_PAIRS]


def _counts(pairs: Sequence[int]) -> dict[int, int]:
    """In how many reports each stands, counted no farther than it matters."""
    asked = ", ".join(_COUNT for _pair in pairs)
    (row,) = stamps(f"SELECT {asked}", *pairs)  # noqa: S608  our own words only
    return dict(zip(pairs, row, strict=True))


def _with_all(rarest: int, others: Sequence[int], most: int) -> list[Issue]:
    """Newest first along the rarest pair, the others looked up report by report."""
    found = _grams(rarest, others)
    shown = found.filter(issue__is_public=True).exclude(issue__state__in=LEFT_OUT)
    rows = shown.order_by("-issue_id").values_list(*_COLUMNS)
    return [_issue(row) for row in rows[:most]]


def _grams(rarest: int, others: Sequence[int]) -> QuerySet[Gram]:
    """Of each report in which all of them stand, its row of the rarest."""
    found = Gram.objects.filter(pair=rarest)
    for pair in others:
        there = Gram.objects.filter(pair=pair, issue_id=OuterRef("issue_id"))
        found = found.filter(Exists(there))
    return found


def _issue(row: tuple[Any, ...]) -> Issue:
    """As much of a report as a list of hits says."""
    pk, state, received_at, words, kind_ko, kind_en, group, dong_ko, dong_en = row
    return Issue(
        pk=pk,
        state=state,
        received_at=received_at,
        words=words,
        category=Category(name_ko=kind_ko, name_en=kind_en, group=group),
        neighbourhood=Neighbourhood(name_ko=dong_ko, name_en=dong_en),
    )

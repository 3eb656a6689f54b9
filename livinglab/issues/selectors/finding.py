"""Which reports say these words? Asked of the pairs of letters kept beside them."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from livinglab.issues.grams import pair_number, words_of
from livinglab.issues.models import Gram, Issue
from livinglab.issues.selectors.listing import LEFT_OUT, for_cards

MOST = 50
MOST_PAIRS = 6
# Beyond this a pair is common, and how common no longer matters.
COUNTED = 1000


def issues_saying(words: str, *, most: int = MOST) -> list[Issue]:
    """The newest public reports in which every pair of the words stands."""
    pairs = _asked(words)
    if not pairs:
        return []
    counts = {pair: _count(pair) for pair in pairs}
    if not all(counts.values()):
        return []
    rarest, *others = sorted(pairs, key=lambda pair: counts[pair])[:MOST_PAIRS]
    ids = _with_all(rarest, others, most)
    found = for_cards(Issue.objects.public()).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


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


def _count(pair: int) -> int:
    """In how many reports it stands, counted no farther than it matters."""
    return len(Gram.objects.filter(pair=pair).values_list("pk")[:COUNTED])


def _with_all(rarest: int, others: Sequence[int], most: int) -> list[int]:
    found = Gram.objects.filter(pair=rarest, issue__is_public=True)
    for pair in others:
        there = Gram.objects.filter(pair=pair, issue=OuterRef("issue"))
        found = found.filter(Exists(there))
    found = found.exclude(issue__state__in=LEFT_OUT).order_by("-issue")
    return list(found.values_list("issue_id", flat=True)[:most])

"""How alike two texts are, and which kind of report a text sounds like.

Pure. Korean needs no dictionary for it: pairs of neighbouring characters carry enough
of a short sentence, whatever its endings and spacing.
"""

import unicodedata
from collections.abc import Iterable, Mapping

MIN_PAIRS = 3


def pairs(words: str) -> frozenset[str]:
    """Neighbouring letters and digits, in one case, without what lies between."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    kept = "".join(letter for letter in plain if letter.isalnum())
    return frozenset(kept[at : at + 2] for at in range(len(kept) - 1))


def alikeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient of two sets of pairs: 0 nothing in common, 1 the same.

    Texts too short to say anything are alike in nothing.
    """
    if min(len(one), len(other)) < MIN_PAIRS:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def by_keywords(
    words: str, synonyms: Mapping[int, Iterable[str]], *, most: int = 3
) -> list[int]:
    """Keys whose synonyms stand in the text, the best first.

    A longer word says more than a shorter one; several say more than one.
    """
    plain = unicodedata.normalize("NFKC", words).casefold()
    scores = {
        key: sum(len(word) for word in named if word.casefold() in plain)
        for key, named in synonyms.items()
    }
    found = [key for key, score in scores.items() if score]
    return sorted(found, key=lambda key: -scores[key])[:most]

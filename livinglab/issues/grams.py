"""Texts as pairs of neighbouring letters, each pair one number.

Pure. A pair never reaches over a space: what is written apart is looked for apart.
"""

import unicodedata
from collections.abc import Iterable

MOST_LETTERS = 2000  # of one report: what follows is no more than repetition
_BITS = 21  # of one letter in Unicode


def pair_number(one: str, other: str) -> int:
    """Two letters as one number."""
    return (ord(one) << _BITS) | ord(other)


def grams_of(texts: Iterable[str]) -> set[int]:
    """Every pair in the words of some texts."""
    found: set[int] = set()
    for text in texts:
        for word in words_of(text[:MOST_LETTERS]):
            found.update(map(pair_number, word, word[1:]))
    return found


def words_of(text: str) -> list[str]:
    """Its words in one case and one way of writing, marks left out."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(x if x.isalnum() else " " for x in plain).split()

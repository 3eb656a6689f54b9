"""The features of a text: runs of two to four characters, whatever the language.

Korean glues endings to its words and is typed with and without spaces: characters in
a row carry what a dictionary would, without one.
"""

import unicodedata
from collections import Counter

SHORTEST, LONGEST = 2, 4
MOST_LETTERS = 600  # what comes later says little of the kind


def grams(words: str) -> list[str]:
    """Every run of characters of each word, with its ends marked."""
    plain = unicodedata.normalize("NFKC", words[:MOST_LETTERS]).casefold()
    kept = "".join(letter if letter.isalnum() else " " for letter in plain)
    return [
        word[at : at + length]
        for word in (f" {part} " for part in kept.split())
        for length in range(SHORTEST, LONGEST + 1)
        for at in range(len(word) - length + 1)
    ]


def counted(words: str) -> Counter[str]:
    """How often each run stands in the text."""
    return Counter(grams(words))

"""Do these words mean that name? Korean as it is typed, English as it was spelt. Pure.

Three ways to mean 정왕1동: its letters (정왕1), its first consonants (ㅈㅇ, also half
typed: 저, 정ㅇ), and its English name in the old spelling (Chongwang for Jeongwang).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
FIRST, LAST = 0xAC00, 0xD7A3
A_VOWEL, AN_INITIAL = 28, 28 * 21
LEAST_LATIN = 3
LONGEST = 60
BEGINS, STANDS_IN, BESIDE, SOUNDS_ALIKE = range(4)
SEPARATORS = re.compile(r"[\s.,·‧ㆍ・\-_()/]+")
# 정왕제1동 was the official way to write 정왕1동; 대구시 is 대구광역시.
OLD_FORMS = [
    (re.compile(r"제(?=\d)"), ""),
    (re.compile("(광역|직할|특별자치)시"), "시"),
]
# The spelling of 2000 and the one before it, folded into one.
ROMAN = [
    (re.compile(pattern), folded)
    for pattern, folded in (
        ("sh(?=i)", "s"),
        ("eo", "o"),
        ("eu|oo", "u"),
        ("ae", "e"),
        ("ee", "i"),
        ("ch|j", "j"),
        ("[kg]+", "g"),
        ("[td]+", "d"),
        ("[pb]+", "b"),
        ("[rl]+", "l"),
    )
]


def plain(text: str) -> str:
    """Small letters without spaces, dots and marks; old official forms as today."""
    small = unicodedata.normalize("NFC", text).casefold()
    for old, new in OLD_FORMS:
        small = old.sub(new, small)
    return SEPARATORS.sub("", small)


def romanised(text: str) -> str:
    """English spellings of a Korean name that sound alike come out the same."""
    letters = unicodedata.normalize("NFD", plain(text))
    bare = "".join(x for x in letters if not unicodedata.combining(x) and x != "'")
    for pattern, folded in ROMAN:
        bare = pattern.sub(folded, bare)
    return bare


def _sounds(letter: str) -> str:
    """The pattern of all letters that this one may still become."""
    if letter in INITIALS:
        start = FIRST + INITIALS.index(letter) * AN_INITIAL
        return f"[{letter}{chr(start)}-{chr(start + AN_INITIAL - 1)}]"
    number = ord(letter)
    if FIRST <= number <= LAST and (number - FIRST) % A_VOWEL == 0:
        return f"[{letter}-{chr(number + A_VOWEL - 1)}]"
    return re.escape(letter)


@dataclass(frozen=True)
class Words:
    """What somebody typed into the search."""

    text: str

    @classmethod
    def of(cls, typed: str) -> "Words":
        """Trimmed, and never longer than a name can be."""
        return cls(" ".join(typed.replace("\0", "").split())[:LONGEST])

    def __bool__(self) -> bool:
        return bool(self._parts)

    @cached_property
    def _parts(self) -> list[str]:
        return [part for part in (plain(word) for word in self.text.split()) if part]

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [re.compile("".join(map(_sounds, part))) for part in self._parts]

    @cached_property
    def _is_initials(self) -> bool:
        """Only first consonants: they fit nearly any text, so they must begin words."""
        return all(letter in INITIALS for part in self._parts for letter in part)

    def _begin_words(self, name: str) -> bool:
        words = [plain(word) for word in SEPARATORS.split(name)]
        starts = ["".join(words[n:]) for n in range(len(words))]
        return all(any(p.match(s) for s in starts) for p in self._patterns)

    @cached_property
    def _sound(self) -> str:
        """Nothing where a guess would fit anything: Korean, or under three letters."""
        sound = romanised(self.text)
        return sound if sound.isascii() and len(sound) >= LEAST_LATIN else ""

    def fit(self, *names: str, around: Iterable[str] = ()) -> int | None:
        """How well: 0 begins a name, 1 stands in one, 2 only beside, 3 sounds alike.

        Every word must be found in one of the thing's own names or in one of those
        around it (its city, its district); nothing where one is not.
        """
        own, beside = ([plain(x) for x in some if x] for some in (names, around))
        if not self or not own:
            return None
        if self._is_initials:
            begins = any(self._begin_words(name) for name in names)
            return BEGINS if begins else None
        if all(_stands(pattern, [*own, *beside]) for pattern in self._patterns):
            return min((_closeness(p, own) for p in self._patterns), default=None)
        sound = self._sound
        alike = sound and any(sound in romanised(x) for x in [*own, *beside])
        return SOUNDS_ALIKE if alike else None


def _stands(pattern: re.Pattern[str], names: Iterable[str]) -> bool:
    return any(pattern.search(name) for name in names)


def _closeness(pattern: re.Pattern[str], names: Iterable[str]) -> int:
    if any(pattern.match(name) for name in names):
        return BEGINS
    return STANDS_IN if _stands(pattern, names) else BESIDE

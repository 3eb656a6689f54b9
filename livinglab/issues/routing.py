"""Which department gets a report: the first rule that fits, else its category's.

Pure, so that a rule can be tried on past reports before it counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Conditions of one rule; an empty one fits everything."""

    department: int
    category: int | None = None
    neighbourhood: int | None = None
    words: Sequence[str] = ()
    hours: tuple[int, int] | None = None

    def fits(self, report: "Routed") -> bool:
        """Whether every condition holds for the report."""
        return (
            self.category in (None, report.category)
            and self.neighbourhood in (None, report.neighbourhood)
            and self._names_a_word(report.words)
            and self._covers(report.hour)
        )

    def _names_a_word(self, words: str) -> bool:
        said = words.casefold()
        return not self.words or any(word.casefold() in said for word in self.words)

    def _covers(self, hour: int) -> bool:
        """Hours from 22 to 6 reach over midnight."""
        if self.hours is None:
            return True
        first, end = self.hours
        return first <= hour < end if first < end else hour >= first or hour < end


@dataclass(frozen=True)
class Routed:
    """What a rule may look at; the hour is that of Asia/Seoul."""

    category: int
    neighbourhood: int
    words: str
    hour: int


def department_of(report: Routed, rules: Iterable[Rule], usual: int) -> int:
    """The department of the first rule that fits, else the usual one."""
    return next((rule.department for rule in rules if rule.fits(report)), usual)

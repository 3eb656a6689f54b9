"""Rows of a list however long, in its order, with only a few of them at hand."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

AT_ONCE = 500
NUMBERS_AT_ONCE = 5000


@dataclass(frozen=True)
class LongList:
    """Its numbers are read first, eight bytes each; then the rows, a few at a time.

    Whatever comes or goes while somebody slow takes the rows away, none is met twice,
    and no question to the database stays open meanwhile.
    """

    rows: Any
    numbers: "array[int]"
    left_out: int = 0

    @classmethod
    def of(cls, rows: Any) -> "LongList":
        plain = rows.prefetch_related(None)
        numbers = plain.values_list("pk", flat=True)
        return cls(plain, array("q", numbers.iterator(chunk_size=NUMBERS_AT_ONCE)))

    def first(self, most: int) -> "LongList":
        """As many as there is room for; it knows how many are left out."""
        left_out = max(len(self.numbers) - most, 0)
        return LongList(self.rows, self.numbers[:most], left_out)

    def portions(self) -> Iterator[list[Any]]:
        """The rows in their order; what went meanwhile is missing."""
        for start in range(0, len(self.numbers), AT_ONCE):
            numbers = self.numbers[start : start + AT_ONCE]
            found = self.rows.in_bulk(list(numbers))
            yield [found[number] for number in numbers if number in found]

"""`make bench`: every row a ratio against a named peer or bound, in the same run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `ratio` is ours to the peer; `bound` is what it must reach (or stay under,
    when `at_most`). A row without a ratio says in `note` why it was not measured.
    """

    name: str
    ours: str
    peer: str
    ratio: float | None
    bound: float | None
    at_most: bool = False
    note: str = ""

    @property
    def holds(self) -> bool | None:
        if self.ratio is None or self.bound is None:
            return None
        return self.ratio <= self.bound if self.at_most else self.ratio >= self.bound

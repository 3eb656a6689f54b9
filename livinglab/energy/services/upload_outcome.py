"""What became of a file's readings, counted and as messages to keep beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from livinglab.energy.readers.understood import Understood
from livinglab.energy.services.usage import Stored

Message = dict[str, Any]


def message(code: str, **facts: object) -> Message:
    """A code and its facts; `reader_words.message` finds the words."""
    return {"code": code, "facts": facts}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of all readings of a file: those that changed rows, and those that did not."""

    new: int
    same: int
    replaced: int
    outranked: int
    overlapped: int

    @classmethod
    def of(cls, stored: Sequence[Stored], understood: Understood) -> Outcome:
        new = sum(one.new + one.replaced for one in stored)
        return cls(
            new=new,
            same=sum(one.same + one.outranked for one in stored)
            + understood.duplicates,
            replaced=sum(one.replaced for one in stored),
            outranked=sum(one.outranked for one in stored),
            overlapped=sum(one.overlapped for one in stored),
        )

    def messages(self, rows_read: int) -> list[Message]:
        if not self.new:
            return [message("nothing_new")]
        said = [message("imported", readings=rows_read, new=self.new, same=self.same)]
        for code in ("replaced", "outranked", "overlapped"):
            count = getattr(self, code)
            said += [message(code, count=count)] if count else []
        return said

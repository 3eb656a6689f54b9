"""How reporting says no."""

from collections.abc import Sequence
from typing import Any

from livinglab.kernel.errors import Invalid, Refused
from livinglab.people.errors import AlreadyReceived


class IssueRefused(Invalid):
    """Something of the report is missing or cannot be; `facts` name the field."""

    code = "issue_refused"


class OutsideTheCity(Invalid):
    """The place lies in no city that takes part."""

    code = "outside_the_city"


class KnownAlready(Refused):
    """Reports that may be the same thing: the person decides, nothing is lost."""

    code = "known_already"

    def __init__(self, sentence: str, known: Sequence[Any]) -> None:
        super().__init__(sentence, question="known")
        self.known = known


class ArrivedAlready(AlreadyReceived):
    """The key sent another report before, this one; nothing of the new one is kept."""

    def __init__(self, sentence: str, issue: Any) -> None:
        super().__init__(sentence)
        self.issue = issue


class TooMany(Refused):
    """More than anybody needs in so short a time."""

    status = 429
    code = "too_many"


class StepRefused(Refused):
    """The report is not in a state from which this can follow."""

    code = "step_refused"


class ChangedMeanwhile(Refused):
    """Somebody else was faster; nothing was overwritten."""

    code = "changed_meanwhile"

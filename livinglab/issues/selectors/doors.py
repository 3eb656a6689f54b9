"""What somebody can do on a report's page: it spares useless buttons, no more."""

from dataclasses import dataclass
from typing import Any

from livinglab.issues.models import Follow
from livinglab.issues.states import State, following
from livinglab.kernel.acting import acting_of
from livinglab.people.models import Person


@dataclass(frozen=True)
class Doors:
    """Which acts the page offers; each service asks again."""

    is_mine: bool = False
    is_oneself: bool = True  # no helper in somebody's place
    is_near: bool = False  # sees what is not published
    follows: bool = False
    can_support: bool = False
    can_add: bool = False
    can_reply: bool = False
    can_withdraw: bool = False
    can_reopen: bool = False
    can_object: bool = False
    has_objected: bool = False
    question: int | None = None
    asks_again: bool = False  # four weeks later

    @property
    def forms(self) -> set[str]:
        """The forms with words that the page shows, by their names."""
        shown = {
            "word": self.can_add,
            "reply": self.can_reply,
            "withdraw": self.can_withdraw,
            "reopen": self.can_reopen,
            "object": self.can_object,
            "fixed": self.question is not None,
        }
        return {form for form, is_shown in shown.items() if is_shown}


def is_near(issue: Any, person: Person) -> bool:
    """Whoever wrote it, and at whose desk it is; `issue` came from `page_of`."""
    return issue.reporter_id == person.pk or bool(issue.is_at_my_desk)


def doors_of(issue: Any, person: Person | None) -> Doors:
    """The acts open to a person on a report that came from `page_of`."""
    if person is None:
        return Doors(can_support=issue.is_open)
    why = issue.my_why or ""
    is_mine = issue.reporter_id == person.pk
    is_oneself = acting_of(person) is None  # what a helper may not do is not offered
    stands_behind = is_mine or why in (Follow.Why.REPORTED, Follow.Why.MET_IT_TOO)
    return Doors(
        is_mine=is_mine,
        is_oneself=is_oneself,
        is_near=is_near(issue, person),
        follows=bool(why),
        can_support=issue.is_open and not is_mine and why != Follow.Why.MET_IT_TOO,
        can_add=(is_mine or bool(why)) and issue.state != State.WITHDRAWN,
        can_reply=is_mine and issue.state == State.WAITING,
        can_withdraw=is_oneself
        and is_mine
        and State.WITHDRAWN in following(State(issue.state)),
        can_reopen=stands_behind and issue.may_come_back and not issue.my_question,
        can_object=is_oneself
        and is_mine
        and bool(issue.hidden)
        and not issue.has_objected,
        has_objected=bool(issue.has_objected),
        question=issue.my_question,
        asks_again=issue.my_round == 2,
    )

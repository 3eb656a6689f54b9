"""The same request again does nothing again: its first answer is given once more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.people.errors import AlreadyReceived
from livinglab.people.models import KeptAnswer, Person

# A phone may lie in a drawer for a while before it asks again.
KEPT = timedelta(days=60)

Act = Callable[[], tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a body that JSON can hold, and whether it was given before."""

    status: int
    body: Any
    is_repeated: bool


@transaction.atomic
def keep_answer_once(person: Person, *, key: str, digest: str, act: Act) -> Answer:
    """Run `act` unless this key was answered before; then give that answer again.

    Two at once: the second waits at the unique row until the first is through. When
    `act` refuses, nothing stays and the key may be used again.
    """
    row, is_new = KeptAnswer.objects.get_or_create(
        person=person,
        key=key,
        defaults={"digest": digest, "expires_at": timezone.now() + KEPT},
    )
    if not is_new:
        return _again(row, digest)
    row.status, row.body = act()
    row.save(update_fields=["status", "body"])
    return Answer(row.status, row.body, is_repeated=False)


def _again(row: KeptAnswer, digest: str) -> Answer:
    if row.digest != digest:
        raise AlreadyReceived(
            _("This has arrived already, as it was first written. Correct it there."),
            answer=row.body,
        )
    return Answer(row.status, row.body, is_repeated=True)


def forget_old_answers() -> int:
    """Drop what nobody will ask for again; how many went."""
    return KeptAnswer.objects.filter(expires_at__lt=timezone.now()).delete()[0]

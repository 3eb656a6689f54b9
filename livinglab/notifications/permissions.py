"""Who may do what with notices: one's own, nobody else's."""

from livinglab.kernel.permissions import rule
from livinglab.notifications.models import Notice
from livinglab.people.models import Person


@rule("notifications.read_notice")
def may_read(person: Person, notice: Notice) -> bool:
    return notice.person_id == person.pk


@rule("notifications.read_all")
def may_read_all(person: Person, whose: Person) -> bool:
    return person.pk == whose.pk

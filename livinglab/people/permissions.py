"""Who may do what with people."""

from livinglab.kernel.permissions import rule
from livinglab.people.models import Helping, Person


@rule("people.settle_own_affairs")
def may_settle(person: Person, whose: Person) -> bool:
    """Consents, downloads, leaving, helpers: one's own, and never by a helper.

    No area of help can hold a rule of people, so whoever acts for somebody is refused.
    """
    return person.pk == whose.pk


@rule("people.end_help")
def may_end_help(person: Person, helping: Helping) -> bool:
    """Either of the two, at once."""
    return person.pk in (helping.person_id, helping.helper_id)


@rule("people.give_role")
def may_give_role(person: Person, thing: object) -> bool:
    return person.operates

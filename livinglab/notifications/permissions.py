"""Who may do what with notices: one's own; staff may only send them on their way."""

from livinglab.kernel.permissions import rule
from livinglab.notifications.models import Delivery, Notice
from livinglab.people.models import Person


@rule("notifications.read_notice")
def may_read(person: Person, notice: Notice) -> bool:
    return notice.person_id == person.pk


@rule("notifications.read_all")
def may_read_all(person: Person, whose: Person) -> bool:
    return person.pk == whose.pk


@rule("notifications.retry_delivery")
def may_retry(person: Person, delivery: Delivery) -> bool:
    """Operators; coordinators for the people of their own city."""
    place = delivery.person.neighbourhood
    return person.operates or (
        place is not None and place.city_id in person.coordinated_city_ids
    )

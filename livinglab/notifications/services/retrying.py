"""The verb of staff: put a message that could not be sent back on its way."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.notifications.errors import CannotBeRetried
from livinglab.notifications.events import notices_due
from livinglab.notifications.models import Delivery, Notice
from livinglab.people.models import Person


@transaction.atomic
def retry_delivery(delivery: Delivery, *, by: Person) -> Delivery:
    """Let a failed message leave once more, with the same key and all its tries.

    What may have been sent stays as it is: nobody is told twice.
    """
    require(by, "notifications.retry_delivery", delivery)
    failed = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.FAILED)
    if not failed.update(
        state=Delivery.State.DUE,
        reason=Delivery.Reason.NONE,
        next_try_at=timezone.now(),
        tries=0,
        attempts=0,
        claimed_until=None,
    ):
        raise CannotBeRetried(
            _("Only a message that could not be sent can be tried again.")
        )
    after_commit(notices_due.send_robust, Notice)
    delivery.refresh_from_db()
    return delivery

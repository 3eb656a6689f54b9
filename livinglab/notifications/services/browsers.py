"""Verbs of the browsers that agreed to push messages."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from livinglab.notifications.channels.push import (
    can_be_encrypted_for,
    is_known_service,
)
from livinglab.notifications.errors import SubscriptionRefused
from livinglab.notifications.models import PushSubscription
from livinglab.people.models import Person

LONGEST_ENDPOINT, LONGEST_USER_AGENT = 600, 240
MOST_BROWSERS = 10


@dataclass(frozen=True)
class Address:
    """Where a browser's push service takes messages, and the keys to write them."""

    endpoint: str
    p256dh: str
    auth: str


@transaction.atomic
def subscribe(
    person: Person, address: Address, *, user_agent: str = "", session_key: str = ""
) -> PushSubscription:
    """Keep a browser that agreed to push messages; it belongs to who is signed in."""
    _refuse_unusable(address)
    subscription, _new = PushSubscription.objects.update_or_create(
        endpoint_digest=digest(address.endpoint),
        defaults={
            "person": person,
            "endpoint": address.endpoint,
            "p256dh": address.p256dh,
            "auth": address.auth,
            "user_agent": user_agent[:LONGEST_USER_AGENT],
            "session_digest": session_key and digest(session_key),
        },
    )
    rows = PushSubscription.objects.filter(person=person)
    kept = list(rows.values_list("pk", flat=True)[:MOST_BROWSERS])
    rows.exclude(pk__in=kept).delete()
    return subscription


@transaction.atomic
def renew(old_endpoint: str, old_auth: str, new: Address) -> PushSubscription:
    """The browser changed its address by itself, perhaps while nobody was signed in.

    Who knows the old address and its secret is the browser it was given to.
    """
    _refuse_unusable(new)
    rows = PushSubscription.objects.select_for_update()
    known = rows.filter(endpoint_digest=digest(old_endpoint)).first()
    if known is None or not constant_time_compare(known.auth, old_auth):
        raise SubscriptionRefused(
            _("This browser's old push address is not known here.")
        )
    PushSubscription.objects.filter(endpoint_digest=digest(new.endpoint)).exclude(
        pk=known.pk
    ).delete()
    known.endpoint, known.endpoint_digest = new.endpoint, digest(new.endpoint)
    known.p256dh, known.auth = new.p256dh, new.auth
    known.save(
        update_fields=["endpoint", "endpoint_digest", "p256dh", "auth", "updated_at"]
    )
    return known


def _refuse_unusable(address: Address) -> None:
    endpoint = address.endpoint
    known = len(endpoint) <= LONGEST_ENDPOINT and is_known_service(endpoint)
    if not known or not can_be_encrypted_for(address.p256dh, address.auth):
        raise SubscriptionRefused(
            _("This browser's push address cannot be used. Nothing was stored.")
        )


def unsubscribe(person: Person, *, endpoint: str) -> None:
    """Forget a browser of this person."""
    PushSubscription.objects.filter(
        person=person, endpoint_digest=digest(endpoint)
    ).delete()


def forget_browser(subscription: PushSubscription, *, by: Person) -> None:
    """Forget one of one's own browsers, from whichever browser one sits at."""
    PushSubscription.objects.filter(pk=subscription.pk, person=by).delete()


def forget_browsers(person: Person) -> None:
    """Forget every browser of this person."""
    PushSubscription.objects.filter(person=person).delete()


def forget_browsers_of_session(session_key: str) -> int:
    """Somebody signed out there, or the phone is lost: nothing goes there any more."""
    rows = PushSubscription.objects.filter(session_digest=digest(session_key))
    return rows.delete()[0]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

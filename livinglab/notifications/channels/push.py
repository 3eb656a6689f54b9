"""Web push: encrypted for the browser, signed by this server (RFC 8030, 8291, 8292)."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Collection
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pywebpush import WebPushException, webpush
from urllib3.exceptions import MaxRetryError

from livinglab.notifications.channels import vapid
from livinglab.notifications.channels.parcel import (
    Fate,
    Outcome,
    Parcel,
    outcome_of_status,
)
from livinglab.notifications.kinds import Urgency
from livinglab.notifications.models import Notice, PushSubscription

TIMEOUT_S = 10
KEPT_S = {Urgency.SAFETY: 6 * 3600, Urgency.ACTION: 72 * 3600, Urgency.NEWS: 72 * 3600}
DEAD = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
# A push service takes 4 KB, and a phone shows less.
LONGEST_TITLE, LONGEST_BODY = 80, 300
LOOPBACK = {"127.0.0.1", "localhost"}
UNCOMPRESSED, SECRET_BYTES = b"\x04", 16
# The first of these that any browser gave is what became of the message.
ORDER = (Fate.SENT, Fate.UNKNOWN, Fate.LATER, Fate.REFUSED, Fate.NO_ADDRESS)


def is_offered() -> bool:
    return vapid.has_key()


def reaches(person_ids: Collection[int]) -> set[int]:
    """Of these people, those with a browser that agreed."""
    rows = PushSubscription.objects.filter(person__in=person_ids)
    return set(rows.values_list("person_id", flat=True))


def is_known_service(endpoint: str) -> bool:
    """Only the browsers' own push services: an endpoint comes from outside."""
    try:
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
        odd_port = parts.port not in {None, 443}
    except ValueError:
        return False
    if host in LOOPBACK:
        return host in settings.PUSH_HOSTS
    known = any(
        host == name or (name.startswith(".") and host.endswith(name))
        for name in settings.PUSH_HOSTS
    )
    return known and parts.scheme == "https" and not odd_port and not parts.username


def can_be_encrypted_for(p256dh: str, auth: str) -> bool:
    """Whether a message can be written for these keys: a point of P-256, a secret."""
    try:
        point = _decoded(p256dh)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return point[:1] == UNCOMPRESSED and len(_decoded(auth)) == SECRET_BYTES
    except ValueError:
        return False


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def send(parcel: Parcel) -> Outcome:
    """One message to every browser of the person; dead ones are forgotten.

    When some browsers took it and others could not be reached, it counts as sent:
    trying again would tell the former twice.
    """
    subscriptions = PushSubscription.objects.filter(person=parcel.person)
    content = json.dumps(_content(parcel), ensure_ascii=False)
    outcomes = [_send_one(row, parcel, content) for row in subscriptions]
    for fate in ORDER:
        for outcome in outcomes:
            if outcome.fate == fate:
                return outcome
    return Outcome(Fate.NO_ADDRESS)


def _send_one(subscription: PushSubscription, parcel: Parcel, content: str) -> Outcome:
    if not is_known_service(subscription.endpoint):
        return Outcome(Fate.NO_ADDRESS)
    if not can_be_encrypted_for(subscription.p256dh, subscription.auth):
        subscription.delete()  # no message will ever reach this browser
        return Outcome(Fate.NO_ADDRESS)
    try:
        with requests.Session() as session:
            session.max_redirects = 0  # an endpoint must not lead us elsewhere
            _post(subscription, parcel, content, session)
    except WebPushException as problem:
        return _refusal(subscription, problem)
    except requests.TooManyRedirects:
        return Outcome(Fate.REFUSED)
    except requests.RequestException as problem:
        return Outcome(Fate.LATER if _never_left(problem) else Fate.UNKNOWN)
    _reached(subscription)
    return Outcome(Fate.SENT)


def _reached(subscription: PushSubscription) -> None:
    rows = PushSubscription.objects.filter(pk=subscription.pk)
    rows.update(reached_at=timezone.now())


def _post(
    subscription: PushSubscription,
    parcel: Parcel,
    content: str,
    session: requests.Session,
) -> None:
    urgency = parcel.messages[0].urgency
    webpush(
        subscription_info={
            "endpoint": subscription.endpoint,
            "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
        },
        data=content,
        vapid_private_key=vapid.private_key(),
        vapid_claims=vapid.claims(),
        ttl=KEPT_S[urgency],
        headers={
            "Content-Type": "application/octet-stream",
            "Urgency": "high" if urgency == Urgency.SAFETY else "normal",
            "Topic": parcel.key.hex,
        },
        timeout=TIMEOUT_S,
        requests_session=session,
    )


def _content(parcel: Parcel) -> dict[str, Any]:
    """What the service worker shows; without words for who wants them in the app."""
    message = parcel.messages[0]
    title, body, page = message.title, message.body, message.url
    tag = message.about or message.kind
    if parcel.hides_words:
        title, body = _("Something new for you"), _("It waits for you in the app.")
        page, tag = reverse("notifications:inbox"), "hidden"
    return {
        "title": Truncator(title).chars(LONGEST_TITLE),
        "body": Truncator(body).chars(LONGEST_BODY),
        "url": reverse("notifications:open", args=[message.notice_id]),
        "page": page,
        "tag": tag,
        "more": _("and %(count)s more"),
        "lang": get_language(),
        "told_at": round(message.told_at.timestamp() * 1000),
        "unread": Notice.objects.visible_to(parcel.person).unread().count(),
        "is_urgent": message.urgency == Urgency.SAFETY,
        "actions": [
            {"action": "open", "title": _("Open")},
            {"action": "read", "title": _("Mark as read")},
        ],
    }


def _refusal(subscription: PushSubscription, problem: WebPushException) -> Outcome:
    status = problem.status_code
    if status in DEAD:
        subscription.delete()
        return Outcome(Fate.NO_ADDRESS)
    if status is None:  # keys that nothing can be encrypted for
        return Outcome(Fate.REFUSED)
    return outcome_of_status(status, problem.retry_after)


def _never_left(problem: requests.RequestException) -> bool:
    """Whether no connection came about, so that nothing can have been taken."""
    if isinstance(problem, requests.ConnectTimeout):
        return True
    cause = problem.args[0] if problem.args else None
    return isinstance(problem, requests.ConnectionError) and isinstance(
        cause, MaxRetryError
    )

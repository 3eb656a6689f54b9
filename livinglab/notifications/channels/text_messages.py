"""SMS and 알림톡 through one adapter: an HTTP gateway, or the console.

The gateway's shape is that of the Korean providers: one JSON message a call, signed
with HMAC-SHA256 over date and salt; 알림톡 is the same call with the channel's profile
and the approved template of the kind, and falls back to SMS there. Where a provider
honours `Idempotency-Key`, say so in SMS_GATEWAY_IDEMPOTENT: only then may a message
whose fate is unknown be handed over again.
"""

import hashlib
import hmac
import json
import secrets
import sys
import urllib.error
import urllib.request
from collections.abc import Collection
from dataclasses import replace
from http.client import HTTPException
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.notifications.channels.parcel import (
    Fate,
    Message,
    Outcome,
    Parcel,
    outcome_of_status,
)
from livinglab.notifications.models import MobileNumber

TIMEOUT_S = 10


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET that sends nothing and looks well."""

    def redirect_request(self, *arguments: Any, **more: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Stay)


def is_offered() -> bool:
    return settings.SMS_GATEWAY in {"console", "http"}


def repeats_safely() -> bool:
    return bool(settings.SMS_GATEWAY_IDEMPOTENT)


def reaches(person_ids: Collection[int]) -> set[int]:
    """Of these people, those who confirmed a number."""
    rows = MobileNumber.objects.filter(person__in=person_ids)
    return set(rows.exclude(confirmed_at=None).values_list("person_id", flat=True))


def send(parcel: Parcel) -> Outcome:
    """One text message to the confirmed number."""
    rows = MobileNumber.objects.filter(person=parcel.person)
    mobile = rows.exclude(confirmed_at=None).first()
    if mobile is None:
        return Outcome(Fate.NO_ADDRESS)
    message = parcel.messages[0]
    if parcel.hides_words:
        message = _without_words(message)
    text = _("[Living Lab] %(title)s\n%(link)s") % {
        "title": message.title,
        "link": message.link,
    }
    return send_text(
        mobile.number, text, key=parcel.key.hex, template=_template(message)
    )


def _without_words(message: Message) -> Message:
    return replace(
        message,
        title=_("Something new for you"),
        body=_("It waits for you in the app."),
        url=reverse("notifications:open", args=[message.notice_id]),
    )


def send_text(
    number: str, text: str, *, key: str, template: dict[str, Any] | None = None
) -> Outcome:
    """Hand a text to the gateway that is set; `key` is the same in every try."""
    if settings.SMS_GATEWAY == "console":
        sys.stdout.write(f"SMS {number}: {text}\n")
        return Outcome(Fate.SENT)
    message: dict[str, Any] = {
        "to": number,
        "from": settings.SMS_SENDER,
        "text": text,
        "customFields": {"key": key},
    }
    if template:
        message["kakaoOptions"] = template
    return _post({"message": message}, key)


def _template(message: Message) -> dict[str, Any] | None:
    """The 알림톡 of this kind of notice, where the city had one approved."""
    template = settings.ALIMTALK_TEMPLATES.get(message.kind)
    if not (template and settings.ALIMTALK_PROFILE):
        return None
    return {
        "pfId": settings.ALIMTALK_PROFILE,
        "templateId": template,
        "variables": {
            "#{title}": message.title,
            "#{body}": message.body,
            "#{link}": message.link,
        },
    }


def _post(body: dict[str, Any], key: str) -> Outcome:
    request = urllib.request.Request(  # noqa: S310 - the address is a setting
        settings.SMS_GATEWAY_URL,
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Authorization": _signature(),
            "Idempotency-Key": key,
        },
        method="POST",
    )
    try:
        with _opener.open(request, timeout=TIMEOUT_S) as answer:
            return outcome_of_status(answer.status)
    except urllib.error.HTTPError as refusal:
        retry_after = refusal.headers.get("Retry-After")
        refusal.close()
        return _repeatable(outcome_of_status(refusal.code, retry_after))
    except urllib.error.URLError:
        return Outcome(Fate.LATER)  # raised only before the request was out
    except (OSError, HTTPException):
        return _repeatable(Outcome(Fate.UNKNOWN))


def _repeatable(outcome: Outcome) -> Outcome:
    """With a provider that keeps keys, asking again is the way to find out."""
    if outcome.fate == Fate.UNKNOWN and repeats_safely():
        return Outcome(Fate.LATER)
    return outcome


def _signature() -> str:
    date = timezone.now().isoformat(timespec="milliseconds")
    salt = secrets.token_hex(16)
    digest = hmac.new(
        settings.SMS_GATEWAY_SECRET.encode(), (date + salt).encode(), hashlib.sha256
    ).hexdigest()
    key = settings.SMS_GATEWAY_KEY
    return f"HMAC-SHA256 apiKey={key}, date={date}, salt={salt}, signature={digest}"

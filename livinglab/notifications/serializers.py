"""Shapes at the JSON door."""

from typing import Any

from rest_framework import serializers

from livinglab.notifications.kinds import Urgency


class InboxQuery(serializers.Serializer[dict[str, Any]]):
    before = serializers.IntegerField(
        required=False, min_value=1, help_text="only notices with a smaller id"
    )


class NoticeOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="notice.pk")
    kind = serializers.CharField(source="message.kind")
    urgency = serializers.ChoiceField(Urgency.choices, source="message.urgency")
    title = serializers.CharField(source="message.title")
    body = serializers.CharField(source="message.body")
    url = serializers.CharField(source="message.url")
    about = serializers.CharField(source="notice.about")
    told_at = serializers.DateTimeField(source="notice.created_at")
    read_at = serializers.DateTimeField(source="notice.read_at", allow_null=True)


class InboxOut(serializers.Serializer[dict[str, Any]]):
    unread = serializers.IntegerField()
    next_before = serializers.IntegerField(allow_null=True)
    notices = NoticeOut(many=True)


class UnreadOut(serializers.Serializer[dict[str, Any]]):
    unread = serializers.IntegerField()


class PushKeyOut(serializers.Serializer[dict[str, Any]]):
    key = serializers.CharField(
        allow_null=True, help_text="null: this city sends no push messages"
    )


class PushKeys(serializers.Serializer[dict[str, Any]]):
    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=48)


class SubscriptionIn(serializers.Serializer[dict[str, Any]]):
    """What `PushSubscription.toJSON()` gives."""

    endpoint = serializers.CharField(max_length=600)
    expirationTime = serializers.FloatField(  # noqa: N815 - the browser's name
        required=False, allow_null=True
    )
    keys = PushKeys()


class OldAddress(serializers.Serializer[dict[str, Any]]):
    endpoint = serializers.CharField(max_length=600)
    auth = serializers.CharField(max_length=48)


class RenewalIn(SubscriptionIn):
    """The new subscription, and the proof of having held the old one."""

    old = OldAddress()


class BrowserOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    device = serializers.CharField(
        source="words", help_text="browser and system, in words"
    )
    since = serializers.DateTimeField(source="created_at")
    reached_at = serializers.DateTimeField(allow_null=True)
    digest = serializers.CharField(
        source="endpoint_digest", help_text="SHA-256 of the endpoint, in hexadecimal"
    )


class EndpointIn(serializers.Serializer[dict[str, Any]]):
    endpoint = serializers.CharField(max_length=600)

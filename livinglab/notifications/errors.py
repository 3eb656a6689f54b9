"""Refusals about notices, each a sentence for people."""

from livinglab.kernel.errors import Invalid, Refused


class SubscriptionRefused(Invalid):
    """What the browser gave for push messages cannot be used; nothing was stored."""

    code = "subscription_refused"


class NumberRefused(Invalid):
    """The mobile number or its code cannot be taken."""

    code = "number_refused"


class CannotBeRetried(Refused):
    """The message was sent, may have been sent, or was not to be sent."""

    code = "cannot_be_retried"

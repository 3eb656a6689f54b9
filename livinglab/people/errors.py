"""Refusals about people."""

from livinglab.kernel.errors import Invalid, Refused


class ConsentMissing(Refused):
    """The purpose has no standing consent."""

    code = "consent_missing"


class NotProven(Refused):
    """Signed in, but not sure enough for this; `/me/prove/` asks again."""

    status = 403
    code = "not_proven"


class AlreadyReceived(Invalid):
    """The key was used for something else; `answer` is what that one was told."""

    code = "already_received"


class KeyRefused(Invalid):
    """Not something that names a request."""

    code = "key_refused"


class SomebodyElse(Refused):
    """The entry belongs to a person who is not signed in now."""

    code = "somebody_else"

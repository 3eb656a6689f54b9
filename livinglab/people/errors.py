"""Refusals about people."""

from livinglab.kernel.errors import Refused


class ConsentMissing(Refused):
    """The purpose has no standing consent."""

    code = "consent_missing"


class NotProven(Refused):
    """Signed in, but not sure enough for this; `/me/prove/` asks again."""

    status = 403
    code = "not_proven"

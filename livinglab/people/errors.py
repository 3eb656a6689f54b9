"""Refusals about people."""

from livinglab.kernel.errors import Refused


class ConsentMissing(Refused):
    """The purpose has no standing consent."""

    code = "consent_missing"

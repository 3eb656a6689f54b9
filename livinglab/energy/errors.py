"""Refusals about energy data, each a sentence for people."""

from livinglab.kernel.errors import Invalid, Refused


class UnreadableFile(Invalid):
    """The file cannot be understood; nothing was stored."""

    code = "unreadable_file"


class NotYourPremises(Refused):
    """The verb belongs to the owner of the home."""

    status = 403
    code = "not_your_premises"

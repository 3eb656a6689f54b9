"""Refusals about energy data, each a sentence for people."""

from livinglab.kernel.errors import Invalid, Refused


class UnreadableFile(Invalid):
    """The file cannot be understood; nothing was stored."""

    code = "unreadable_file"


class NotYourPremises(Refused):
    """The verb belongs to the owner of the home."""

    status = 403
    code = "not_your_premises"


class TariffTableRefused(Invalid):
    """A tariff table that cannot be read or does not give its golden bills."""

    code = "tariff_table_refused"


class BillRefused(Invalid):
    """A bill typed by hand that cannot be right; nothing was stored."""

    code = "bill_refused"


class PleaseConfirm(Invalid):
    """Unusual but possible: the same again with a yes is accepted."""

    code = "please_confirm"


class AnswerNeeded(Invalid):
    """A file leaves a question open that only the person can answer."""

    code = "answer_needed"


class AlreadyDecided(Refused):
    """What was waiting for a yes is no longer waiting."""

    code = "already_decided"


class PremisesRefused(Invalid):
    """Something about a home that does not fit; nothing was changed."""

    code = "premises_refused"


class InvitationRefused(Refused):
    """The code is unknown, used or too old; which of these is not told."""

    code = "invitation_refused"

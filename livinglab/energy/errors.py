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


class DeviceRefused(Refused):
    """A device cannot be added."""

    code = "device_refused"


class UsageRefused(Invalid):
    """Intervals a device sent that cannot be taken; nothing was stored."""

    code = "usage_refused"


class ReadingRefused(Invalid):
    """A meter reading that cannot be right; nothing was stored."""

    code = "reading_refused"


class ReadingNeedsAnswer(Invalid):
    """A meter reading that may be right: the person knows; `question` says which."""

    code = "reading_needs_answer"


class RuleRefused(Invalid):
    """A dated rule that cannot be computed with."""

    code = "rule_refused"


class EventRefused(Invalid):
    """What was declared about a home contradicts itself; nothing was stored."""

    code = "event_refused"


class ChooseHome(Refused):
    """A shared file could be of several homes; `options` names them."""

    code = "choose"


class ChooseHome(Refused):
    """A shared file could be of several homes; `options` names them."""

    code = "choose"

"""Refusals about people."""

from livinglab.kernel.errors import Invalid, NotAllowed, Refused


class ConsentMissing(Refused):
    """The purpose has no standing consent."""

    code = "consent_missing"


class NotProven(Refused):
    """Signed in, but not sure enough for this; `/me/prove/` asks again."""

    status = 403
    code = "not_proven"


class WaitsForGuardian(Refused):
    """A child under 14 whose guardian has not agreed yet."""

    status = 403
    code = "waits_for_guardian"


class LetterNotSent(Refused):
    """The mail server cannot be reached; nothing was begun."""

    status = 503
    code = "letter_not_sent"


class NameRefused(Invalid):
    """A name that cannot stand on one line."""

    code = "name_refused"


class NotWithdrawable(Refused):
    """Without this consent there is no account; leaving is another page."""

    code = "not_withdrawable"


class DownloadRefused(Refused):
    """One at a time, and not too often."""

    code = "download_refused"


class LeavingRefused(Refused):
    """Somebody who works here gives back the role first."""

    code = "leaving_refused"


class LeavingNow(Refused):
    """In the days of grace there is one thing to decide: to stay."""

    code = "leaving"
    leads_to = "people:leave"


class NotHandedOver(NotAllowed):
    """A helper met a page or a verb that was not handed over."""

    code = "not_handed_over"


class HelpRefused(Refused):
    """An invitation, a day or an area that cannot be."""

    code = "help_refused"


class AlreadyReceived(Invalid):
    """The key was used for something else; `answer` is what that one was told."""

    code = "already_received"


class KeyRefused(Invalid):
    """Not something that names a request."""

    code = "key_refused"


class SomebodyElse(Refused):
    """The entry belongs to a person who is not signed in now."""

    code = "somebody_else"


class GuardianRefused(Refused):
    """An address or a moment in which no guardian can be asked."""

    code = "guardian_refused"


class LinkIsOver(Refused):
    """A letter's link that was used, or is too old."""

    code = "link_is_over"


class TooMuchKept(Refused):
    """A draft too long, or one too many."""

    code = "too_much_kept"


class SecondFactorMissing(Refused):
    """Who works for a city sets up a passkey or an authenticator app first."""

    status = 403
    code = "second_factor_missing"

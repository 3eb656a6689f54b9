"""Refused: a rule says no, in words for people."""


class Refused(Exception):
    """The sentence in `str()` is shown to the person as it stands."""

    status = 409
    code = "refused"
    leads_to = ""  # the name of a page where it can be put right

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(str(sentence))
        self.facts = facts


class Invalid(Refused):
    """What was sent cannot be understood; nothing was stored."""

    status = 422
    code = "invalid"


class NotAllowed(Refused):
    """The thing may be seen, the verb is somebody else's."""

    status = 403
    code = "not_allowed"

"""Refusals of the pages app."""

from livinglab.kernel.errors import Invalid


class CannotTake(Invalid):
    """No app takes a thing like this."""

    code = "cannot_take"

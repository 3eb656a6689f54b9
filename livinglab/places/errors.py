"""Refusals of the places app."""

from livinglab.kernel.errors import Invalid


class BoundariesRefused(Invalid):
    """The boundary file cannot be taken; nothing was stored."""

    code = "boundaries_refused"

"""Refusals of the goals app."""

from livinglab.kernel.errors import Invalid, Refused


class MeasurementRefused(Invalid):
    """The measurement contradicts itself; nothing was stored."""

    code = "measurement_refused"


class CountedByItself(Refused):
    """The lab counts this goal; a typed value would be overwritten."""

    code = "counted_by_itself"


class NotCountedHere(Refused):
    """Nothing in the lab counts this goal; somebody else measures it."""

    code = "not_counted_here"

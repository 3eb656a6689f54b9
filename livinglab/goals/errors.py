"""Refusals of the goals app."""

from livinglab.kernel.errors import Invalid


class MeasurementRefused(Invalid):
    """The measurement contradicts itself; nothing was stored."""

    code = "measurement_refused"

"""Refusals of the observations app."""

from livinglab.kernel.errors import Invalid


class WeatherRefused(Invalid):
    """The weather file cannot be taken; nothing was stored."""

    code = "weather_refused"

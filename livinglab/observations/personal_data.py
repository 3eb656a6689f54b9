"""Observations hold nothing about a person."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.personal_data import apart

apart(
    _("Public weather: no person stands in it."),
    "observations.Station",
    "observations.DailyWeather",
    "observations.WeatherChange",
    "observations.WeatherFetch",
)

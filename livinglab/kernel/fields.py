"""Fields of the API that refuse in words what they could not keep."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

LONGEST_EMAIL = 254  # as a column of addresses holds it


class Moment(serializers.DateTimeField):
    """A time; one at the edges of the calendar has no place in every zone."""

    default_error_messages = {"overflow": _("This time cannot be. Please check it.")}  # noqa: RUF012

    def to_internal_value(self, value: Any) -> datetime.datetime:
        try:
            found: datetime.datetime = super().to_internal_value(value)
        except OverflowError:
            self.fail("overflow")
        return found


class Email(serializers.EmailField):
    """An address no longer than its column."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_EMAIL, **kwargs)

"""How often one may ask for what costs the house much."""

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from livinglab.kernel.errors import Refused


class TooOften(Refused):
    """Nothing happened; a little later it will."""

    status = 429
    code = "too_often"


def keep_pace(verb: str, who: object) -> None:
    """Count this try; refuse when `settings.PACE[verb]` allows no more of them.

    The count starts with the first try and is forgotten when its time is over, so
    nobody is shut out for longer than that however often they try.
    """
    if not is_within_pace(verb, who):
        raise TooOften(
            _("That was very often in a short time. Please try again in a while.")
        )


def is_within_pace(verb: str, who: object) -> bool:
    """Count this try; whether `settings.PACE[verb]` allows it."""
    most, within_s = settings.PACE[verb]
    key = f"pace:{verb}:{who}"
    cache.add(key, 0, within_s)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # forgotten between the two lines
        return True

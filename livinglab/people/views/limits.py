"""Too often, too quickly: said with when to try again."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.kernel.faults import answer_fault
from livinglab.people.limits import seconds_to_wait


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The answer behind every limit of signing in and up."""
    wait = seconds_to_wait(request)
    answer = answer_fault(request, "too_often", _sentence(wait))
    answer["Retry-After"] = str(wait)
    return answer


def _sentence(wait: int) -> str:
    minutes = -(-wait // 60)
    if minutes <= 1:
        return _("Please try again in a minute. Nothing is lost.")
    return ngettext(
        "Please try again in %(minutes)d minute. Nothing is lost.",
        "Please try again in %(minutes)d minutes. Nothing is lost.",
        minutes,
    ) % {"minutes": minutes}

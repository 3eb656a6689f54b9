"""어떻게 계산했나요: the whole method, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.energy.baseline.bands import CONFIDENCE, LIKELY_RANGE
from livinglab.energy.baseline.sufficiency import (
    LEAST_BILL_MONTHS,
    LEAST_DAYS,
    WINDOW_DAYS,
)
from livinglab.energy.baseline.windows import LEAST_DAYS_WITH_A_GAP


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """Formula, rules, uncertainty and limits, with the numbers the code itself uses."""
    context = {
        "window_days": WINDOW_DAYS,
        "least_days": LEAST_DAYS,
        "gappy_days": LEAST_DAYS_WITH_A_GAP,
        "least_bills": LEAST_BILL_MONTHS,
        "confidence": CONFIDENCE,
        "widened": LIKELY_RANGE,
    }
    return render(request, "energy/how.html", context)

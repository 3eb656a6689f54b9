"""제보 처리 현황: how well a city keeps its promises, for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from livinglab.issues.models import Category
from livinglab.issues.selectors.figures import (
    SPANS,
    Line,
    ServiceLevel,
    service_level,
)
from livinglab.issues.service_level import FEWEST, Share
from livinglab.kernel.numbers import percent, period, plain
from livinglab.kernel.plots import Bar
from livinglab.people.http import visitor_of
from livinglab.places.models import City

USUAL = 90
MOST_BARS = 8


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What `?city=` and `?days=` mean; one's own city and 90 days unless said."""
    with_kinds = Category.objects.values("city")
    cities = list(City.objects.defer("outline").filter(pk__in=with_kinds))
    city = _city(request, cities)
    days = _days(request)
    level = service_level(city, days) if city else None
    context = {
        "city": city,
        "cities": [(one, _address(one, days)) for one in cities],
        "spans": [(span, _span(span), _address(city, span)) for span in SPANS],
        "days": days,
        "level": level,
        "fewest": FEWEST,
        **(_charts(level) if level else {}),
    }
    return render(request, "issues/figures.html", context)


def _city(request: HttpRequest, cities: list[City]) -> City | None:
    code = request.GET.get("city", "")
    if code:
        chosen = [one for one in cities if one.code == code]
        if not chosen:
            raise Http404
        return chosen[0]
    person = visitor_of(request)
    home = person.neighbourhood if person else None
    own = [one for one in cities if home and one.pk == home.city_id]
    return next(iter(own or cities), None)


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, SPANS) else USUAL


def _address(city: City | None, days: int) -> str:
    code = city.code if city else ""
    return f"{reverse('issues:figures')}?city={code}&days={days}"


def _span(days: int) -> str:
    if days == max(SPANS):
        return _("12 months")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _charts(level: ServiceLevel) -> dict[str, Any]:
    return {
        "month_bars": [_bar(line, name=period(line.name)) for line in level.months],
        "category_bars": [_bar(line) for line in level.categories[:MOST_BARS]],
        "place_bars": [_bar(line) for line in level.places[:MOST_BARS]],
    }


def _bar(line: Line, *, name: str = "") -> Bar:
    """The share that was closed by the promised day, and of how many."""
    share = line.figures.closed_in_time
    return Bar(name or line.name, _said(share), share.value)


def _said(share: Share) -> str:
    return f"{percent(share.value)} · {plain(share.of)}"

"""The 에너지 page: one home, one month, six answers."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.energy.models import HomeOutlook, Premises
from livinglab.energy.outlook.tips import SplitWon
from livinglab.energy.selectors.day_chart import DayRow
from livinglab.energy.selectors.home_energy import HomeEnergy, home_energy, homes_of
from livinglab.energy.selectors.home_glance import HomeGlance, glances
from livinglab.energy.selectors.neighbours import Neighbours, neighbours_of
from livinglab.energy.selectors.outlook_facts import (
    Facts,
    neighbours_of_facts,
    outlook_of,
)
from livinglab.energy.words.neighbours import neighbour_card
from livinglab.kernel.http import wants_fragment
from livinglab.kernel.kept_parts import kept_part
from livinglab.kernel.plots import Span, stacked
from livinglab.people.http import visitor_of
from livinglab.people.models import Person


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home chosen by `?home=`, or the person's first; htmx gets the inner part."""
    person = visitor_of(request)
    homes = glances(person) if person else []
    if person is None or not homes:
        return render(request, "energy/welcome.html", {"person": person})
    chosen = _chosen(homes, request.GET.get("home", ""))
    body = kept_part(
        ("home", person.pk, request.get_full_path(), homes),
        partial(_body, request, person, chosen),
    )
    if wants_fragment(request):
        response = HttpResponse(body)
    else:
        response = render(request, "energy/home.html", {"body": body})
    response["Vary"] = "HX-Request"
    return response


def _body(request: HttpRequest, person: Person, seen: HomeGlance) -> str:
    """Everything about one home, gathered and drawn."""
    homes = list(homes_of(person))
    chosen = next((one for one in homes if one.pk == seen.pk), None)
    if chosen is None:
        raise Http404
    month = _month(request.GET.get("month", ""))
    ahead = _stored(chosen, seen)
    energy = home_energy(
        chosen,
        month,
        years=seen.years,
        tariffs=seen.tariffs,
        ahead=outlook_of(ahead) if ahead else None,
    )
    context = {
        "homes": homes,
        "home": chosen,
        "energy": energy,
        "chart": chart_facts(energy.days),
        "outlook": energy.outlook,
        "parts": parts_of(energy.outlook.split),
        "neighbours": neighbour_card(_neighbours(chosen, energy, ahead)),
    }
    return render_to_string("energy/_home_energy.html", context, request)


def _stored(home: Premises, seen: HomeGlance) -> Facts | None:
    """The stored outlook, as long as everything it rests on is what it was."""
    row: HomeOutlook | None = getattr(home, "ahead", None)
    is_true = row and row.stand == seen.outlook_stand(timezone.localdate())
    return row.facts if row and is_true else None


def _neighbours(
    home: Premises, energy: HomeEnergy, ahead: Facts | None
) -> Neighbours | None:
    """The comparison, stored or kept for a while: it reads a thousand homes.

    A new figure of the home, a correction of the home or another month asks again.
    """
    if energy.saving is None:
        return None
    if ahead and ahead["month"] == energy.first_day.isoformat():
        return neighbours_of_facts(ahead, home.neighbourhood.city.name)
    news = energy.saving.computed_at.timestamp(), home.updated_at.timestamp()
    which = f"{home.pk}:{energy.first_day}:{get_language()}"
    key = f"neighbours:{which}:{news[0]}:{news[1]}"
    kept: Neighbours | str | None = cache.get(key)
    if kept is None:
        kept = neighbours_of(home, energy.first_day) or NOBODY
        cache.set(key, kept, NEIGHBOURS_KEPT_S)
    return None if isinstance(kept, str) else kept


def _chosen(homes: list[HomeGlance], wanted: str) -> HomeGlance:
    """The wanted home among the person's own; somebody else's is not found."""
    if not wanted:
        return homes[0]
    for one in homes:
        if str(one.pk) == wanted:
            return one
    raise Http404


def _month(wanted: str) -> date | None:
    """2026-10 → its first day; anything else means the newest."""
    return parse_date(f"{wanted}-01") if len(wanted) == 7 else None


NEIGHBOURS_KEPT_S = 3600
NOBODY = "nobody"
# A part smaller than this in a month is not worth a line.
SHOWN_KWH = 0.5


@dataclass(frozen=True)
class Part:
    """One part of the month's use, ready to be drawn and read."""

    name: str
    icon: str
    words: str
    kwh: float
    won: int
    share: float
    span: Span


def parts_of(found: SplitWon | None) -> list[Part]:
    """Base, heating and cooling of this month as the home's model says."""
    if found is None or found.kwh.total <= 0:
        return []
    kwh = [found.kwh.base, found.kwh.heating, found.kwh.cooling]
    won = [found.base_won, found.heating_won, found.cooling_won]
    named = [
        ("base", "plug-zap", _("Always on and everyday")),
        ("heating", "flame", _("Heating on cold days")),
        ("cooling", "snowflake", _("Cooling on hot days")),
    ]
    return [
        Part(*named[n], kwh[n], won[n], kwh[n] / found.kwh.total, piece)
        for n, piece in enumerate(stacked(kwh))
        if kwh[n] >= SHOWN_KWH
    ]


def chart_facts(rows: list[DayRow]) -> dict[str, Any]:
    """What the day chart draws; the same numbers stand in the table."""
    return {
        "days": [row.day.isoformat() for row in rows],
        "labels": [date_format(row.day, "MONTH_DAY_FORMAT") for row in rows],
        "actual": [row.actual for row in rows],
        "expected": [row.expected for row in rows],
        "low": [row.low for row in rows],
        "high": [row.high for row in rows],
        "lang": get_language() or "ko",
        "words": {
            "day": _("%(day)s: %(actual)s kWh used, %(expected)s kWh expected"),
            "gap": _("%(day)s: no data"),
            "hint": _("Touch a day to read it."),
        },
    }

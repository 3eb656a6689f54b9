"""목표: six indicators, effects of the programme apart from the state of the city."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.goals.board import Standing, standings

CSV_COLUMNS = [
    "code",
    "city",
    "kind",
    "name_ko",
    "name_en",
    "unit",
    "baseline",
    "target",
    "period",
    "value",
    "low",
    "high",
    "units_behind",
    "method",
    "source",
    "computed_at",
]


@require_safe
def goal_list(request: HttpRequest) -> HttpResponse:
    """All goals, in two groups that never share a bar."""
    all_of_them = standings()
    context = {
        "effects": [one for one in all_of_them if one.goal.is_effect],
        "contexts": [one for one in all_of_them if not one.goal.is_effect],
    }
    return render(request, "goals/goal_list.html", context)


@require_safe
def goal(request: HttpRequest, code: str) -> HttpResponse:
    """One goal: how it is measured, every measurement, how not to misread it."""
    found = standings(code=code)
    if not found:
        raise Http404
    return render(request, "goals/goal.html", {"standing": found[0]})


@require_safe
def goals_csv(request: HttpRequest) -> HttpResponse:
    """Every measurement of every goal, for evaluators."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="goals.csv"'
    response.write("\ufeff")  # spreadsheets guess the encoding from it
    rows = csv.writer(response)
    rows.writerow(CSV_COLUMNS)
    for standing in standings():
        rows.writerows(_csv_rows(standing))
    return response


def _csv_rows(standing: Standing) -> list[list[object]]:
    goal = standing.goal
    facts = [
        goal.code,
        goal.city.code,
        goal.kind,
        goal.name_ko,
        goal.name_en,
        goal.unit,
        goal.baseline,
        goal.target,
    ]
    if not standing.history:
        return [[*facts, *[""] * 8]]
    return [
        [
            *facts,
            found.period,
            found.value,
            "" if found.low is None else found.low,
            "" if found.high is None else found.high,
            found.units,
            found.method,
            found.source,
            found.computed_at.isoformat(timespec="seconds"),
        ]
        for found in standing.history
    ]

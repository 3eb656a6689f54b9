"""The coordinators' menu, by their work rather than by table.

A model that stands in no group stands under "More".
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MENU = [
    (
        _("Reports"),
        {
            "issues.Issue": "report",
            "issues.AnswerTemplate": "quickreply",
            "issues.RoutingRule": "alt_route",
            "issues.Category": "category",
            "issues.Question": "quiz",
            "issues.Department": "apartment",
            "issues.Learned": "school",
            "issues.Outcome": "emoji_objects",
        },
    ),
    (
        _("What happened to reports"),
        {
            "issues.Change": "history",
            "issues.Note": "sticky_note_2",
            "issues.Photo": "photo_camera",
            "issues.Verdict": "thumbs_up_down",
            "issues.Appeal": "gavel",
        },
    ),
    (
        _("Other software"),
        {
            "interop.ApiKey": "key",
            "interop.Submission": "input",
            "interop.Jurisdiction": "tag",
        },
    ),
    (
        _("Homes and facilities"),
        {
            "energy.Premises": "home",
            "energy.Upload": "upload_file",
            "energy.Meter": "electric_meter",
            "energy.Bill": "receipt_long",
            "energy.RegisterReading": "pin",
            "energy.DeclaredEvent": "event",
        },
    ),
    (
        _("Savings"),
        {
            "energy.Saving": "savings",
            "energy.Baseline": "show_chart",
            "energy.AreaSaving": "location_city",
            "energy.SavingsDue": "pending_actions",
            "energy.AreaDue": "pending_actions",
        },
    ),
    (
        _("Dated rules"),
        {
            "energy.TariffTable": "request_quote",
            "energy.IncentiveRule": "redeem",
            "energy.Co2Factor": "co2",
            "energy.TipRule": "lightbulb",
        },
    ),
    (
        _("Weather"),
        {
            "observations.Station": "thermostat",
            "observations.DailyWeather": "calendar_month",
            "observations.WeatherFetch": "cloud_download",
        },
    ),
    (
        _("Goals"),
        {
            "goals.Goal": "flag",
            "goals.Measurement": "monitoring",
            "goals.MeasurementDue": "pending_actions",
        },
    ),
    (
        _("Places and people"),
        {
            "places.City": "location_on",
            "places.District": "map",
            "places.Neighbourhood": "holiday_village",
            "people.Person": "person",
            "people.Role": "badge",
            "people.DataRead": "visibility",
            "people.Leaving": "hourglass_top",
            "people.LeavingProof": "verified",
        },
    ),
]


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """What this member of staff may open, grouped by the work it belongs to."""
    models = {
        f"{app['app_label']}.{model['object_name']}": model
        for app in admin.site.get_app_list(request)
        for model in app["models"]
        if _has_rows_for(request.user, model["model"])
    }
    groups: list[dict[str, Any]] = [{"items": [_first_page()]}]
    groups += [
        {"title": title, "items": _items(models, icons)} for title, icons in MENU
    ]
    named = {name for _title, icons in MENU for name in icons}
    rest = {name: "more_horiz" for name in models if name not in named}
    groups.append(
        {
            "title": gettext("More"),
            "collapsible": True,
            "items": _items(models, rest),
        }
    )
    return [group for group in groups if group["items"]]


def _first_page() -> dict[str, Any]:
    return {
        "title": gettext("Today's work"),
        "icon": "today",
        "link": reverse("admin:index"),
    }


def _has_rows_for(person: Any, model: type[Model]) -> bool:
    """Not a city's own tables for who runs the lab: they would stand there empty."""
    table: Any = admin.site.get_model_admin(model)
    cities = (*person.coordinated_city_ids, *person.evaluated_city_ids)
    return bool(cities) or not table.is_personal


def _items(
    models: dict[str, dict[str, Any]], icons: dict[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "title": capfirst(str(models[name]["name"])),
            "icon": icon,
            "link": models[name]["admin_url"],
        }
        for name, icon in icons.items()
        if name in models and models[name]["admin_url"]
    ]

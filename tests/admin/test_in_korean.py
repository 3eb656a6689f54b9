"""At the desk no column, field or table bears the name a programmer gave it."""

import re
from collections.abc import Iterator

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten, label_for_field
from django.db.models import Model
from django.test import RequestFactory
from django.utils import translation

from livinglab.people.models import Person

RAW = re.compile(r"[A-Za-z]{3,}")
UNITS = {"kWh", "CO2", "CSV", "XLSX"}


def is_raw(label: str) -> bool:
    return bool(set(RAW.findall(label)) - UNITS)


def names_of(table: "ModelAdmin[Model]", person: Person) -> Iterator[str]:
    """What its list and, read only, its page show."""
    request = RequestFactory().get("/admin/")
    request.user = person
    yield from table.get_list_display(request)
    yield from flatten(table.get_fields(request, table.model()))


def test_every_table_column_and_field_has_its_korean(coordinator: Person) -> None:
    said = []
    with translation.override("ko"):
        for model, table in admin.site._registry.items():
            names = {"verbose_name", "verbose_name_plural"}
            said += [(model, str(getattr(model._meta, name))) for name in names]
            said += [
                (model, str(label_for_field(name, model, table)))
                for name in names_of(table, coordinator)
            ]
    assert len(said) > 500
    assert not [f"{model._meta.label}: {one}" for model, one in said if is_raw(one)]

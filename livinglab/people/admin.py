"""People, roles, consents and the log of reads: for the operator only.

A coordinator needs none of it: residents are known by their homes, and a home shows
no address, no e-mail and no discount.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from livinglab.kernel.city_admin import CityAdmin, CityInline
from livinglab.people.http import person_of
from livinglab.people.models import Consent, DataRead, Person, Role
from livinglab.people.services import give_role


class RolesOfPerson(CityInline):
    model = Role
    for_operators = True
    fields = ("kind", "city", "given_at")


@admin.register(Person)
class PersonTable(CityAdmin):
    for_operators = True
    list_display = ("email", "name", "language", "is_active", "date_joined")
    list_filter = ("is_active", "language", "roles__kind")
    search_fields = ("email", "name")
    fields = (
        ("email", "name"),
        ("neighbourhood", "language"),
        ("is_active", "is_staff", "is_superuser"),
        ("date_joined", "last_login"),
    )
    inlines = (RolesOfPerson,)


@admin.register(Role)
class RoleTable(CityAdmin):
    for_operators = True
    may_add = may_delete = True
    list_display = ("person", "kind", "city", "given_at")
    list_filter = ("kind", "city")
    list_select_related = ("person", "city")
    autocomplete_fields = ("person",)
    fields = ("person", "kind", "city")

    def save_model(
        self, request: HttpRequest, obj: Role, form: Any, change: bool
    ) -> None:
        role = give_role(obj.person, obj.kind, city=obj.city, by=person_of(request))
        obj.pk = role.pk


@admin.register(Consent)
class ConsentTable(CityAdmin):
    for_operators = True
    list_display = ("person", "purpose", "version", "given_at", "withdrawn_at")
    list_filter = ("purpose", "version")
    list_select_related = ("person",)


@admin.register(DataRead)
class DataReadTable(CityAdmin):
    for_operators = True
    list_display = ("read_at", "person", "reader", "what", "why")
    list_select_related = ("person", "reader")
    date_hierarchy = "read_at"

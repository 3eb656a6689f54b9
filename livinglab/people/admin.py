"""People, roles, consents and the log of reads: for the operator only.

A coordinator needs none of it: residents are known by their homes, and a home shows
no address, no e-mail and no discount. Who leaves is a number and a day.
"""

from datetime import date
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.city_admin import CityAdmin, CityInline
from livinglab.people.http import person_of
from livinglab.people.models import (
    Consent,
    DataRead,
    Leaving,
    LeavingProof,
    LegalText,
    Person,
    Role,
)
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
    list_display = ("read_at", "person", "reader", "reader_as", "what", "why")
    list_select_related = ("person", "reader")
    date_hierarchy = "read_at"


@admin.register(LegalText)
class LegalTextTable(CityAdmin):
    for_operators = True
    list_display = ("title", "kind", "language", "version", "in_force_from")
    list_filter = ("kind", "language")
    fields = ("kind", "version", "language", "in_force_from", "title", "lead")


@admin.register(Leaving)
class LeavingTable(CityAdmin):
    """How many are about to leave one's city, and when; nobody's name."""

    city_path = "person__neighbourhood__city"
    list_display = ("__str__", "asked_on", "erase_on", "attempts")
    fields = ("asked_on", "erase_on", "attempts")
    readonly_fields = fields
    date_hierarchy = "erase_at"

    @admin.display(description=_("asked on"), ordering="asked_at")
    def asked_on(self, row: Leaving) -> date:
        return timezone.localdate(row.asked_at)

    @admin.display(description=_("erased on"), ordering="erase_at")
    def erase_on(self, row: Leaving) -> date:
        return timezone.localdate(row.erase_at)


@admin.register(LeavingProof)
class LeavingProofTable(CityAdmin):
    """Proofs of one's city: days and counts. No proof leads to a person."""

    city_path = "city"
    list_display = ("number", "asked_on", "erased_on", "rows_gone", "keep_until")
    fields = ("number", "asked_on", "erased_on", "rows_gone", "kept_reads_count")
    readonly_fields = fields
    date_hierarchy = "erased_on"

    @admin.display(description=_("rows that went"))
    def rows_gone(self, proof: LeavingProof) -> int:
        return sum(proof.gone.values())

    @admin.display(description=_("kept reads of personal data"))
    def kept_reads_count(self, proof: LeavingProof) -> int:
        return proof.kept_reads.count()

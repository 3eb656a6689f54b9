"""Tariff tables and the other dated rules, added and corrected without a release."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from livinglab.energy.forms.tariffs import (
    Co2FactorForm,
    IncentiveRuleForm,
    TariffTableForm,
    TipRuleForm,
)
from livinglab.energy.models import Co2Factor, IncentiveRule, TariffTable, TipRule
from livinglab.energy.selectors.bills import tariff_name
from livinglab.energy.services.dated_rules import keep_rule
from livinglab.energy.services.tariffs import (
    add_tariff_table,
    correct_tariff_table,
    withdraw_tariff_table,
)
from livinglab.kernel.city_admin import CityAdmin
from livinglab.kernel.errors import Refused
from livinglab.kernel.numbers import number_said
from livinglab.people.http import person_of

LONG_TEXT = {"rows": 18, "spellcheck": "false", "class": "font-mono"}


class DatedAdmin(CityAdmin):
    """Rows with a first day, a source, and the day somebody last looked at it."""

    may_add = may_change = True
    json_fields: tuple[str, ...] = ()
    choice_fields: tuple[str, ...] = ()
    ordering: tuple[str, ...] = ("-valid_from",)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        for name in self.json_fields:
            if name in form.base_fields:
                widget = UnfoldAdminTextareaWidget(attrs=LONG_TEXT)
                form.base_fields[name].widget = widget
        for name in self.choice_fields:
            if name in form.base_fields:
                field = form.base_fields[name]
                field.widget = UnfoldAdminSelectWidget(choices=field.choices)
        return form

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        keep_rule(obj, by=person_of(request))

    @admin.display(description=gettext_lazy("added by"))
    def whose(self, row: Any) -> str:
        return str(row.added_by) if row.added_by else _("shipped")


@admin.register(TariffTable)
class TariffTableTable(DatedAdmin):
    """A new table is begun from an old one and kept only when its bills come out."""

    form = TariffTableForm
    may_delete = True
    json_fields = ("rates", "vectors")
    choice_fields = ("kind",)
    changeable = ("source", "checked_on", "rates", "vectors")
    list_display = ("name", "valid_from", "checked_on", "whose", "begin_from_this")
    list_filter = ("kind",)
    list_select_related = ("added_by",)
    ordering = ("kind", "-valid_from")
    fields = (("kind", "valid_from"), ("source", "checked_on"), "rates", "vectors")
    actions = None

    @admin.display(description=gettext_lazy("tariff"), ordering="kind")
    def name(self, table: TariffTable) -> str:
        return tariff_name(table.kind)

    @admin.display(description=gettext_lazy("new table"))
    def begin_from_this(self, table: TariffTable) -> str:
        url = reverse("admin:energy_tarifftable_add")
        return format_html(
            '<a href="{}?like={}">{}</a>', url, table.pk, _("begin from this one")
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """`?like=3` fills the form with what table 3 says; its vectors stay behind."""
        like = number_said(request.GET.get("like", "")) or 0
        table = TariffTable.objects.filter(pk=like).first()
        if table is None:
            return {"vectors": []}
        return {"kind": table.kind, "rates": table.rates, "vectors": []}

    def save_model(
        self, request: HttpRequest, obj: TariffTable, form: Any, change: bool
    ) -> None:
        said = form.document()
        facts = {
            "rates": said.rates,
            "vectors": said.vectors,
            "source": said.source,
            "checked_on": said.checked_on,
            "by": person_of(request),
        }
        if change:
            correct_tariff_table(TariffTable.objects.get(pk=obj.pk), **facts)
        else:
            day = said.valid_from
            kept = add_tariff_table(kind=said.kind, valid_from=day, **facts)
            obj.pk = kept.pk

    def delete_model(self, request: HttpRequest, obj: TariffTable) -> None:
        try:
            withdraw_tariff_table(obj, by=person_of(request))
        except Refused as refusal:
            messages.error(request, str(refusal))


@admin.register(IncentiveRule)
class IncentiveRuleTable(DatedAdmin):
    form = IncentiveRuleForm
    json_fields = ("rules",)
    choice_fields = ("scheme",)
    list_display = ("scheme", "valid_from", "checked_on", "whose")
    list_filter = ("scheme",)
    list_select_related = ("added_by",)
    fields = (("scheme", "valid_from"), ("source", "checked_on"), "rules")


@admin.register(Co2Factor)
class Co2FactorTable(DatedAdmin):
    form = Co2FactorForm
    list_display = ("valid_from", "kg_per_kwh", "checked_on", "whose")
    list_select_related = ("added_by",)
    fields = (("valid_from", "kg_per_kwh"), ("source", "checked_on"))


@admin.register(TipRule)
class TipRuleTable(DatedAdmin):
    form = TipRuleForm
    json_fields = ("rule",)
    list_display = ("code", "text_ko", "valid_from", "checked_on", "is_shown", "whose")
    list_select_related = ("added_by",)
    ordering = ("code", "-valid_from")
    fields = (
        ("code", "valid_from", "is_shown"),
        ("text_ko", "text_en"),
        "rule",
        ("source", "checked_on"),
    )

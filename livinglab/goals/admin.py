"""Goals with their sheets, what was measured, and what is due."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.goals.forms import MeasurementForm
from livinglab.goals.models import Goal, Measurement, MeasurementDue
from livinglab.goals.registry import Counted
from livinglab.goals.selectors import is_counted
from livinglab.goals.services import (
    BY_HAND,
    SHEET,
    change_goal,
    count_again,
    record_by_hand,
)
from livinglab.kernel.city_admin import CityAdmin, CityInline, mark
from livinglab.kernel.errors import Refused
from livinglab.kernel.permissions import may
from livinglab.people.http import person_of


class Measured(admin.SimpleListFilter):
    title = gettext_lazy("measured")
    parameter_name = "measured"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("measured")), ("no", _("not measured yet"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        if self.value() is None:
            return None
        return queryset.filter(measurements__isnull=self.value() == "no").distinct()


class MeasurementsOfGoal(CityInline):
    model = Measurement
    fields = ("period", "value", "low", "high", "units", "method", "computed_at")
    readonly_fields = fields


@admin.register(Goal)
class GoalTable(CityAdmin):
    city_path = "city"
    may_change = True
    changeable = tuple(sorted(SHEET))
    list_display = (
        "code",
        "name_ko",
        "city",
        "kind_mark",
        "baseline",
        "target",
        "unit",
        "measured_periods",
        "responsible",
    )
    list_filter = (Measured, "kind", "city")
    list_select_related = ("city",)
    inlines = (MeasurementsOfGoal,)
    actions = ("count_again_now",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("code", "city"),
                    ("kind", "direction", "unit"),
                    ("name_ko", "name_en"),
                    ("baseline", "baseline_year"),
                    ("target", "target_year"),
                    "responsible",
                )
            },
        ),
        (
            gettext_lazy("Sheet"),
            {
                "fields": (
                    ("definition_ko", "definition_en"),
                    ("source_ko", "source_en"),
                    ("trap_ko", "trap_en"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(periods=Count("measurements"))

    @mark(gettext_lazy("kind"), {"effect": "success", "context": "info"})
    def kind_mark(self, goal: Goal) -> tuple[str, str]:
        return goal.kind, goal.get_kind_display()

    @admin.display(description=gettext_lazy("periods measured"))
    def measured_periods(self, goal: Any) -> int:
        return int(goal.periods)

    def save_model(
        self, request: HttpRequest, obj: Goal, form: Any, change: bool
    ) -> None:
        sheet = {name: form.cleaned_data[name] for name in form.changed_data}
        change_goal(obj, by=person_of(request), **sheet)

    @admin.action(description=gettext_lazy("Count again"), permissions=["act"])
    def count_again_now(self, request: HttpRequest, rows: QuerySet[Goal]) -> None:
        for goal in rows:
            try:
                periods = count_again(goal, by=person_of(request))
            except Refused as refusal:
                messages.warning(request, str(refusal))
            else:
                messages.success(
                    request,
                    _("%(code)s: %(periods)s periods will be counted again.")
                    % {"code": goal.code, "periods": periods},
                )


@admin.register(Measurement)
class MeasurementTable(CityAdmin):
    """Counted values are the lab's; values of others are typed in here."""

    city_path = "goal__city"
    may_add = may_change = True
    changeable = ("value", "low", "high", "units", "source")
    form = MeasurementForm
    list_display = (
        "goal",
        "period",
        "value",
        "low",
        "high",
        "units",
        "method",
        "computed_at",
    )
    list_filter = ("goal__city", "goal__kind")
    list_select_related = ("goal", "goal__city")
    fields = (
        ("goal", "period"),
        ("value", "low", "high"),
        ("units", "source"),
        ("method", "computed_at"),
    )
    readonly_fields = ("method", "computed_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        by_hand = obj is None or obj.method == BY_HAND
        return by_hand and super().has_change_permission(request, obj)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "goal":
            person = person_of(request)
            open_goals = [
                goal.pk
                for goal in Goal.objects.all()
                if not is_counted(goal)
                and may(person, "goals.record_measurement", goal)
            ]
            kwargs["queryset"] = Goal.objects.filter(pk__in=open_goals)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Measurement, form: Any, change: bool
    ) -> None:
        kept = record_by_hand(
            obj.goal,
            obj.period,
            Counted(obj.value, obj.units, obj.low, obj.high, obj.source),
            by=person_of(request),
        )
        obj.pk = kept.pk


@admin.register(MeasurementDue)
class MeasurementDueTable(CityAdmin):
    city_path = "goal__city"
    list_display = ("goal", "period", "due_at", "claimed_until", "attempts")
    exclude = ("token",)
    list_select_related = ("goal",)

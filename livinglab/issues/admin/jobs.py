"""What the jobs of reporting left behind, to look up."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from livinglab.issues.admin.history import OfReport
from livinglab.issues.models import Category, Learned, Outcome, Reminder
from livinglab.kernel.city_admin import CityAdmin
from livinglab.kernel.numbers import percent


@admin.register(Reminder)
class ReminderTable(OfReport):
    list_display = ("at", "report", "why", "since")
    list_filter = ("why",)


@admin.register(Outcome)
class OutcomeTable(OfReport):
    list_display = ("at", "report", "what", "in_a_line", "url")
    list_filter = ("what",)
    fields = ("what", ("title_ko", "title_en"), "url", "at")

    @admin.display(description=_("what became of it"))
    def in_a_line(self, outcome: Outcome) -> str:
        return outcome.title


@admin.register(Learned)
class LearnedTable(CityAdmin):
    """How often suggestions are right, learned ones and keywords alone."""

    city_path = "city"
    list_display = (
        "number",
        "city",
        "made_at",
        "is_used",
        "reports",
        "tried",
        "at_once",
        "among_three",
        "keywords_among_three",
    )
    list_select_related = ("city",)
    fields = (
        ("city", "number"),
        ("made_at", "is_used", "method"),
        ("reports", "tried"),
        ("at_once", "among_three"),
        ("keywords_at_once", "keywords_among_three"),
        "kinds",
    )
    readonly_fields = (
        "at_once",
        "among_three",
        "keywords_at_once",
        "keywords_among_three",
        "kinds",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Learned]:
        rows: QuerySet[Learned] = super().get_queryset(request).defer("weights")
        return rows

    @admin.display(description=_("right at once"))
    def at_once(self, learned: Learned) -> str:
        return percent(learned.right_first)

    @admin.display(description=_("right among three"))
    def among_three(self, learned: Learned) -> str:
        return percent(learned.right_shown)

    @admin.display(description=_("right at once by keywords alone"))
    def keywords_at_once(self, learned: Learned) -> str:
        return percent(learned.keywords_first)

    @admin.display(description=_("right among three by keywords alone"))
    def keywords_among_three(self, learned: Learned) -> str:
        return percent(learned.keywords_shown)

    @admin.display(description=_("by category"))
    def kinds(self, learned: Learned) -> str:
        """Each kind of report with how many were tried and found among three."""
        named = Category.objects.in_bulk([int(pk) for pk in learned.by_category])
        return " · ".join(
            f"{named[int(pk)].name} {shown}/{tried}"
            for pk, (tried, _first, shown) in learned.by_category.items()
            if int(pk) in named
        )
